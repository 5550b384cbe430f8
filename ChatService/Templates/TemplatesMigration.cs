using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Templates;

/// <summary>What the messengers' providers approved, so that nobody types it from memory.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261122045100_Templates")]
public sealed class TemplatesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table templates (
            id uuid primary key,
            workspace_id uuid not null references workspaces (id),
            channel text not null,
            connection_id uuid,
            name text not null,
            language text,
            text text not null,
            category text not null,
            updated_at timestamptz not null,
            unique nulls not distinct (workspace_id, channel, connection_id, name, language)
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table templates;");
}
