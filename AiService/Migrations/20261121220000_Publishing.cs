using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121220000_Publishing")]
public sealed class Publishing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- Without a row everything is published as it comes.
        CREATE TABLE publishing_settings (
            workspace_id uuid PRIMARY KEY,
            suite_required boolean NOT NULL,
            updated_at timestamptz NOT NULL
        );

        -- What owners published though the suite refused it.
        CREATE TABLE forced_publications (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            kind text NOT NULL,
            subject text NOT NULL,
            reason text NOT NULL,
            failed integer NOT NULL,
            forced_by uuid NOT NULL,
            forced_at timestamptz NOT NULL
        );
        CREATE INDEX forced_publications_workspace ON forced_publications (workspace_id, forced_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE forced_publications, publishing_settings");
}
