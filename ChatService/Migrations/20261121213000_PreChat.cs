using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

/// <summary>What a visitor is asked before the chat.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121213000_PreChat")]
public sealed class PreChatMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table workspaces add pre_chat json;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table workspaces drop pre_chat;");
}
