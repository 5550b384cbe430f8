using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

/// <summary>How customers say that they were helped.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121152000_Satisfaction")]
public sealed class Satisfaction : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table satisfaction (
            conversation_id uuid primary key references conversations (id) on delete cascade,
            score smallint not null check (score between 1 and 5),
            rated_at timestamptz not null
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table satisfaction;");
}
