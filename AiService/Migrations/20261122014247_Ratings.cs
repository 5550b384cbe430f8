using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261122014247_Ratings")]
public sealed class Ratings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- What customers said of their conversations; a canary's figures read it. It lives as long as the traces that it is read with.
        CREATE TABLE conversation_ratings (
            conversation_id uuid PRIMARY KEY,
            workspace_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            score smallint NOT NULL,
            rated_at timestamptz NOT NULL
        );
        CREATE INDEX conversation_ratings_customer ON conversation_ratings (customer_id);
        CREATE INDEX conversation_ratings_rated ON conversation_ratings USING brin (rated_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE conversation_ratings");
}
