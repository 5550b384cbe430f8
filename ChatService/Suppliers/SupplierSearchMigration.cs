using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Suppliers;

/// <summary>The few suppliers are found among many customers.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261122005500_SupplierSearch")]
public sealed class SupplierSearchMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("create index customers_who_supply on customers (workspace_id) where supplier_since is not null;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop index customers_who_supply;");
}
