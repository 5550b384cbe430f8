using Assistify.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assistify.AiService.Catalogue;

/// <summary>A product as anybody may see it who was given its id.</summary>
public sealed record Listing(
    Guid Id, string Title, string Description, string Category, IReadOnlyList<string> Colours, Money Price, bool Available, string? ImageUrl, string? Url);

internal static class ListingEndpoints
{
    public static void MapListings(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/listings/{id:guid}", GetListing).WithName("GetListing").WithSummary("A product that an answer or a card names");
        app.MapGet("/api/listings/{id:guid}/image", GetImage).WithName("GetListingImage").WithSummary("A drawing of a product without a photograph");
    }

    internal static async Task<Results<Ok<Listing>, NotFound>> GetListing(
        Guid id, string? language, AiDbContext db, CancellationToken cancellationToken)
    {
        var product = await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (product is null) return TypedResults.NotFound();
        return TypedResults.Ok(new Listing(
            product.Id, product.TitleIn(language ?? "en"), product.DescriptionIn(language ?? "en"), product.Category, product.Colours, product.Money,
            product.IsAvailable, product.ImageUrl, product.Url));
    }

    internal static async Task<Results<ContentHttpResult, NotFound>> GetImage(
        Guid id, AiDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var drawn = await db.Products.AsNoTracking().Where(p => p.Id == id)
            .Select(p => new { p.Category, p.Colours, p.Title }).SingleOrDefaultAsync(cancellationToken);
        if (drawn is null) return TypedResults.NotFound();
        response.Headers.CacheControl = "public, max-age=86400";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return TypedResults.Text(ProductDrawing.Draw(drawn.Category, drawn.Colours, drawn.Title), "image/svg+xml");
    }
}
