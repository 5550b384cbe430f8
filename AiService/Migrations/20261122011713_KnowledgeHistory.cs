using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261122011713_KnowledgeHistory")]
public sealed class KnowledgeHistory : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- Texts of before this migration, and those that were forgotten on purpose, are not known.
        ALTER TABLE knowledge_versions ADD COLUMN kept_since bigint NOT NULL DEFAULT 0;
        UPDATE knowledge_versions SET kept_since = version;

        -- What an entry, a product or the use of a document was, and in which versions of the workspace's knowledge (since included, until excluded).
        CREATE TABLE knowledge_history (
            item_id uuid NOT NULL,
            version integer NOT NULL,
            workspace_id uuid NOT NULL,
            kind text NOT NULL,
            since bigint NOT NULL,
            until bigint,
            content jsonb NOT NULL,
            replaced_at timestamptz,
            PRIMARY KEY (item_id, version)
        );
        CREATE INDEX knowledge_history_of_workspace ON knowledge_history (workspace_id, kind, since);
        CREATE INDEX knowledge_history_replaced ON knowledge_history (replaced_at) WHERE replaced_at IS NOT NULL;

        -- The version that a change of this transaction will have; nobody else raises it before the transaction ends.
        CREATE FUNCTION next_knowledge_version(workspace uuid) RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE
            latest bigint;
        BEGIN
            SELECT version INTO latest FROM knowledge_versions WHERE workspace_id = workspace FOR UPDATE;
            IF NOT found THEN
                INSERT INTO knowledge_versions (workspace_id, version) VALUES (workspace, 0) ON CONFLICT DO NOTHING;
                SELECT version INTO latest FROM knowledge_versions WHERE workspace_id = workspace FOR UPDATE;
            END IF;
            RETURN latest + 1;
        END $$;

        CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            ids CONSTANT jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(old) ELSE to_jsonb(new) END;
            item CONSTANT uuid := ids ->> 'id';
            workspace CONSTANT uuid := ids ->> 'workspace_id';
            next bigint;
            latest integer;
        BEGIN
            IF TG_OP = 'UPDATE' AND to_jsonb(new) - 'updated_at' = to_jsonb(old) - 'updated_at' THEN
                RETURN NULL;
            END IF;
            next := next_knowledge_version(workspace);
            UPDATE knowledge_history SET until = next, replaced_at = now() WHERE item_id = item AND until IS NULL AND since < next;
            -- Changed twice in one version: nobody was answered from the first.
            DELETE FROM knowledge_history WHERE item_id = item AND until IS NULL;
            IF TG_OP <> 'DELETE' THEN
                SELECT coalesce(max(version), 0) + 1 INTO latest FROM knowledge_history WHERE item_id = item;
                INSERT INTO knowledge_history (item_id, version, workspace_id, kind, since, content)
                VALUES (item, latest, workspace, TG_TABLE_NAME, next, to_jsonb(new) - '{words,search}'::text[]);
                -- A stock that changes all day fills no disk.
                DELETE FROM knowledge_history WHERE item_id = item AND version <= latest - 100;
            END IF;
            RETURN NULL;
        END $$;

        CREATE TRIGGER keep_history AFTER INSERT OR UPDATE OR DELETE ON knowledge_entries FOR EACH ROW EXECUTE FUNCTION keep_history();
        CREATE TRIGGER keep_history AFTER INSERT OR UPDATE OR DELETE ON products FOR EACH ROW EXECUTE FUNCTION keep_history();
        CREATE TRIGGER keep_history AFTER INSERT OR UPDATE OR DELETE ON knowledge_documents FOR EACH ROW EXECUTE FUNCTION keep_history();

        INSERT INTO knowledge_history (item_id, version, workspace_id, kind, since, content)
        SELECT i.id, 1, i.workspace_id, i.kind, coalesce(k.version, 0), i.content - '{words,search}'::text[]
        FROM (
            SELECT id, workspace_id, 'knowledge_entries' AS kind, to_jsonb(e) AS content FROM knowledge_entries e
            UNION ALL SELECT id, workspace_id, 'products', to_jsonb(p) FROM products p
            UNION ALL SELECT id, workspace_id, 'knowledge_documents', to_jsonb(d) FROM knowledge_documents d) i
        LEFT JOIN knowledge_versions k USING (workspace_id);

        CREATE FUNCTION knowledge_at(of_kind text, workspace uuid, at bigint) RETURNS SETOF jsonb LANGUAGE sql STABLE AS $$
            SELECT h.content FROM knowledge_history h
            WHERE h.workspace_id = workspace AND h.kind = of_kind AND h.since <= at AND coalesce(h.until > at, true)
        $$;

        -- The tables as they were, with what they are searched by.
        CREATE FUNCTION knowledge_entries_at(workspace uuid, at bigint)
            RETURNS TABLE (id uuid, workspace_id uuid, slug text, language text, topics text[], title text, keywords text, body text, url text, words text, search tsvector)
            LANGUAGE sql STABLE AS $$
            SELECT e.id, e.workspace_id, e.slug, e.language, e.topics, e.title, e.keywords, e.body, e.url, fold(e.title || ' ' || e.keywords),
                setweight(to_tsvector(text_config(e.language), fold(e.title || ' ' || e.keywords)), 'A')
                || setweight(to_tsvector(text_config(e.language), fold(e.body)), 'C')
            FROM knowledge_at('knowledge_entries', workspace, at) AS h(content), jsonb_populate_record(NULL::knowledge_entries, h.content) e
        $$;

        CREATE FUNCTION products_at(workspace uuid, at bigint)
            RETURNS TABLE (id uuid, workspace_id uuid, slug text, title text, description text, translations jsonb, category text, tags text[], colours text[],
                price numeric, currency text, stock integer, image_url text, url text, updated_at timestamptz, keywords text, search tsvector)
            LANGUAGE sql STABLE AS $$
            SELECT p.id, p.workspace_id, p.slug, p.title, p.description, p.translations, p.category, p.tags, p.colours,
                p.price, p.currency, p.stock, p.image_url, p.url, p.updated_at, p.keywords,
                setweight(to_tsvector('english', p.title || ' ' || p.keywords), 'A')
                || setweight(to_tsvector('greek', fold(p.keywords)), 'A')
                || setweight(to_tsvector('simple', fold(p.keywords)), 'B')
                || setweight(to_tsvector('english', p.description), 'D')
            FROM knowledge_at('products', workspace, at) AS h(content), jsonb_populate_record(NULL::products, h.content) p
        $$;

        CREATE FUNCTION knowledge_documents_at(workspace uuid, at bigint) RETURNS TABLE (id uuid, active_version integer) LANGUAGE sql STABLE AS $$
            SELECT d.id, d.active_version
            FROM knowledge_at('knowledge_documents', workspace, at) AS h(content), jsonb_populate_record(NULL::knowledge_documents, h.content) d
        $$;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DROP FUNCTION knowledge_documents_at(uuid, bigint), products_at(uuid, bigint), knowledge_entries_at(uuid, bigint), knowledge_at(text, uuid, bigint);
        DROP TRIGGER keep_history ON knowledge_entries;
        DROP TRIGGER keep_history ON products;
        DROP TRIGGER keep_history ON knowledge_documents;
        DROP FUNCTION keep_history(), next_knowledge_version(uuid);
        DROP TABLE knowledge_history;
        ALTER TABLE knowledge_versions DROP COLUMN kept_since;
        """);
}
