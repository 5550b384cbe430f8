using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Migrations;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261120000000_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- What was confirmed by the broker or stored: the second copy of a webhook finds its id here.
        CREATE TABLE accepted_items (
            id uuid PRIMARY KEY,
            accepted_at timestamptz NOT NULL
        );

        CREATE TABLE webhook_logs (
            id uuid PRIMARY KEY,
            workspace_id uuid,
            connection_id uuid,
            channel text NOT NULL,
            outcome text NOT NULL,
            reason text,
            external_id text,
            message_id uuid,
            address text,
            raw bytea,
            received_at timestamptz NOT NULL
        );
        CREATE INDEX webhook_logs_received_at ON webhook_logs (received_at);

        -- Messages that wait for the broker, in the order in which they go.
        CREATE TABLE stored_webhooks (
            sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            connection_id uuid NOT NULL,
            address text NOT NULL,
            type text NOT NULL,
            payload text NOT NULL,
            trace text,
            stored_at timestamptz NOT NULL
        );
        CREATE INDEX stored_webhooks_person ON stored_webhooks (connection_id, address);

        -- Shops' records as they stood last.
        CREATE TABLE commerce_records (
            connection_id uuid NOT NULL,
            kind text NOT NULL,
            resource_id text NOT NULL,
            topic text NOT NULL,
            updated_at timestamptz NOT NULL,
            record jsonb NOT NULL,
            PRIMARY KEY (connection_id, kind, resource_id)
        );

        -- The ledger: one row for each message to a provider.
        -- status: 0 queued, 1 sending, 2 unknown, 3 sent, 4 delivered, 5 read, 6 failed, 7 cancelled
        CREATE TABLE deliveries (
            delivery_id uuid NOT NULL,
            part smallint NOT NULL,
            parts smallint NOT NULL,
            sequence bigint GENERATED ALWAYS AS IDENTITY,
            conversation_id uuid NOT NULL,
            workspace_id uuid NOT NULL,
            connection_id uuid NOT NULL,
            partition smallint NOT NULL,
            address text NOT NULL,
            body text NOT NULL,
            media_url text,
            payload text,
            by_assistant boolean NOT NULL,
            version bigint NOT NULL,
            status smallint NOT NULL,
            attempt integer NOT NULL DEFAULT 0,
            asks integer NOT NULL DEFAULT 0,
            attempt_started_at timestamptz,
            lease_until timestamptz,
            next_attempt_at timestamptz NOT NULL,
            external_id text,
            error_code text,
            error text,
            unpublished boolean NOT NULL DEFAULT false,
            trace text,
            created_at timestamptz NOT NULL,
            updated_at timestamptz NOT NULL,
            PRIMARY KEY (delivery_id, part)
        ) WITH (fillfactor = 70);
        CREATE INDEX deliveries_unfinished ON deliveries (connection_id, address, sequence) WHERE status < 3;
        CREATE INDEX deliveries_queued ON deliveries (sequence) WHERE status = 0;
        CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE status IN (1, 2);
        -- Nothing goes to an address while the fate of another message to it is open, whatever races.
        CREATE UNIQUE INDEX deliveries_one_under_way ON deliveries (connection_id, address) WHERE status IN (1, 2);
        CREATE INDEX deliveries_unpublished ON deliveries (updated_at) WHERE unpublished;
        CREATE INDEX deliveries_cancellable ON deliveries (conversation_id) WHERE status = 0;
        CREATE INDEX deliveries_external ON deliveries (connection_id, external_id) WHERE external_id IS NOT NULL;
        CREATE INDEX deliveries_created_at ON deliveries (created_at) WHERE body <> '';

        CREATE TABLE cancellations (
            conversation_id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            below_version bigint NOT NULL,
            updated_at timestamptz NOT NULL
        );

        -- Up to when the provider was asked for messages that it could not bring.
        CREATE TABLE fetch_marks (
            connection_id uuid PRIMARY KEY,
            fetched_until timestamptz NOT NULL
        );

        -- Since when a connection only observes signatures.
        CREATE TABLE observations (
            connection_id uuid PRIMARY KEY,
            started_at timestamptz NOT NULL
        );
        """);
}
