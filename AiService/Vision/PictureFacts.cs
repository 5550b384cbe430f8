using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Understanding;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Vision;

/// <summary>What a model saw in a picture. It is data like what the customer wrote, and no source of an answer's figures.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Objects">The main thing first.</param>
/// <param name="Text">What is written in it.</param>
internal sealed record PictureFacts(string Kind, string Description, IReadOnlyList<SeenObject> Objects, string Text)
{
    public const string Product = "product";
    public const string Damage = "damage";

    public static readonly string[] Kinds = [Product, Damage, "document", "other"];

    private const int LongestText = 600;
    private const int LongestName = 60;
    private const int MostObjects = 5;

    /// <summary>Null where the model wrote something else than was asked for.</summary>
    public static PictureFacts? Read(string written)
    {
        // Some put their JSON between words or marks of code.
        var (start, end) = (written.IndexOf('{', StringComparison.Ordinal), written.LastIndexOf('}'));
        if (start < 0 || end < start) return null;
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(written[start..(end + 1)]);
        }
        catch (JsonException)
        {
            return null;
        }
        if (json.Text("kind") is not { } kind || !Kinds.Contains(kind) || json.Text("description") is not { Length: > 0 } description) return null;
        var objects = json.Items("objects")
            .Select(one => new SeenObject(Short(one.Text("name")?.ToLowerInvariant(), LongestName), [.. one.Items("colours").Select(ColourOf).OfType<string>().Distinct()]))
            .Where(one => one.Name.Length > 0).Take(MostObjects).ToList();
        return new PictureFacts(kind, Short(description, LongestText), objects, Short(json.Text("text"), LongestText));
    }

    /// <summary>As a model that writes is told of it.</summary>
    /// <param name="now">It came with what is to be answered.</param>
    public JsonObject Show(bool now) => new()
    {
        ["sent"] = now ? "now" : "before", ["kind"] = Kind, ["shows"] = Description, ["writtenInIt"] = Text,
        ["objects"] = new JsonArray([.. Objects.Select(one => new JsonObject { ["name"] = one.Name, ["colours"] = new JsonArray([.. one.Colours.Select(colour => JsonValue.Create(colour))]) })]),
    };

    private static string? ColourOf(JsonNode? colour) =>
        colour is JsonValue value && value.TryGetValue<string>(out var name) && Concepts.Colours.Contains(name.ToLowerInvariant()) ? name.ToLowerInvariant() : null;

    private static string Short(string? text, int longest)
    {
        var storable = StorableText.From(text ?? "").Trim();
        if (storable.Length <= longest) return storable;
        return char.IsHighSurrogate(storable[longest - 1]) ? storable[..(longest - 1)] : storable[..longest];
    }
}

/// <param name="Name">An English noun.</param>
/// <param name="Colours">By their English names.</param>
internal sealed record SeenObject(string Name, IReadOnlyList<string> Colours);

/// <summary>A picture of the conversation.</summary>
/// <param name="Facts">Null where no model could look at it.</param>
/// <param name="Model">Whose words the facts are.</param>
/// <param name="Reason">Why there are none, such as <c>no_provider</c>.</param>
internal sealed record SeenPicture(Guid MessageId, Guid MediaId, PictureFacts? Facts, string? Model = null, string? Reason = null);
