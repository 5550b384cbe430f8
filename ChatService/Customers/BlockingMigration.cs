using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Customers;

[DbContext(typeof(ChatDbContext))]
[Migration("20261121151000_Blocking")]
public sealed class BlockingMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table customers add blocked_at timestamptz;

        -- The wish of one address on one connection: the latest conversation knows it.
        alter table conversations add opted_out_at timestamptz;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table conversations drop opted_out_at;
        alter table customers drop blocked_at;
        """);
}
