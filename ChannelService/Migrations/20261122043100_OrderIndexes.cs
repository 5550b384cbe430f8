using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Migrations;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261122043100_OrderIndexes")]
internal sealed class OrderIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Orders are asked for by what people call them, and by who made them. Cut, since no index takes a text of any length.
        CREATE INDEX commerce_records_order_name ON commerce_records (left(lower(ltrim(record->>'name', '# ')), 64)) WHERE kind = 'orders';
        CREATE INDEX commerce_records_order_customer ON commerce_records (left(record->'customer'->>'id', 64)) WHERE kind = 'orders';
        CREATE INDEX commerce_records_order_phone ON commerce_records (left(regexp_replace(record->>'phone', '[^0-9]', '', 'g'), 32)) WHERE kind = 'orders';
        CREATE INDEX commerce_records_order_customer_phone
            ON commerce_records (left(regexp_replace(record->'customer'->>'phone', '[^0-9]', '', 'g'), 32)) WHERE kind = 'orders';
        """);
}
