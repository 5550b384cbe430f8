using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

/// <summary>Up to which message each side of a conversation has read.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261122044001_ReadMarks")]
public sealed class ReadMarksMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table read_marks (
            conversation_id uuid primary key references conversations (id) on delete cascade,
            by_customer bigint not null default 0,
            by_people bigint not null default 0
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table read_marks;");
}
