using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text;
using System.Text.RegularExpressions;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Knowledge.Documents;
using Assistify.AiService.Publishing;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assistify.AiService.Catalogue;

/// <param name="Amount">Exact, such as <c>12.50</c>.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record PriceRequest(string? Amount, string? Currency);

/// <param name="Slug">Made from the title where it is absent; it stays when the product is changed.</param>
/// <param name="Translations">Title and description in other languages, by language; those of before where they are absent, as tags and colours.</param>
/// <param name="Colours">By their English names.</param>
/// <param name="ImageUrl">A drawing stands for it where it is absent.</param>
/// <param name="SupplierId">Who sells it to the workspace, by his id as a customer.</param>
public sealed record ProductRequest(
    [property: Required, StringLength(200, MinimumLength = 1)] string Title,
    [property: Required, StringLength(5_000, MinimumLength = 1)] string Description,
    [property: Required] PriceRequest Price,
    [property: Range(0, 1_000_000)] int Stock,
    [property: StringLength(100)] string? Category = null,
    [property: MaxLength(20)] IReadOnlyList<string>? Tags = null,
    [property: MaxLength(10)] IReadOnlyList<string>? Colours = null,
    [property: StringLength(100), RegularExpression("^[a-z0-9-]+$")] string? Slug = null,
    [property: Url, StringLength(2_000)] string? Url = null,
    [property: Url, StringLength(2_000)] string? ImageUrl = null,
    Guid? SupplierId = null,
    [property: MaxLength(20)] IReadOnlyDictionary<string, ProductText>? Translations = null);

public sealed record ProductResponse(
    Guid Id, string Slug, string Title, string Description, IReadOnlyDictionary<string, ProductText> Translations, Money Price, int Stock, string Category,
    IReadOnlyList<string> Tags, IReadOnlyList<string> Colours, string? Url, string? ImageUrl, Guid? SupplierId, DateTimeOffset UpdatedAt);

/// <param name="Next">As <c>cursor</c>, for more.</param>
public sealed record ProductPage(IReadOnlyList<ProductResponse> Items, string? Next);

public sealed record ProductHistory(IReadOnlyList<ProductVersion> Items);

/// <summary>What the workspace sells, as people edit it. Every change raises the knowledge version with it, so answers are reproduced from what was sold then.</summary>
internal static partial class ProductEndpoints
{
    private const int LongestWord = 50;
    private const int LongestSlug = 60;
    private const int LongestTitle = 200;
    private const int LongestDescription = 5_000;
    private const int MostItems = 100;

    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/api/products").RequireAuthorization(Policies.Admin);
        products.MapGet("/", List).WithName("ListProducts");
        products.MapGet("/{id:guid}", Get).WithName("GetProduct");
        products.MapPost("/", Create).WithName("CreateProduct");
        products.MapPut("/{id:guid}", Update).WithName("UpdateProduct");
        products.MapDelete("/{id:guid}", Delete).WithName("DeleteProduct");
        products.MapGet("/{id:guid}/history", History).WithName("GetProductHistory").WithSummary("What a product was, the latest first");
        products.MapPost("/{id:guid}/roll_back", RollBack).WithName("RollBackProduct").WithSummary("Sell a product as it was; its stock stays as it is");
    }

    internal static async Task<Ok<ProductPage>> List(
        ClaimsPrincipal user, AiDbContext db, CancellationToken cancellationToken, [StringLength(200)] string? q = null, [Range(1, MostItems)] int limit = 50,
        [StringLength(100)] string? cursor = null)
    {
        var workspace = user.WorkspaceId();
        var products = db.Products.AsNoTracking().Where(p => p.WorkspaceId == workspace);
        if (Stored(q) is { } words)
        {
            var pattern = $"%{words.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
            products = products.Where(p => EF.Functions.ILike(p.Title, pattern, @"\") || EF.Functions.ILike(p.Keywords, pattern, @"\"));
        }
#pragma warning disable CA1309 // The database compares.
        if (Stored(cursor) is { } after) products = products.Where(p => string.Compare(p.Slug, after) > 0);
#pragma warning restore CA1309
        var page = await products.OrderBy(p => p.Slug).Take(limit + 1).ToListAsync(cancellationToken);
        var more = page.Count > limit;
        if (more) page.RemoveAt(limit);
        return TypedResults.Ok(new ProductPage([.. page.Select(Show)], more ? page[^1].Slug : null));
    }

    internal static async Task<Results<Ok<ProductResponse>, NotFound>> Get(Guid id, ClaimsPrincipal user, AiDbContext db, CancellationToken cancellationToken) =>
        await Find(id, user, db, cancellationToken) is { } product ? TypedResults.Ok(Show(product)) : TypedResults.NotFound();

    internal static async Task<Results<Created<ProductResponse>, ValidationProblem, Conflict, ProblemHttpResult>> Create(
        ProductRequest request, ClaimsPrincipal user, AiDbContext db, PublishingGate gate, TimeProvider time, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        if (Check(request) is { Count: > 0 } errors) return TypedResults.ValidationProblem(errors);
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var product = new Product
        {
            Id = id, WorkspaceId = user.WorkspaceId(), Slug = request.Slug ?? SlugOf(request.Title, id), Title = "", Description = "", Category = "", Price = 0, Currency = "", Stock = 0, UpdatedAt = now,
        };
        if (await db.Products.AnyAsync(p => p.WorkspaceId == product.WorkspaceId && p.Slug == product.Slug, cancellationToken)) return TypedResults.Conflict();
        Apply(request, product, now);
        if (await gate.Refuse(user, new ProductChange(id, product), force, cancellationToken) is { } refused) return refused;
        db.Products.Add(product);
        if (!await KnowledgeEndpoints.Save(db, product.WorkspaceId, cancellationToken)) return TypedResults.Conflict();
        return TypedResults.Created($"/api/products/{id}", Show(product));
    }

    internal static async Task<Results<Ok<ProductResponse>, ValidationProblem, NotFound, ProblemHttpResult>> Update(
        Guid id, ProductRequest request, ClaimsPrincipal user, AiDbContext db, PublishingGate gate, TimeProvider time, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        if (Check(request) is { Count: > 0 } errors) return TypedResults.ValidationProblem(errors);
        if (await Find(id, user, db, cancellationToken) is not { } product) return TypedResults.NotFound();
        Apply(request, product, time.GetUtcNow());
        if (await gate.Refuse(user, new ProductChange(id, product), force, cancellationToken) is { } refused) return refused;
        return await KnowledgeEndpoints.Save(db, product.WorkspaceId, cancellationToken) ? TypedResults.Ok(Show(product)) : TypedResults.NotFound();
    }

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Delete(
        Guid id, ClaimsPrincipal user, AiDbContext db, PublishingGate gate, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null, bool forget = false)
    {
        if (await Find(id, user, db, cancellationToken) is not { } product) return TypedResults.NotFound();
        if (await gate.Refuse(user, new ProductChange(id, null), force, cancellationToken) is { } refused) return refused;
        db.Products.Remove(product);
        return await KnowledgeEndpoints.Save(db, product.WorkspaceId, cancellationToken, forget ? id : null) ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    internal static async Task<Results<Ok<ProductHistory>, NotFound>> History(
        Guid id, ClaimsPrincipal user, AiDbContext db, KnowledgeHistory history, CancellationToken cancellationToken) =>
        await Find(id, user, db, cancellationToken) is null
            ? TypedResults.NotFound() : TypedResults.Ok(new ProductHistory(await history.OfProduct(user.WorkspaceId(), id, cancellationToken)));

    // As with entries: the earlier one becomes the newest version. How many there are is no matter of versions.
    internal static async Task<Results<Ok<ProductResponse>, NotFound>> RollBack(
        Guid id, RollBackRequest request, ClaimsPrincipal user, AiDbContext db, KnowledgeHistory history, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await Find(id, user, db, cancellationToken) is not { } product) return TypedResults.NotFound();
        var versions = await history.OfProduct(user.WorkspaceId(), id, cancellationToken);
        if (versions.FirstOrDefault(one => one.Version == request.Version) is not { Product: var then }) return TypedResults.NotFound();
        (product.Title, product.Description, product.Translations, product.Category) = (then.Title, then.Description, new(then.Translations), then.Category);
        (product.Tags, product.Colours, product.Price, product.Currency) = ([.. then.Tags], [.. then.Colours], then.Price.Amount, then.Price.Currency);
        (product.Url, product.ImageUrl, product.SupplierId, product.UpdatedAt) = (then.Url, then.ImageUrl ?? product.DrawingUrl, then.SupplierId, time.GetUtcNow());
        product.Keywords = product.JoinKeywords();
        return await KnowledgeEndpoints.Save(db, product.WorkspaceId, cancellationToken) ? TypedResults.Ok(Show(product)) : TypedResults.NotFound();
    }

    internal static ProductResponse Show(Product product) => new(
        product.Id, product.Slug, product.Title, product.Description, product.Translations, product.Money, product.Stock, product.Category, product.Tags, product.Colours, product.Url,
        product.ImageUrl == product.DrawingUrl ? null : product.ImageUrl, product.SupplierId, product.UpdatedAt);

    private static void Apply(ProductRequest request, Product product, DateTimeOffset now)
    {
        (product.Title, product.Description) = (StorableText.From(request.Title.Trim()), StorableText.From(request.Description.Trim()));
        if (request.Translations is { } translations)
            product.Translations = translations.ToDictionary(one => one.Key, one => new ProductText(StorableText.From(one.Value.Title.Trim()), StorableText.From(one.Value.Description.Trim())));
        product.Category = Stored(request.Category) ?? "";
        product.Tags = request.Tags is { } tags ? [.. Words(tags)] : product.Tags;
        product.Colours = request.Colours is { } colours ? [.. Words(colours)] : product.Colours;
        (product.Price, product.Currency) = (ProductPrice.Read(request.Price.Amount, request.Price.Currency)!.Value, request.Price.Currency!);
        (product.Stock, product.Url, product.ImageUrl) = (request.Stock, Stored(request.Url), Stored(request.ImageUrl) ?? product.DrawingUrl);
        (product.SupplierId, product.UpdatedAt) = (request.SupplierId, now);
        product.Keywords = product.JoinKeywords();

        // Colours and tags are compared as they are asked for.
        static IEnumerable<string> Words(IReadOnlyList<string> words) => words.Select(word => StorableText.From(word.Trim().ToLowerInvariant())).Where(word => word.Length > 0).Distinct();
    }

    private static Dictionary<string, string[]> Check(ProductRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(request.Title)) errors["title"] = ["What it is called."];
        if (string.IsNullOrWhiteSpace(request.Description)) errors["description"] = ["What it is."];
        if (!ProductPrice.IsCurrency(request.Price.Currency)) errors["price.currency"] = ["A currency's code of three capital letters, such as EUR."];
        else if (ProductPrice.Read(request.Price.Amount, request.Price.Currency) is null) errors["price.amount"] = ["An amount such as 12.50, with no more decimals than the currency has."];
        if (request.Tags?.Any(TooLong) ?? false) errors["tags"] = [$"Words of at most {LongestWord} characters."];
        if (request.Colours?.Any(TooLong) ?? false) errors["colours"] = [$"Words of at most {LongestWord} characters."];
        if (request.Translations?.Any(IsWrong) ?? false) errors["translations"] = [$"By language, such as el: a title of at most {LongestTitle} and a description of at most {LongestDescription} characters."];
        return errors;

        static bool TooLong(string word) => word is null or { Length: > LongestWord };

        // A title of blanks would stand in every text.
        static bool IsWrong(KeyValuePair<string, ProductText> one) =>
            !Language().IsMatch(one.Key) || one.Value is not { Title.Length: <= LongestTitle, Description.Length: <= LongestDescription }
            || string.IsNullOrWhiteSpace(one.Value.Title) || string.IsNullOrWhiteSpace(one.Value.Description);
    }

    // Latin letters only, and never another product's: a title in another script has nothing to make it from.
    private static string SlugOf(string title, Guid id)
    {
        var plain = string.Concat(title.Normalize(NormalizationForm.FormD).ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : char.IsWhiteSpace(letter) || letter == '-' ? '-' : '\0')).Replace("\0", "", StringComparison.Ordinal);
        var slug = Dashes().Replace(plain, "-").Trim('-');
        if (slug.Length > LongestSlug) slug = slug[..LongestSlug].TrimEnd('-');
        return slug.Length == 0 ? id.ToString("N") : $"{slug}-{id.ToString("N")[^6..]}";
    }

    private static string? Stored(string? text) => text?.Trim() is { Length: > 0 } given ? StorableText.From(given) : null;

    private static Task<Product?> Find(Guid id, ClaimsPrincipal user, AiDbContext db, CancellationToken cancellationToken)
    {
        var workspace = user.WorkspaceId();
        return db.Products.SingleOrDefaultAsync(p => p.Id == id && p.WorkspaceId == workspace, cancellationToken);
    }

    [GeneratedRegex("-{2,}")]
    private static partial Regex Dashes();

    [GeneratedRegex(@"^[a-z]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
