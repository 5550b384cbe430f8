using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121151000_Documents")]
public sealed class Documents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE FUNCTION raise_knowledge_version(workspace uuid) RETURNS bigint LANGUAGE sql AS $$
            INSERT INTO knowledge_versions AS k (workspace_id, version) VALUES (workspace, 1)
            ON CONFLICT (workspace_id) DO UPDATE SET version = k.version + 1 RETURNING version
        $$;

        CREATE TABLE knowledge_documents (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            -- What is searched; rolling back names an earlier one.
            active_version integer NOT NULL,
            latest_version integer NOT NULL,
            created_at timestamptz NOT NULL,
            updated_at timestamptz NOT NULL
        );
        CREATE INDEX knowledge_documents_of_workspace ON knowledge_documents (workspace_id, created_at);

        CREATE TABLE knowledge_document_versions (
            document_id uuid NOT NULL REFERENCES knowledge_documents ON DELETE CASCADE,
            version integer NOT NULL,
            title text NOT NULL,
            url text,
            language text NOT NULL,
            format text NOT NULL,
            file_name text,
            text text NOT NULL,
            created_by uuid NOT NULL,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (document_id, version)
        );

        CREATE TABLE knowledge_chunks (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            document_id uuid NOT NULL,
            version integer NOT NULL,
            position integer NOT NULL,
            start integer NOT NULL,
            language text NOT NULL,
            title text NOT NULL,
            headings text NOT NULL,
            body text NOT NULL,
            words text GENERATED ALWAYS AS (fold(title || ' ' || headings)) STORED,
            search tsvector GENERATED ALWAYS AS (
                setweight(to_tsvector(text_config(language), fold(title || ' ' || headings)), 'A')
                || setweight(to_tsvector(text_config(language), fold(body)), 'C')) STORED,
            UNIQUE (document_id, version, position),
            FOREIGN KEY (document_id, version) REFERENCES knowledge_document_versions ON DELETE CASCADE
        );
        CREATE INDEX knowledge_chunks_search ON knowledge_chunks USING gin (search);
        CREATE INDEX knowledge_chunks_words ON knowledge_chunks USING gin (words gin_trgm_ops);

        -- Questions without a source are read from the latest answers; what was done about one is remembered by its id.
        CREATE INDEX replies_without_source ON replies (workspace_id, created_at) WHERE status = 'finished' AND reply -> 'citations' = '[]'::jsonb;
        CREATE TABLE settled_questions (
            workspace_id uuid NOT NULL,
            question_id uuid NOT NULL,
            outcome text NOT NULL CHECK (outcome IN ('answered', 'dismissed')),
            settled_by uuid NOT NULL,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, question_id)
        );
        CREATE INDEX settled_questions_created ON settled_questions USING brin (created_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DROP INDEX replies_without_source;
        DROP TABLE settled_questions, knowledge_chunks, knowledge_document_versions, knowledge_documents;
        DROP FUNCTION raise_knowledge_version(uuid);
        """);
}
