using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121000000_Inspiration")]
public sealed class Inspiration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE inspirations (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            asker_id uuid NOT NULL,
            conversation_id uuid,
            status text NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed')),
            attempts integer NOT NULL DEFAULT 0,
            lease_until timestamptz,
            context text NOT NULL,
            language text,
            ideas jsonb,
            created_at timestamptz NOT NULL
        );
        CREATE INDEX inspirations_open ON inspirations (created_at) WHERE status IN ('queued', 'running');
        CREATE INDEX inspirations_asker ON inspirations (asker_id);
        CREATE INDEX inspirations_created ON inspirations USING brin (created_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE inspirations");
}
