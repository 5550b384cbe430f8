using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Webhooks;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261121184500_Reconciliation")]
internal sealed class ReconciliationMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Up to when the provider was asked for everything of a day once more.
        ALTER TABLE fetch_marks ADD reconciled_at timestamptz;
        UPDATE fetch_marks SET reconciled_at = fetched_until;
        ALTER TABLE fetch_marks ALTER reconciled_at SET NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE fetch_marks DROP reconciled_at;");
}
