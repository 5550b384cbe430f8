using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121151500_IntentModels")]
public sealed class IntentModels : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- What operators add to the starter set. A correction of a customer's message carries his id and goes with him.
        CREATE TABLE intent_examples (
            id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            intent text NOT NULL,
            text text NOT NULL,
            status text NOT NULL CHECK (status IN ('proposed', 'approved', 'rejected')),
            message_id uuid,
            customer_id uuid,
            predicted text,
            created_by uuid NOT NULL,
            created_at timestamptz NOT NULL,
            reviewed_by uuid,
            reviewed_at timestamptz,
            CHECK (message_id IS NULL OR customer_id IS NOT NULL)
        );
        CREATE INDEX intent_examples_of_workspace ON intent_examples (workspace_id, status, created_at);
        CREATE UNIQUE INDEX intent_examples_of_message ON intent_examples (workspace_id, message_id);
        CREATE INDEX intent_examples_customer ON intent_examples (customer_id);

        CREATE TABLE intent_models (
            workspace_id uuid NOT NULL,
            version integer NOT NULL CHECK (version > 0),
            status text NOT NULL CHECK (status IN ('queued', 'training', 'ready', 'failed')),
            attempts integer NOT NULL DEFAULT 0,
            lease_until timestamptz,
            example_ids uuid[] NOT NULL DEFAULT '{}',
            model bytea,
            temperature double precision,
            threshold double precision,
            scores jsonb,
            compared_with integer,
            compared_scores jsonb,
            requested_by uuid NOT NULL,
            created_at timestamptz NOT NULL,
            trained_at timestamptz,
            PRIMARY KEY (workspace_id, version)
        );
        CREATE UNIQUE INDEX intent_models_in_work ON intent_models (workspace_id) WHERE status IN ('queued', 'training');

        -- Without a row the starter set's model is in use, which is version 0.
        CREATE TABLE active_intent_models (
            workspace_id uuid PRIMARY KEY,
            version integer NOT NULL,
            previous_version integer NOT NULL,
            activated_by uuid NOT NULL,
            activated_at timestamptz NOT NULL
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE active_intent_models, intent_models, intent_examples");
}
