using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

[DbContext(typeof(ChatDbContext))]
[Migration("20261120000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create extension if not exists pg_trgm;

        create table workspaces (
            id uuid primary key,
            key text not null unique,
            name text not null,
            allowed_origins text[] not null default '{}',
            reopen_closed boolean not null default false,
            identify_generation integer not null default 1,
            created_at timestamptz not null
        );

        create table customers (
            id uuid primary key,
            workspace_id uuid not null references workspaces (id),
            name text,
            email text,
            phone text,
            locale text,
            merged_into uuid references customers (id) on delete set null,
            created_at timestamptz not null
        );
        create index customers_by_age on customers (workspace_id, created_at desc, id desc) where merged_into is null;
        create index customers_merged on customers (merged_into) where merged_into is not null;
        create index customers_name on customers using gin (name gin_trgm_ops);
        create index customers_email on customers using gin (email gin_trgm_ops);

        create table customer_identifiers (
            workspace_id uuid not null,
            kind text not null,
            value text not null,
            customer_id uuid not null references customers (id) on delete cascade,
            created_at timestamptz not null,
            primary key (workspace_id, kind, value)
        );
        create index customer_identifiers_customer on customer_identifiers (customer_id);
        create index customer_identifiers_value on customer_identifiers using gin (value gin_trgm_ops);

        create table conversations (
            id uuid primary key,
            workspace_id uuid not null references workspaces (id),
            customer_id uuid not null references customers (id),
            connection_id uuid not null,
            channel text not null,
            address text not null,
            partition integer not null,
            subject text,
            status smallint not null,
            turn smallint not null,
            version bigint not null,
            sequence bigint not null,
            revision bigint not null,
            due_at timestamptz,
            asked_version bigint not null,
            unanswered_id uuid,
            unanswered_from bigint,
            unanswered_received_at timestamptz,
            unanswered_since timestamptz,
            assignee_id uuid,
            assignee_name text,
            labels text[] not null default '{}',
            closed_at timestamptz,
            close_reason text,
            window_expires_at timestamptz,
            last_delivery_id uuid,
            last_message_id uuid,
            last_message_sequence bigint,
            last_message_author text,
            last_message_text text,
            last_message_at timestamptz,
            last_activity_at timestamptz not null,
            changed_at timestamptz not null,
            created_at timestamptz not null,
            trace text
        ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
        -- At most one open conversation of a person on a connection: of two writers racing to open it, one fails and repeats.
        create unique index conversations_open on conversations (workspace_id, connection_id, address) where status <> 2;
        create index conversations_latest on conversations (workspace_id, connection_id, address, created_at desc);
        create index conversations_customer on conversations (customer_id, created_at desc);
        create index conversations_inbox on conversations (workspace_id, last_activity_at desc, id desc) where sequence > 0;
        create index conversations_changed on conversations (workspace_id, changed_at);
        create index conversations_due on conversations (due_at) where due_at is not null;

        create table messages (
            id uuid primary key,
            conversation_id uuid not null references conversations (id) on delete cascade,
            workspace_id uuid not null,
            sequence bigint not null,
            revision bigint not null,
            author smallint not null,
            author_id uuid,
            author_name text,
            text text not null,
            private boolean not null,
            version bigint,
            previous_delivery_id uuid,
            reply_to uuid,
            wait_ms bigint,
            created_at timestamptz not null,
            sent_at timestamptz,
            external_id text,
            delivery_status smallint,
            delivery_error_code text,
            delivery_error text,
            delivery_updated_at timestamptz,
            attachments jsonb,
            cards jsonb,
            recommendations jsonb,
            citations jsonb,
            choice jsonb,
            location jsonb,
            model text,
            prompt_version text,
            latency_ms integer,
            cost_amount numeric,
            cost_currency text,
            intent text,
            confidence double precision,
            sentiment text,
            sentiment_score double precision,
            language text,
            cards_shown_at timestamptz,
            unique (conversation_id, sequence)
        ) with (fillfactor = 85);

        create table operator_commands (
            id uuid primary key,
            workspace_id uuid not null,
            conversation_id uuid not null,
            outcome smallint not null,
            effects integer not null,
            version bigint not null,
            created_at timestamptz not null
        );
        create index operator_commands_age on operator_commands (created_at);

        create table media (
            id uuid primary key,
            workspace_id uuid not null,
            customer_id uuid references customers (id) on delete cascade,
            sha256 text not null,
            kind text not null,
            content_type text not null,
            file_name text,
            size bigint not null,
            created_at timestamptz not null
        );
        create index media_customer on media (customer_id);
        create index media_content on media (sha256);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop table media, operator_commands, messages, conversations, customer_identifiers, customers, workspaces;
        """);
}
