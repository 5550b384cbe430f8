using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

[DbContext(typeof(AiDbContext))]
[Migration("20261121223500_Outbox")]
public sealed class Outbox : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- What was changed and others do not know yet. Ids and classifications only.
        CREATE TABLE outbox (
            id uuid PRIMARY KEY,
            type text NOT NULL,
            body json NOT NULL,
            created_at timestamptz NOT NULL
        );
        CREATE INDEX outbox_created ON outbox (created_at);

        -- Notes for the audit log are messages like any other.
        INSERT INTO outbox (id, type, body, created_at) SELECT id, 'ActionAudited', entry, created_at FROM audit_notes;
        DROP TABLE audit_notes;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE audit_notes (
            id uuid PRIMARY KEY,
            entry json NOT NULL,
            created_at timestamptz NOT NULL
        );
        CREATE INDEX audit_notes_created ON audit_notes (created_at);
        INSERT INTO audit_notes (id, entry, created_at) SELECT id, body, created_at FROM outbox WHERE type = 'ActionAudited';
        DROP TABLE outbox;
        """);
}
