using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

/// <summary>Days on which a workspace's people answer at other times than the weekday's.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121214500_Holidays")]
public sealed class HolidaysMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table workspaces add holidays json;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table workspaces drop holidays;");
}
