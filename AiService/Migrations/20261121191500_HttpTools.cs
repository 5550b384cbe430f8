using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121191500_HttpTools")]
public sealed class HttpTools : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- Tools that workspaces define. The authorization header's value is encrypted.
        CREATE TABLE http_tools (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            name text NOT NULL,
            definition json NOT NULL,
            credential bytea,
            updated_at timestamptz NOT NULL,
            UNIQUE (workspace_id, name)
        );

        -- What a model wants to have done and a person decides.
        CREATE TABLE tool_proposals (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            conversation_id uuid NOT NULL,
            tool_id uuid NOT NULL REFERENCES http_tools (id) ON DELETE CASCADE,
            arguments json NOT NULL,
            status text NOT NULL,
            decided_by uuid,
            result text,
            created_at timestamptz NOT NULL
        );
        CREATE INDEX tool_proposals_workspace ON tool_proposals (workspace_id, created_at);
        CREATE INDEX tool_proposals_customer ON tool_proposals (customer_id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE tool_proposals, http_tools");
}
