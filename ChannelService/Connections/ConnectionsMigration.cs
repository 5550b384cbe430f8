using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Connections;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261121120000_Connections")]
internal sealed class ConnectionsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Connections that people made; those of configuration are not here.
        CREATE TABLE connections (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            provider text NOT NULL,
            account text NOT NULL,
            name text,
            settings jsonb NOT NULL,
            secrets bytea NOT NULL,
            secret_names text[] NOT NULL,
            observe_until timestamptz,
            revision bigint NOT NULL,
            created_at timestamptz NOT NULL,
            updated_at timestamptz NOT NULL
        );
        -- A provider sends an account's webhooks to one place.
        CREATE UNIQUE INDEX connections_account ON connections (provider, account);
        CREATE INDEX connections_workspace ON connections (workspace_id, created_at, id);

        -- Moves with every change of the table above, in the same transaction: replicas look at this row alone.
        CREATE TABLE connections_version (version bigint NOT NULL);
        INSERT INTO connections_version VALUES (0);

        -- What operators did here and why, until ChatService has it for the audit log, and after that for the reasons.
        CREATE TABLE operator_actions (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            actor_id uuid NOT NULL,
            login_id uuid,
            action text NOT NULL,
            subject_id text NOT NULL,
            detail text,
            reason text,
            at timestamptz NOT NULL,
            published boolean NOT NULL DEFAULT false
        );
        CREATE INDEX operator_actions_unpublished ON operator_actions (at) WHERE NOT published;
        CREATE INDEX operator_actions_subject ON operator_actions (subject_id);

        -- A connection's health: when something came last, and how often.
        CREATE INDEX webhook_logs_connection ON webhook_logs (connection_id, received_at) WHERE outcome = 'accepted';
        CREATE INDEX webhook_logs_doubtful ON webhook_logs (connection_id, received_at) WHERE outcome IN ('rejected', 'foreign') OR reason LIKE 'observed: %';
        CREATE INDEX deliveries_connection ON deliveries (connection_id, created_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX webhook_logs_connection, webhook_logs_doubtful, deliveries_connection;
        DROP TABLE operator_actions, connections_version, connections;
        """);
}
