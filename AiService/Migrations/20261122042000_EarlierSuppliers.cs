using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assistify.AiService.Migrations;

/// <summary>Products as they were tell who supplied them, too.</summary>
[DbContext(typeof(AiDbContext))]
[Migration("20261122042000_EarlierSuppliers")]
public sealed class EarlierSuppliers : Migration
{
    private const string Search = """
        setweight(to_tsvector('english', p.title || ' ' || p.keywords), 'A')
                || setweight(to_tsvector('greek', fold(p.keywords)), 'A')
                || setweight(to_tsvector('simple', fold(p.keywords)), 'B')
                || setweight(to_tsvector('english', p.description), 'D')
        """;

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Function(", supplier_id uuid", ", p.supplier_id"));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Function("", ""));

    private static string Function(string declared, string selected) => $"""
        DROP FUNCTION products_at(uuid, bigint);
        CREATE FUNCTION products_at(workspace uuid, at bigint)
            RETURNS TABLE (id uuid, workspace_id uuid, slug text, title text, description text, translations jsonb, category text, tags text[], colours text[],
                price numeric, currency text, stock integer, image_url text, url text, updated_at timestamptz, keywords text{declared}, search tsvector)
            LANGUAGE sql STABLE AS $$
            SELECT p.id, p.workspace_id, p.slug, p.title, p.description, p.translations, p.category, p.tags, p.colours,
                p.price, p.currency, p.stock, p.image_url, p.url, p.updated_at, p.keywords{selected},
                {Search}
            FROM knowledge_at('products', workspace, at) AS h(content), jsonb_populate_record(NULL::products, h.content) p
        $$;
        """;
}
