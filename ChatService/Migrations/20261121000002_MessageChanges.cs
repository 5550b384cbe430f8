using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

[DbContext(typeof(ChatDbContext))]
[Migration("20261121000002_MessageChanges")]
public sealed class MessageChanges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table messages
            add column edited_at timestamptz,
            add column deleted_at timestamptz,
            add column reactions jsonb,
            add column details jsonb;

        -- Edits and deletions that came before the message that they are about.
        create table early_changes (
            message_id uuid not null,
            change smallint not null,
            workspace_id uuid not null,
            connection_id uuid not null,
            address text not null,
            text text,
            at timestamptz not null,
            primary key (message_id, change)
        );
        create index early_changes_person on early_changes (workspace_id, connection_id, address);
        create index early_changes_age on early_changes (at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop table early_changes;
        alter table messages drop column edited_at, drop column deleted_at, drop column reactions, drop column details;
        """);
}
