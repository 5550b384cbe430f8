using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Operators;

[DbContext(typeof(ChatDbContext))]
[Migration("20261120000001_Operators")]
public sealed class OperatorsMigration : Migration
{
    internal const string Create =
        """
        create table users (
            id uuid primary key,
            workspace_id uuid not null,
            email text not null,
            name text not null,
            role text not null check (role in ('viewer', 'agent', 'admin', 'owner')),
            password_hash text not null,
            disabled_at timestamptz,
            created_at timestamptz not null,
            updated_at timestamptz not null
        );
        -- One person, one sign-in, whatever the workspace: signing in names only the e-mail.
        create unique index users_email on users (lower(email));
        create index users_of_workspace on users (workspace_id, created_at, id);

        create table logins (
            id uuid primary key,
            user_id uuid not null references users (id) on delete cascade,
            created_at timestamptz not null,
            expires_at timestamptz not null,
            ended_at timestamptz,
            end_reason text
        );
        create index logins_of_user on logins (user_id) where ended_at is null;
        create index logins_expiry on logins (expires_at);

        create table refresh_tokens (
            hash bytea primary key,
            login_id uuid not null references logins (id) on delete cascade,
            created_at timestamptz not null,
            replaced_at timestamptz
        );
        create index refresh_tokens_of_login on refresh_tokens (login_id);

        -- Keys are keyed hashes of e-mail and address, so the table tells nobody who tried.
        create table login_failures (
            key bytea primary key,
            failures integer not null,
            last_at timestamptz not null,
            locked_until timestamptz
        );
        create index login_failures_age on login_failures (last_at);

        create table api_keys (
            id uuid primary key,
            workspace_id uuid not null,
            created_by uuid not null references users (id) on delete cascade,
            name text not null,
            prefix text not null,
            hash bytea not null unique,
            role text not null check (role in ('viewer', 'agent', 'admin', 'owner')),
            created_at timestamptz not null,
            expires_at timestamptz not null,
            revoked_at timestamptz,
            last_used_at timestamptz
        );
        create index api_keys_of_workspace on api_keys (workspace_id, created_at desc, id desc);

        create table signing_keys (
            id text primary key,
            private_key bytea not null,
            created_at timestamptz not null
        );

        -- Who did what to which thing: ids and classifications only, so it survives erasure.
        create table audit_log (
            id uuid primary key,
            workspace_id uuid not null,
            actor_id uuid,
            login_id uuid,
            action text not null,
            subject_id text,
            detail text,
            at timestamptz not null
        );
        create index audit_log_by_time on audit_log (workspace_id, at desc, id desc);
        """;

    internal const string Drop = "drop table audit_log, signing_keys, api_keys, login_failures, refresh_tokens, logins, users;";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Create);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Drop);
}
