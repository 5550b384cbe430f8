using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Migrations;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261121100000_AnswersByAddress")]
internal sealed class AnswersByAddress : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- The chat in a shop asks for what was written to one visitor, again and again; other channels' addresses never begin so.
        CREATE INDEX deliveries_storefront ON deliveries (connection_id, address, sequence)
            WHERE status BETWEEN 3 AND 5 AND (address LIKE 'visitor/%' OR address LIKE 'customer/%');
        """);
}
