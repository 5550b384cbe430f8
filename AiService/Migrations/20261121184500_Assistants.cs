using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121184500_Assistants")]
public sealed class Assistants : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE assistant_versions (
            workspace_id uuid NOT NULL,
            version integer NOT NULL CHECK (version > 0),
            settings jsonb NOT NULL,
            note text,
            created_by uuid NOT NULL,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, version)
        );

        -- Without a row the built-in settings are in use, which are version 0.
        CREATE TABLE active_assistants (
            workspace_id uuid PRIMARY KEY,
            version integer NOT NULL,
            previous_version integer NOT NULL,
            activated_by uuid NOT NULL,
            activated_at timestamptz NOT NULL
        );

        CREATE TABLE assistant_canaries (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            version integer NOT NULL,
            active_version integer NOT NULL,
            percent integer NOT NULL CHECK (percent BETWEEN 1 AND 50),
            status text NOT NULL CHECK (status IN ('running', 'stopped', 'ended')),
            reason text,
            looks integer NOT NULL DEFAULT 0,
            started_by uuid NOT NULL,
            started_at timestamptz NOT NULL,
            ended_at timestamptz
        );
        CREATE UNIQUE INDEX assistant_canaries_running ON assistant_canaries (workspace_id) WHERE status = 'running';
        CREATE INDEX assistant_canaries_of_workspace ON assistant_canaries (workspace_id, started_at);

        -- Of the answers that were given while a canary was running: its figures are counted from them.
        CREATE INDEX traces_of_canary ON traces ((trace -> 'canary' ->> 'id'), (trace -> 'canary' ->> 'arm'), conversation_id) WHERE trace ? 'canary';

        -- Conversations that became cases of the workspace's suite. They go with their customer, though what is his own is masked.
        CREATE TABLE evaluation_cases (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            conversation_id uuid NOT NULL,
            suite jsonb NOT NULL,
            created_by uuid NOT NULL,
            created_at timestamptz NOT NULL,
            UNIQUE (workspace_id, conversation_id)
        );
        CREATE INDEX evaluation_cases_customer ON evaluation_cases (customer_id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP INDEX traces_of_canary; DROP TABLE evaluation_cases, assistant_canaries, active_assistants, assistant_versions");
}
