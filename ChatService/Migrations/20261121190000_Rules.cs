using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Migrations;

/// <summary>What is done by itself when something happens.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121190000_Rules")]
public sealed class RulesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table rules (
            id uuid primary key,
            workspace_id uuid not null references workspaces (id),
            name text not null,
            enabled boolean not null,
            happening text not null,
            conditions json not null,
            actions json not null,
            updated_at timestamptz not null,
            unique (workspace_id, name)
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table rules;");
}
