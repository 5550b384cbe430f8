using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Settings;

[DbContext(typeof(ChatDbContext))]
[Migration("20261121120000_Settings")]
public sealed class SettingsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table workspaces
            add time_zone text not null default 'UTC',
            add locale text not null default 'en',
            add tone text not null default 'friendly',
            add web_burst_wait_ms integer,
            add business_hours json;

        create table feature_flags (
            workspace_id uuid not null references workspaces (id),
            name text not null,
            enabled boolean not null,
            percent integer not null,
            updated_at timestamptz not null,
            primary key (workspace_id, name)
        );

        -- Encrypted; asked for at sign-in once it was confirmed. The step is the last one used: a code counts once.
        alter table users
            add totp_secret bytea,
            add totp_confirmed_at timestamptz,
            add totp_last_step bigint;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table users drop totp_secret, drop totp_confirmed_at, drop totp_last_step;
        drop table feature_flags;
        alter table workspaces drop time_zone, drop locale, drop tone, drop web_burst_wait_ms, drop business_hours;
        """);
}
