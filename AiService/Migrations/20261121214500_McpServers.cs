using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121214500_McpServers")]
public sealed class McpServers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- Servers whose tools workspaces give their assistants. The authorization header's value is encrypted.
        CREATE TABLE mcp_servers (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            name text NOT NULL,
            definition json NOT NULL,
            credential bytea,
            updated_at timestamptz NOT NULL,
            UNIQUE (workspace_id, name)
        );

        -- A tool of a workspace's own, or one of a server's.
        ALTER TABLE tool_proposals ALTER COLUMN tool_id DROP NOT NULL,
            ADD COLUMN mcp_server_id uuid REFERENCES mcp_servers (id) ON DELETE CASCADE,
            ADD COLUMN mcp_tool text,
            ADD CHECK (num_nonnulls(tool_id, mcp_server_id) = 1);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DELETE FROM tool_proposals WHERE tool_id IS NULL;
        ALTER TABLE tool_proposals DROP COLUMN mcp_tool, DROP COLUMN mcp_server_id, ALTER COLUMN tool_id SET NOT NULL;
        DROP TABLE mcp_servers;
        """);
}
