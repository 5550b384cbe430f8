using System.Globalization;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>
/// On our own pages the details of an errand are asked for at once where several are missing. What comes back is an ordinary message that is
/// read like any other, so whoever writes instead of filling in is understood as well; other channels ask one thing at a time.
/// </summary>
internal static class ErrandForm
{
    public const string Kind = "form";
    private const string Web = "web";

    public static IReadOnlyList<Card> For(Draft draft, ReplyTask task, bool handOver)
    {
        if (handOver || task.Request.Channel != Web || !task.Request.IsOn(Features.QuickReplies) || ErrandPhrases.AskedIn(draft.Text) is null) return [];
        var errand = task.Findings.Select(findings => findings.Wish.Errand).FirstOrDefault(one => one is { Missing: not null, Intent: not Intents.OrderStatus } && one.Unknown.Count > 1);
        if (errand is null) return [];

        var phrases = ErrandPhrases.In(task.Plan.Language);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(task.Request.RequestedAt, Zones.Of(task.Request.TimeZone)).DateTime);
        var name = phrases.Name(errand.Intent);
        return [new Card(Kind, $"assistant:form/{errand.Intent}", char.ToUpper(name[0], CultureInfo.GetCultureInfo(task.Plan.Language)) + name[1..], Fields: [.. errand.Unknown.Select(slot => Field(slot, phrases, today))])];
    }

    private static FormField Field(ErrandSlot slot, ErrandPhrases phrases, DateOnly today) => slot switch
    {
        ErrandSlot.Day => new FormField("day", phrases.Day, "date", Min: today.ToString("O", CultureInfo.InvariantCulture)),
        ErrandSlot.Time => new FormField("time", phrases.Time, "time"),
        _ => new FormField("order", phrases.AskOrder, "text"),
    };
}
