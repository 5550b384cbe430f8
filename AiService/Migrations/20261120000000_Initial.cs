using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261120000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE EXTENSION IF NOT EXISTS pg_trgm;

        -- Greek is asked for without its accents as often as with them, and "unaccent" is not immutable.
        CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
            $$ SELECT translate(lower($1), 'άέήίόύώϊϋΐΰς', 'αεηιουωιυιυσ') $$;

        CREATE FUNCTION text_config(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
            $$ SELECT CASE language
                WHEN 'en' THEN 'english'::regconfig WHEN 'el' THEN 'greek'::regconfig WHEN 'de' THEN 'german'::regconfig
                WHEN 'es' THEN 'spanish'::regconfig WHEN 'fr' THEN 'french'::regconfig WHEN 'it' THEN 'italian'::regconfig
                WHEN 'tr' THEN 'turkish'::regconfig WHEN 'ru' THEN 'russian'::regconfig WHEN 'ar' THEN 'arabic'::regconfig
                ELSE 'simple'::regconfig END $$;

        -- Raised by whatever changes a workspace's knowledge or catalogue: what was found for an older version is not used again.
        CREATE TABLE knowledge_versions (
            workspace_id uuid PRIMARY KEY,
            version bigint NOT NULL
        );

        CREATE TABLE knowledge_entries (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            slug text NOT NULL,
            language text NOT NULL,
            topics text[] NOT NULL DEFAULT '{}',
            title text NOT NULL,
            keywords text NOT NULL DEFAULT '',
            body text NOT NULL,
            url text,
            updated_at timestamptz NOT NULL,
            words text GENERATED ALWAYS AS (fold(title || ' ' || keywords)) STORED,
            search tsvector GENERATED ALWAYS AS (
                setweight(to_tsvector(text_config(language), fold(title || ' ' || keywords)), 'A')
                || setweight(to_tsvector(text_config(language), fold(body)), 'C')) STORED,
            UNIQUE (workspace_id, slug, language)
        );
        CREATE INDEX knowledge_entries_search ON knowledge_entries USING gin (search);
        CREATE INDEX knowledge_entries_words ON knowledge_entries USING gin (words gin_trgm_ops);
        CREATE INDEX knowledge_entries_topics ON knowledge_entries USING gin (topics);

        CREATE TABLE products (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            slug text NOT NULL,
            title text NOT NULL,
            description text NOT NULL,
            translations jsonb NOT NULL DEFAULT '{}',
            category text NOT NULL,
            tags text[] NOT NULL DEFAULT '{}',
            colours text[] NOT NULL DEFAULT '{}',
            price numeric(12, 2) NOT NULL CHECK (price >= 0),
            currency text NOT NULL,
            stock integer NOT NULL CHECK (stock >= 0),
            image_url text,
            url text,
            updated_at timestamptz NOT NULL,
            -- Titles in all languages, category, tags and colours: written by the service, since an array cannot be joined in a generated column.
            keywords text NOT NULL,
            search tsvector GENERATED ALWAYS AS (
                setweight(to_tsvector('english', title || ' ' || keywords), 'A')
                || setweight(to_tsvector('greek', fold(keywords)), 'A')
                || setweight(to_tsvector('simple', fold(keywords)), 'B')
                || setweight(to_tsvector('english', description), 'D')) STORED,
            UNIQUE (workspace_id, slug)
        );
        CREATE INDEX products_search ON products USING gin (search);
        CREATE INDEX products_keywords ON products USING gin (keywords gin_trgm_ops);

        -- One row per turn that an answer was asked for: first the claim of a replica, in the end what was answered.
        CREATE TABLE replies (
            conversation_id uuid NOT NULL,
            version bigint NOT NULL,
            workspace_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            status text NOT NULL CHECK (status IN ('claimed', 'finished', 'obsolete', 'failed')),
            owner uuid NOT NULL,
            lease_until timestamptz NOT NULL,
            attempts integer NOT NULL DEFAULT 1,
            reply jsonb,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (conversation_id, version)
        );
        CREATE INDEX replies_customer ON replies (customer_id);
        CREATE INDEX replies_created ON replies USING brin (created_at);

        CREATE TABLE traces (
            reply_id uuid PRIMARY KEY,
            conversation_id uuid NOT NULL,
            version bigint NOT NULL,
            workspace_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            trace jsonb NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX traces_conversation ON traces (conversation_id, version);
        CREATE INDEX traces_customer ON traces (customer_id);
        CREATE INDEX traces_created ON traces USING brin (created_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DROP TABLE traces, replies, products, knowledge_entries, knowledge_versions;
        DROP FUNCTION text_config(text);
        DROP FUNCTION fold(text);
        """);
}
