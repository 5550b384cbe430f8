using Assistify.AnalyticsService.Events;

namespace Assistify.AnalyticsService.Figures;

/// <summary>
/// What the numbers of a figure count, one row each: <c>conversation_id</c>, <c>occurred_at</c> and <c>key</c>. It is given the workspace ($1), the
/// range ($2, $3) and the channel or null ($4), as the figure is, and follows the figure's own words.
/// </summary>
internal static class Counted
{
    public const string InRange = "workspace_id = $1 and occurred_at >= $2 and occurred_at < $3 and ($4::text is null or channel = $4)";

    public static IReadOnlyDictionary<string, string> ByFigure { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["channel_stats"] = Of("channel", EventTypes.Received),
        ["intent_stats"] = Classified("coalesce(intent, 'unknown')"),
        ["sentiment_stats"] = Classified("coalesce(sentiment, 'unknown')"),
        ["response_times"] = Of("channel", EventTypes.Answered, "and wait_ms is not null"),
        ["model_metrics"] = Of("model", EventTypes.Answered, "and model is not null"),
        ["promises"] = Of("status", $"{EventTypes.PromiseKept}, {EventTypes.PromiseMissed}"),
        ["promises_kept"] = Of("status", EventTypes.PromiseKept),
        ["satisfaction"] =
            $"""
            select distinct on (conversation_id) conversation_id, occurred_at, status as key from events
            where {InRange} and type in ({EventTypes.Rated}) order by conversation_id, occurred_at desc, event_id
            """,
        ["funnel"] =
            $"""
            with {Funnel.Reached}
            select conversation_id, occurred_at, key
            from reached cross join lateral (values
                ('received', true), ('answered', answered), ('delivered', delivered), ('handed_over', handed_over), ('closed', closed),
                ('kept', handed_over is not true)) s (key, reached)
            where s.reached
            """,
    };

    private static string Of(string key, string types, string and = "") =>
        $"select conversation_id, occurred_at, {key} as key from events where {InRange} and type in ({types}) {and}";

    private static string Classified(string key) =>
        $"""
        select conversation_id, occurred_at, {key} as key
        from (select message_id, conversation_id, occurred_at from events where {InRange} and type in ({EventTypes.Received})) received
        join (
            select message_id, intent, sentiment from events
            where workspace_id = $1 and occurred_at >= $2::timestamptz - interval '1 hour' and type in ({EventTypes.Understood})) understood using (message_id)
        """;
}
