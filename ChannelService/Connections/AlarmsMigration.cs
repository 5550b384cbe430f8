using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChannelService.Connections;

[DbContext(typeof(ChannelDbContext))]
[Migration("20261121151500_Alarms")]
internal sealed class AlarmsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Connections that need somebody, for as long as they do; of configuration and of people alike.
        CREATE TABLE connection_alarms (
            connection_id uuid NOT NULL,
            kind text NOT NULL,
            workspace_id uuid NOT NULL,
            detail text,
            -- What it holds for, where it ends with that: a hash, never the thing itself.
            about text,
            since timestamptz NOT NULL,
            told boolean NOT NULL DEFAULT false,
            PRIMARY KEY (connection_id, kind)
        );

        -- Of the message's person: what becomes of its media is told in order with everything else.
        ALTER TABLE media_jobs ADD partition smallint;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE media_jobs DROP partition;
        DROP TABLE connection_alarms;
        """);
}
