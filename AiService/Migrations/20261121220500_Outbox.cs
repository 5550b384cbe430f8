using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121220500_Outbox")]
public sealed class Outbox : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- What was changed and others do not know yet. Ids and classifications only.
        CREATE TABLE outbox (
            id uuid PRIMARY KEY,
            type text NOT NULL,
            body json NOT NULL,
            created_at timestamptz NOT NULL
        );
        CREATE INDEX outbox_created ON outbox (created_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE outbox");
}
