using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121220500_AuditNotes")]
public sealed class AuditNotes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- What was done and the audit log does not know yet. Ids and classifications only.
        CREATE TABLE audit_notes (
            id uuid PRIMARY KEY,
            entry json NOT NULL,
            created_at timestamptz NOT NULL
        );
        CREATE INDEX audit_notes_created ON audit_notes (created_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE audit_notes");
}
