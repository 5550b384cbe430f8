using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Customers;

/// <summary>What a merge joined, for as long as it can be undone.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261122045000_Merges")]
public sealed class MergesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Goes with either of the two. What was known of the one who became part of the other, and which of it the other had not known.
        create table customer_merges (
            id uuid primary key,
            workspace_id uuid not null,
            into_id uuid not null references customers (id) on delete cascade,
            from_id uuid not null references customers (id) on delete cascade,
            name text,
            email text,
            phone text,
            locale text,
            blocked_at timestamptz,
            supplier_since timestamptz,
            taken text[] not null,
            merged_at timestamptz not null,
            undone_at timestamptz
        );
        create index customer_merges_from on customer_merges (from_id);
        create index customer_merges_into on customer_merges (into_id);
        create index customer_merges_age on customer_merges (merged_at);

        -- What was his. Each part goes with what it names.
        create table customer_merge_parts (
            merge_id uuid not null references customer_merges (id) on delete cascade,
            conversation_id uuid references conversations (id) on delete cascade,
            media_id uuid references media (id) on delete cascade,
            customer_id uuid references customers (id) on delete cascade,
            workspace_id uuid,
            kind text,
            value text,
            foreign key (workspace_id, kind, value) references customer_identifiers (workspace_id, kind, value) on delete cascade,
            check (num_nonnulls(conversation_id, media_id, customer_id, value) = 1)
        );
        create index customer_merge_parts_merge on customer_merge_parts (merge_id);
        create index customer_merge_parts_conversation on customer_merge_parts (conversation_id) where conversation_id is not null;
        create index customer_merge_parts_media on customer_merge_parts (media_id) where media_id is not null;
        create index customer_merge_parts_customer on customer_merge_parts (customer_id) where customer_id is not null;
        create index customer_merge_parts_identifier on customer_merge_parts (workspace_id, kind, value) where value is not null;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table customer_merge_parts, customer_merges;");
}
