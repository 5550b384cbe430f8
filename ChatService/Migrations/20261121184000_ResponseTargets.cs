using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

/// <summary>How soon people answer by the workspace's own promise.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121184000_ResponseTargets")]
public sealed class ResponseTargetsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table workspaces add targets json;

        alter table conversations
            add waiting_since timestamptz,
            add people_since timestamptz,
            add people_answered_at timestamptz,
            add response_due_at timestamptz,
            add resolution_due_at timestamptz,
            add team_id uuid;

        -- What is due first, of what is due at all.
        create index conversations_promised on conversations (workspace_id, least(response_due_at, resolution_due_at), id)
            where least(response_due_at, resolution_due_at) is not null;

        alter table operator_commands add promises smallint not null default 0;

        -- Who waits for people already; nothing is promised yet.
        update conversations set waiting_since = last_message_at, people_since = last_message_at
        where sequence > 0 and (status = 1 or (status = 0 and turn = 1 and last_message_author = 'customer'));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table operator_commands drop promises;
        drop index conversations_promised;
        alter table conversations
            drop waiting_since, drop people_since, drop people_answered_at, drop response_due_at, drop resolution_due_at, drop team_id;
        alter table workspaces drop targets;
        """);
}
