using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

/// <summary>Who waits longest is who has waited for people longest, whatever was said since.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121215500_WaitingSince")]
public sealed class WaitingSinceMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create index conversations_waiting_since on conversations (workspace_id, coalesce(waiting_since, last_message_at), id)
            where sequence > 0 and (status = 1 or (status = 0 and turn = 1 and waiting_since is not null));
        drop index conversations_waiting;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create index conversations_waiting on conversations (workspace_id, last_message_at, id)
            where sequence > 0 and (status = 1 or (status = 0 and turn = 1 and last_message_author = 'customer'));
        drop index conversations_waiting_since;
        """);
}
