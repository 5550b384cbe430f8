using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistify.ChatService.Suppliers;
using Assistify.Contracts;
using Microsoft.Extensions.Options;

namespace Assistify.ChatService;

/// <summary>Links to stored media that need no token: signed, and good for some time only.</summary>
internal sealed class MediaLinks
{
    // Links made within the same hour are the same, so that browsers and providers can cache what they fetched.
    private static readonly TimeSpan s_step = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(24);

    /// <summary>The size that a link asks for where the whole picture is not needed.</summary>
    public const string Small = "small";

    private readonly byte[] _key;
    private readonly string _publicUrl;
    private readonly TimeProvider _time;

    public MediaLinks(IOptions<ChatOptions> options, TimeProvider time)
    {
        _key = options.Value.DeriveKey("media-links");
        _publicUrl = options.Value.PublicUrl.TrimEnd('/');
        _time = time;
    }

    public string PathOf(Guid mediaId)
    {
        var now = _time.GetUtcNow();
        var expires = (now.AddTicks(-(now.Ticks % s_step.Ticks)) + s_step + s_lifetime).ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"/api/media/{mediaId}?expires={expires}&signature={Sign(mediaId, expires)}");
    }

    /// <summary>Of a picture that is small enough to be shown among others.</summary>
    public string ThumbnailPathOf(Guid mediaId) => $"{PathOf(mediaId)}&size={Small}";

    public bool IsValid(Guid mediaId, long expires, string signature) =>
        _time.GetUtcNow().ToUnixTimeSeconds() < expires
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Sign(mediaId, expires)), Encoding.UTF8.GetBytes(signature));

    /// <summary>What is stored here gets an address that a provider can fetch it from.</summary>
    public IReadOnlyList<Attachment> WithLinks(IReadOnlyList<Attachment> attachments) =>
        attachments.Count == 0
            ? attachments
            : [.. attachments.Select(attachment => attachment.Source is null ? attachment with { Source = _publicUrl + PathOf(attachment.Id) } : attachment)];

    /// <summary>For providers.</summary>
    public IReadOnlyList<Card> WithLinks(IReadOnlyList<Card> cards) => Linked(cards, _publicUrl);

    /// <summary>For our own pages.</summary>
    public IReadOnlyList<Card> WithPaths(IReadOnlyList<Card> cards) => Linked(cards, "");

    // Only cards that we made have pictures of our store: what others name is not opened for anybody.
    private IReadOnlyList<Card> Linked(IReadOnlyList<Card> cards, string address) =>
        cards.Any(IsPhoto)
            ? [.. cards.Select(card => IsPhoto(card) ? card with { ImageUrl = address + PathOf(Guid.Parse(card.Id)) } : card)]
            : cards;

    private static bool IsPhoto(Card card) => card.Kind == SupplierPicture.CardKind && Guid.TryParse(card.Id, out _);

    private string Sign(Guid mediaId, long expires) => Base64Url.EncodeToString(
        HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mediaId}/{expires}"))).AsSpan(0, 16));
}
