using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Operations;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261121120100_Operations")]
internal sealed class OperationsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- How often a person had the delivery sent again.
        ALTER TABLE deliveries ADD retries integer NOT NULL DEFAULT 0;
        CREATE INDEX deliveries_failed ON deliveries (workspace_id, created_at, delivery_id) WHERE status = 6;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX deliveries_failed;
        ALTER TABLE deliveries DROP retries;
        """);
}
