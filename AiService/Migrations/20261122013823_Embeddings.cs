using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261122013823_Embeddings")]
public sealed class Embeddings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- Vectors of knowledge by the hash of its text, so that no text is paid for twice. Of what customers write none is stored.
        CREATE TABLE embeddings (
            workspace_id uuid NOT NULL,
            model text NOT NULL,
            hash bytea NOT NULL,
            vector bytea NOT NULL,
            used_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, model, hash)
        );
        CREATE INDEX embeddings_used ON embeddings USING brin (used_at);

        -- The workspaces whose knowledge is embedded, and how far that is; -1: not yet.
        CREATE TABLE embedding_progress (
            workspace_id uuid NOT NULL,
            model text NOT NULL,
            knowledge_version bigint NOT NULL DEFAULT -1,
            done_at timestamptz,
            lease_until timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, model)
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE embedding_progress, embeddings");
}
