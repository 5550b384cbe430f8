using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

/// <summary>Every message from a product's page asks for the product of that page. An address may be longer than a sorted index takes.</summary>
[DbContext(typeof(AiDbContext))]
[Migration("20261122083600_ProductsByAddress")]
public sealed class ProductsByAddress : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE INDEX products_url ON products USING hash (url);");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX products_url;");
}
