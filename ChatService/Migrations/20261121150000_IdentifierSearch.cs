using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

[DbContext(typeof(ChatDbContext))]
[Migration("20261121150000_IdentifierSearch")]
public sealed class IdentifierSearch : Migration
{
    // An index of trigrams answers equality too, hundreds of times slower than the key does. Over an expression it is of use to searches alone.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index customer_identifiers_value;
        create index customer_identifiers_search on customer_identifiers using gin (lower(value) gin_trgm_ops);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index customer_identifiers_search;
        create index customer_identifiers_value on customer_identifiers using gin (value gin_trgm_ops);
        """);
}
