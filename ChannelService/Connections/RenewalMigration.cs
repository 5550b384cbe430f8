using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Connections;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261121190000_Renewal")]
internal sealed class RenewalMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Of credentials that end by themselves: when others were fetched for them, and when those end.
        ALTER TABLE connections ADD renewed_at timestamptz, ADD credentials_end_at timestamptz;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE connections DROP renewed_at, DROP credentials_end_at;");
}
