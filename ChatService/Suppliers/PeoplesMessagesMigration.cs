using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Suppliers;

/// <summary>When people last talked with a supplier is found without reading all that was ever said.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261122085300_PeoplesMessages")]
public sealed class PeoplesMessagesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("create index messages_of_people on messages (conversation_id, created_at) where author = 2 and not private;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop index messages_of_people;");
}
