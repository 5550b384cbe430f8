using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Memory;
using Assistify.Contracts;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Providers;

/// <summary>
/// The conversation as a model gets it: what was said, as much as fits, then what was found, as data, then what is to be answered.
/// </summary>
internal static class Prompt
{
    private const int HistoryTokens = 2_000;
    private const int QuestionTokens = 1_500;
    private const int MaxEntries = 6;
    private const int MaxProducts = 10;
    private const int LongestSource = 1_500;

    // Letters of every script as they are, so that they cost few tokens; < > & and quotes escaped, so that no text can end the data.
    private static readonly JsonSerializerOptions s_data = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static List<ChatMessage> For(ReplyTask task, IReadOnlyList<Preference> preferences)
    {
        var messages = History(Remembered.Rest(task.Remembered, task.Before));
        var question = string.Join('\n', task.Unanswered.Select(message => message.Text));
        messages.Add(new ChatMessage(ChatRole.User, [new TextContent(Data(task, preferences) + "\n"), .. question.Length == 0 ? Array.Empty<AIContent>() : [new TextContent(Cut(question, QuestionTokens))]]));
        return messages;
    }

    /// <summary>A rough upper bound: four letters of ASCII are a token, of other scripts two.</summary>
    public static int Tokens(string text)
    {
        var ascii = text.Count(char.IsAscii);
        return ascii / 4 + (text.Length - ascii) / 2 + 1;
    }

    public static string AsData(JsonNode node) => node.ToJsonString(s_data);

    private static List<ChatMessage> History(IReadOnlyList<HistoryMessage> before)
    {
        var kept = new List<ChatMessage>();
        var left = HistoryTokens;
        foreach (var message in before.Reverse())
        {
            if (message.Text.Length == 0 || message.Author is Author.System) continue;
            left -= Tokens(message.Text) + 4;
            if (left < 0) break;
            kept.Add(new ChatMessage(message.Author is Author.Customer ? ChatRole.User : ChatRole.Assistant, message.Text));
        }
        kept.Reverse();
        // A conversation begins with the customer.
        kept.RemoveRange(0, kept.FindIndex(message => message.Role == ChatRole.User) is var first and >= 0 ? first : kept.Count);
        return kept;
    }

    private static string Data(ReplyTask task, IReadOnlyList<Preference> preferences)
    {
        var sources = new JsonArray();
        foreach (var source in task.Sources.All.Where(source => source.Kind is SourceKind.Entry).Take(MaxEntries)) sources.Add((JsonNode)Show(source));
        foreach (var source in task.Sources.All.Where(source => source.Kind is SourceKind.Product).Take(MaxProducts)) sources.Add((JsonNode)Show(source));
        var data = new JsonObject { ["sources"] = sources };
        var pictures = task.Seen.Where(seen => seen.Facts is not null).Select(seen => seen.Facts!.Show(task.Request.Unanswered.Contains(seen.MessageId))).ToArray<JsonNode>();
        if (pictures.Length > 0) data["seenInPicturesOfTheCustomer"] = new JsonArray(pictures);
        if (task.Unanswered.LastOrDefault(message => message.Page is not null)?.Page is { } page) data["saidByThePageOfTheCustomer"] = Show(page);
        if (task.Remembered is { } remembered) data["saidBefore"] = remembered.Summary;
        if (preferences.Count > 0)
            data["knownOfTheCustomer"] = new JsonArray([.. preferences.Select(preference => new JsonObject { ["kind"] = preference.Kind, ["value"] = preference.Value })]);
        return AsData(data);
    }

    // It comes from the customer's browser: what a question may be about, and no source of anything.
    private static JsonObject Show(PageContext page)
    {
        var shown = new JsonObject();
        if (page.Url is { } url) shown["url"] = url;
        if (page.Title is { } title) shown["title"] = title;
        if (page.Product is { } product) shown["product"] = product;
        if (page.Cart is { Count: > 0 } cart) shown["cart"] = new JsonArray([.. cart.Select(line => new JsonObject { ["product"] = line.Product, ["quantity"] = line.Quantity })]);
        if (page.Facts is { Count: > 0 } facts) shown["facts"] = new JsonObject(facts.Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)JsonValue.Create(fact.Value))));
        return shown;
    }

    public static JsonObject Show(Source source)
    {
        var shown = new JsonObject { ["id"] = source.DocumentId, ["title"] = source.Title, ["text"] = source.Text.Length > LongestSource ? source.Text[..LongestSource] : source.Text };
        if (source.Url is not null) shown["url"] = source.Url;
        if (source.Available is { } available) shown["inStock"] = available;
        return shown;
    }

    private static string Cut(string text, int tokens)
    {
        if (Tokens(text) <= tokens) return text;
        var end = Math.Min(text.Length, tokens * 2);
        return char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end];
    }
}
