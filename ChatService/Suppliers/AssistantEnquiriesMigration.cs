using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.ChatService.Suppliers;

/// <summary>Customers ask suppliers too, by the assistant: about a product, once until the answer comes.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261122042000_AssistantEnquiries")]
public sealed class AssistantEnquiriesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Nobody asked: the assistant did, for the customer.
        alter table enquiries alter asked_by drop not null, add product_id uuid, add language text, add answered_at timestamptz;

        -- What begins to suppliers to whom nothing else may be sent.
        alter table workspaces add enquiry_template json;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table workspaces drop enquiry_template;
        delete from enquiries where asked_by is null;
        alter table enquiries alter asked_by set not null, drop product_id, drop language, drop answered_at;
        """);
}
