using System.Globalization;
using System.Text;
using System.Text.Json;
using Assistify.Contracts;

namespace Assistify.ChatService.Conversations;

/// <summary>What few messages have, kept beside their text.</summary>
/// <param name="Template">Of an operator's message: what is sent instead of the text.</param>
internal sealed record MessageDetails(
    IReadOnlyList<OrderLine>? Order = null, string? Unsupported = null, string? Form = null, Referral? Referral = null, MessageTemplate? Template = null,
    PageContext? Page = null)
{
    public static MessageDetails? Of(MessageContent content) =>
        content.Order is null && content.Unsupported is null && content.Form is null && content.Referral is null && content.Page is null
            ? null
            : new MessageDetails(content.Order, content.Unsupported, content.Form, content.Referral, Page: content.Page);

    /// <summary>The content as people and the assistant read it.</summary>
    public static string TextOf(MessageContent content)
    {
        var text = new StringBuilder(content.Text);
        foreach (var line in content.Order ?? [])
        {
            StartLine(text);
            text.Append(CultureInfo.InvariantCulture, $"{line.Quantity} × {line.ProductId}");
            if (line.Price is { } price) text.Append(CultureInfo.InvariantCulture, $" ({price.Amount} {price.Currency})");
        }
        foreach (var (name, value) in Answers(content.Form))
        {
            StartLine(text);
            text.Append(name).Append(": ").Append(value);
        }
        if (text.Length == 0 && content.Unsupported is { } kind) text.Append("[a message that this channel does not pass on: ").Append(kind).Append(']');
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Answers(string? form)
    {
        if (form is null) return [];
        try
        {
            using var document = JsonDocument.Parse(form);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return [("", form)];
            return [.. document.RootElement.EnumerateObject().Where(answer => answer.Name != "flow_token").Select(answer => (answer.Name, answer.Value.ToString()))];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return [("", form)];
        }
    }

    private static void StartLine(StringBuilder text)
    {
        if (text.Length > 0) text.Append('\n');
    }
}
