using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

/// <summary>What operators share: canned answers, views of the inbox, and the notes in which they name each other.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121143000_Teamwork")]
public sealed class Teamwork : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table canned_answers (
            id uuid primary key,
            workspace_id uuid not null references workspaces (id),
            shortcut text not null,
            text text not null,
            updated_at timestamptz not null,
            unique (workspace_id, shortcut)
        );

        create table saved_views (
            id uuid primary key,
            workspace_id uuid not null references workspaces (id),
            owner_id uuid not null references users (id) on delete cascade,
            name text not null,
            shared boolean not null,
            filter json not null,
            created_at timestamptz not null
        );
        create index saved_views_of_workspace on saved_views (workspace_id, name, id);
        create index saved_views_of_owner on saved_views (owner_id);

        -- Ids only: what a note says is in the conversation, and goes with it.
        create table notifications (
            id uuid primary key,
            workspace_id uuid not null,
            user_id uuid not null references users (id) on delete cascade,
            conversation_id uuid not null references conversations (id) on delete cascade,
            message_id uuid not null,
            actor_id uuid not null,
            created_at timestamptz not null,
            read_at timestamptz
        );
        create index notifications_of_user on notifications (user_id, created_at desc, id desc);
        create index notifications_unread on notifications (user_id, conversation_id) where read_at is null;
        create index notifications_of_conversation on notifications (conversation_id);
        create index notifications_age on notifications (created_at);

        -- Who waits for people, the longest first.
        create index conversations_waiting on conversations (workspace_id, last_message_at, id)
            where sequence > 0 and (status = 1 or (status = 0 and turn = 1 and last_message_author = 'customer'));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index conversations_waiting;
        drop table notifications, saved_views, canned_answers;
        """);
}
