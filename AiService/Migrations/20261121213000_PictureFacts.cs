using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121213000_PictureFacts")]
public sealed class PictureFacts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- What models saw in customers' pictures.
        CREATE TABLE picture_facts (
            workspace_id uuid NOT NULL,
            media_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            facts json NOT NULL,
            model text NOT NULL,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, media_id)
        );
        CREATE INDEX picture_facts_customer ON picture_facts (customer_id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE picture_facts");
}
