using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

/// <summary>Who answers which customers, and what they do with one choice.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121185000_Teams")]
public sealed class TeamsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table teams (
            id uuid primary key,
            workspace_id uuid not null references workspaces (id),
            name text not null,
            channels text[] not null,
            takes_hand_overs boolean not null,
            capacity integer not null,
            updated_at timestamptz not null,
            unique (workspace_id, name)
        );

        create table team_members (
            team_id uuid not null references teams (id) on delete cascade,
            user_id uuid not null references users (id) on delete cascade,
            primary key (team_id, user_id)
        );
        create index team_members_user on team_members (user_id);

        -- Since when somebody is given nothing, and when he was last given a conversation.
        alter table users add away_since timestamptz, add given_at timestamptz;

        create index conversations_of_team on conversations (workspace_id, team_id, last_activity_at desc, id desc)
            where team_id is not null and sequence > 0;
        create index conversations_nobodys on conversations (workspace_id, team_id, people_since)
            where assignee_id is null and turn = 1 and status <> 2;
        create index conversations_worked_on on conversations (assignee_id) where assignee_id is not null and turn = 1 and status <> 2;

        create table macros (
            id uuid primary key,
            workspace_id uuid not null references workspaces (id),
            name text not null,
            text text,
            private boolean not null,
            labels text[] not null,
            assign_to_me boolean not null,
            team_id uuid references teams (id) on delete set null,
            closes boolean not null,
            updated_at timestamptz not null,
            unique (workspace_id, name)
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop table macros;
        drop index conversations_of_team, conversations_nobodys, conversations_worked_on;
        alter table users drop away_since, drop given_at;
        drop table team_members, teams;
        """);
}
