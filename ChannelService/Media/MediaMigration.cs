using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Media;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261121120200_Media")]
internal sealed class MediaMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Attachments that a provider still keeps. A row goes when its content is with us; one that failed for good stays without its source.
        CREATE TABLE media_jobs (
            message_id uuid NOT NULL,
            attachment_id uuid NOT NULL,
            workspace_id uuid NOT NULL,
            connection_id uuid NOT NULL,
            attachment jsonb NOT NULL,
            failed boolean NOT NULL DEFAULT false,
            attempts integer NOT NULL DEFAULT 0,
            next_attempt_at timestamptz NOT NULL,
            error text,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (message_id, attachment_id)
        );
        CREATE INDEX media_jobs_due ON media_jobs (next_attempt_at) WHERE NOT failed;
        CREATE INDEX media_jobs_created_at ON media_jobs (created_at) WHERE failed;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE media_jobs;");
}
