using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121150500_Writing")]
public sealed class Writing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- What models have cost, in US dollars: a row per conversation, per day, and per workspace and day.
        CREATE TABLE spending (
            scope text PRIMARY KEY,
            spent numeric(14, 8) NOT NULL,
            updated_at timestamptz NOT NULL
        );

        CREATE TABLE customer_preferences (
            workspace_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            kind text NOT NULL,
            value text NOT NULL,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, customer_id, kind, value)
        );

        -- Tools with consequences that were executed: the key makes a repeated call find the first one's result.
        CREATE TABLE tool_runs (
            key text PRIMARY KEY,
            workspace_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            tool text NOT NULL,
            result text NOT NULL,
            created_at timestamptz NOT NULL
        );
        CREATE INDEX tool_runs_customer ON tool_runs (customer_id);
        CREATE INDEX tool_runs_created ON tool_runs USING brin (created_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE tool_runs, customer_preferences, spending");
}
