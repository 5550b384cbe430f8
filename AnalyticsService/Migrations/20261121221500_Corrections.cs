using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AnalyticsService.Migrations;

[DbContext(typeof(AnalyticsDbContext))]
[Migration("20261121221500_Corrections")]
public sealed class Corrections : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Which messages were corrected, without reading all that happened.
        create index events_corrected on events (message_id, occurred_at) where type = 'IntentCorrected';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop index events_corrected;");
}
