using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Migrations;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261121110000_NamedMessages")]
internal sealed class NamedMessages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- A deletion there names the message and not the webhook that brought it.
        CREATE INDEX webhook_logs_named ON webhook_logs (connection_id, external_id) WHERE channel IN ('slack', 'custom') AND message_id IS NOT NULL;
        """);
}
