using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AnalyticsService.Migrations;

[DbContext(typeof(AnalyticsDbContext))]
[Migration("20261120000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- What happened, once each. Ids and classifications only: no text, no address. Rows are never changed, so the table can be
        -- cut by occurred_at when it grows past one machine (the keys then move to a table of their own).
        create table events (
            occurred_at timestamptz not null,
            event_id uuid not null,
            workspace_id uuid not null,
            conversation_id uuid not null,
            customer_id uuid not null,
            message_id uuid,
            in_reply_to uuid,
            operator_id uuid,
            wait_ms bigint,
            confidence double precision,
            sentiment_score double precision,
            latency_ms integer,
            type text not null,
            channel text not null,
            author text,
            intent text,
            sentiment text,
            language text,
            model text,
            cost numeric,
            currency text,
            status text,
            error_code text,
            recorded_at timestamptz not null default now(),
            primary key (event_id)
        );

        -- Figures read one type of one workspace over a range of time.
        create index events_by_type on events (workspace_id, type, occurred_at);

        -- One row per conversation, page by page; ids are in the order of creation.
        create index events_by_conversation on events (workspace_id, conversation_id, occurred_at);

        -- A customer's message counts once and is understood once, whatever ids its events have.
        create unique index events_once_per_message on events (message_id, (type = 'CustomerMessageReceived'))
            where type in ('CustomerMessageReceived', 'MessagesUnderstood');
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table events;");
}
