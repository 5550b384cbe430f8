using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Migrations;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261121000001_Windows")]
internal sealed class Windows : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- status 8: nobody knows and nobody can be asked; whatever is still told decides.
        ALTER TABLE deliveries
            ADD COLUMN window_expires_at timestamptz,
            ADD COLUMN receipts boolean NOT NULL DEFAULT false;

        -- Only of channels whose receipts name an address and a time instead of a message.
        CREATE INDEX deliveries_receipts ON deliveries (connection_id, address) WHERE receipts AND status IN (3, 4);
        """);
}
