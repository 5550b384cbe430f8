using System.Globalization;
using System.Text.Json;
using Assistify.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assistify.AiService.Catalogue;

/// <summary>Something that the workspace sells.</summary>
public sealed class Product
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; set; }

    public required string Description { get; set; }

    /// <summary>Title and description in other languages, by language.</summary>
    public Dictionary<string, ProductText> Translations { get; set; } = [];

    public required string Category { get; set; }

    public string[] Tags { get; set; } = [];

    /// <summary>By their English names.</summary>
    public string[] Colours { get; set; } = [];

    public required decimal Price { get; set; }

    public required string Currency { get; set; }

    public required int Stock { get; set; }

    public string? ImageUrl { get; set; }

    public string? Url { get; set; }

    /// <summary>Who sells it to the workspace, by the supplier's id as a customer: whom a question about it may be passed to.</summary>
    public Guid? SupplierId { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>What it is found by, beside title and description.</summary>
    public string Keywords { get; set; } = "";

    /// <summary>Where the drawing is that stands for a photograph.</summary>
    public string DrawingUrl => $"/api/listings/{Id}/image";

    public bool IsAvailable => Stock > 0;

    public Money Money => new(Price, Currency);

    public string PriceText => string.Create(CultureInfo.InvariantCulture, $"{Price:0.00} {Currency}");

    public string TitleIn(string language) => Translations.TryGetValue(language, out var text) ? text.Title : Title;

    public string DescriptionIn(string language) => Translations.TryGetValue(language, out var text) ? text.Description : Description;

    /// <summary>The product as a document: what answers about it quote.</summary>
    public string Sheet(string language) => $"{TitleIn(language)}: {PriceText}. {DescriptionIn(language)}";

    public string JoinKeywords() =>
        string.Join(' ', Translations.Values.Select(text => text.Title).Append(Category).Concat(Tags).Concat(Colours)).ToLowerInvariant();
}

public sealed record ProductText(string Title, string Description);

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.ToTable("products");
        product.Property(p => p.Id).HasColumnName("id").ValueGeneratedNever();
        product.Property(p => p.WorkspaceId).HasColumnName("workspace_id");
        product.Property(p => p.Slug).HasColumnName("slug");
        product.Property(p => p.Title).HasColumnName("title");
        product.Property(p => p.Description).HasColumnName("description");
        product.Property(p => p.Translations).HasColumnName("translations").HasColumnType("jsonb").HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            value => JsonSerializer.Deserialize<Dictionary<string, ProductText>>(value, JsonSerializerOptions.Web) ?? new Dictionary<string, ProductText>(),
            new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<Dictionary<string, ProductText>>(
                (a, b) => JsonSerializer.Serialize(a, JsonSerializerOptions.Web) == JsonSerializer.Serialize(b, JsonSerializerOptions.Web),
                value => value.Count,
                value => new Dictionary<string, ProductText>(value)));
        product.Property(p => p.Category).HasColumnName("category");
        product.Property(p => p.Tags).HasColumnName("tags");
        product.Property(p => p.Colours).HasColumnName("colours");
        product.Property(p => p.Price).HasColumnName("price").HasColumnType("numeric(12,2)");
        product.Property(p => p.Currency).HasColumnName("currency");
        product.Property(p => p.Stock).HasColumnName("stock");
        product.Property(p => p.ImageUrl).HasColumnName("image_url");
        product.Property(p => p.Url).HasColumnName("url");
        product.Property(p => p.SupplierId).HasColumnName("supplier_id");
        product.Property(p => p.UpdatedAt).HasColumnName("updated_at");
        product.Property(p => p.Keywords).HasColumnName("keywords");
        product.Ignore(p => p.DrawingUrl);
        product.Ignore(p => p.IsAvailable);
        product.Ignore(p => p.Money);
        product.Ignore(p => p.PriceText);
        product.HasIndex(p => new { p.WorkspaceId, p.Slug }).IsUnique();
    }
}
