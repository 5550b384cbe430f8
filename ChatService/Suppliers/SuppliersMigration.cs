using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Suppliers;

/// <summary>Who sells what customers ask for, and what was asked of him for whom.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121213000_Suppliers")]
public sealed class SuppliersMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- A supplier writes like a customer does; people answer him.
        alter table customers add supplier_since timestamptz;

        -- Goes with either conversation.
        create table enquiries (
            id uuid primary key,
            workspace_id uuid not null,
            supplier_conversation_id uuid not null references conversations (id) on delete cascade,
            conversation_id uuid not null references conversations (id) on delete cascade,
            subject text not null,
            asked_by uuid not null,
            asked_at timestamptz not null,
            expires_at timestamptz not null
        );
        create index enquiries_of_supplier on enquiries (supplier_conversation_id, asked_at desc);
        create index enquiries_of_customer on enquiries (conversation_id);
        create index enquiries_age on enquiries (expires_at);

        alter table notifications add kind text not null default 'mention';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table notifications drop kind;
        drop table enquiries;
        alter table customers drop supplier_since;
        """);
}
