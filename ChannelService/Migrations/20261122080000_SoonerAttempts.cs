using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Migrations;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261122080000_SoonerAttempts")]
internal sealed class SoonerAttempts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- From when a row that waits may go before its time, where the receiver takes other messages again.
        ALTER TABLE deliveries ADD COLUMN sooner_from timestamptz;
        """);
}
