using Assistify.AnalyticsService.Events;

namespace Assistify.AnalyticsService.Figures;

/// <summary>
/// A figure is a query over the event log. It is given the workspace ($1), the range ($2, $3), the channel or null ($4), the bucket's length ($5)
/// and the first bucket's begin ($6), and gives <c>bucketStart</c> (null in the totals), <c>key</c>, <c>count</c> and what else it has, in the order of the answer.
/// Nothing is stored but the log, so every figure can be computed again at any time.
/// </summary>
internal sealed record Figure(string Path, string Sql)
{
    // Buckets are cut in UTC; weeks begin on Monday, which 1970-01-05 was.
    private const string Bucket = "date_bin($5, occurred_at, timestamptz '1970-01-05 00:00:00+00')";

    private const string InRange = Counted.InRange;

    public static IReadOnlyList<Figure> All { get; } =
    [
        new("/channel_stats",
            $"""
            select {Bucket} as "bucketStart", channel as key, count(*) as count
            from events where {InRange} and type in ({EventTypes.Received})
            group by grouping sets ((1, 2), (2)) order by 1 nulls last, 2
            """),
        new("/intent_stats", Classified("coalesce(intent, 'unknown')", "avg(confidence)", "averageConfidence")),
        new("/sentiment_stats", Classified("coalesce(sentiment, 'unknown')", "avg(sentiment_score)", "averageScore")),
        new("/response_times",
            $"""
            select {Bucket} as "bucketStart", channel as key, count(*) as count, round(avg(wait_ms))::bigint as "averageMs",
                (percentile_disc(array[0.5, 0.9, 0.99]) within group (order by wait_ms))[1] as "p50Ms",
                (percentile_disc(array[0.5, 0.9, 0.99]) within group (order by wait_ms))[2] as "p90Ms",
                (percentile_disc(array[0.5, 0.9, 0.99]) within group (order by wait_ms))[3] as "p99Ms"
            from events where {InRange} and type in ({EventTypes.Answered}) and wait_ms is not null
            group by grouping sets ((1, 2), (2)) order by 1 nulls last, 2
            """),
        new("/model_metrics",
            $"""
            with answered as (
                select {Bucket} as "bucketStart", model as key, count(*) as count, round(avg(latency_ms))::bigint as "averageLatencyMs",
                    (percentile_disc(array[0.5, 0.99]) within group (order by latency_ms))[1] as "p50LatencyMs",
                    (percentile_disc(array[0.5, 0.99]) within group (order by latency_ms))[2] as "p99LatencyMs",
                    case when currency is not null then sum(cost) end as cost, currency
                from events where {InRange} and type in ({EventTypes.Answered}) and model is not null
                group by grouping sets ((1, 2, 8), (2, 8))),
            {Predicted}
            select *, null::float8 as "averageConfidence", null::bigint as corrected, null::float8 as accuracy, null::bigint as drops from answered
            union all select * from intents order by 1 nulls last, 2, 8
            """),
        new("/promises",
            $"""
            select {Bucket} as "bucketStart", status as key, count(*) as count, count(*) filter (where type = {EventTypes.PromiseKept}) as kept
            from events where {InRange} and type in ({EventTypes.PromiseKept}, {EventTypes.PromiseMissed})
            group by grouping sets ((1, 2), (2)) order by 1 nulls last, 2
            """),
        // The customer's last word on a conversation counts.
        new("/satisfaction",
            $"""
            with rated as (
                select distinct on (conversation_id) occurred_at, status from events
                where {InRange} and type in ({EventTypes.Rated}) order by conversation_id, occurred_at desc, event_id)
            select {Bucket} as "bucketStart", status as key, count(*) as count
            from rated group by grouping sets ((1, 2), (2)) order by 1 nulls last, 2
            """),
        new("/funnel", Steps),
        new("/customers/churn", Churn),
        // No event tells of money that a customer spent, so there is nothing to add up.
        new("/customers/lifetime_value", "select null::timestamptz as \"bucketStart\", '' as key, 0::bigint as count where false"),
    ];

    // What tells the intents: of the customers' messages, how many operators said were taken for something else.
    private const string Predicted =
        $"""
        predicted as (
            select occurred_at, 1 as prediction, confidence, (corrected.message_id is not null)::int as wrong, 0 as dropped
            from (select message_id, occurred_at from events where {InRange} and type in ({EventTypes.Received})) received
            join (
                select message_id, confidence from events
                where workspace_id = $1 and occurred_at >= $2::timestamptz - interval '1 hour' and type in ({EventTypes.Understood}) and intent is not null) understood using (message_id)
            left join (
                select distinct message_id from events
                where workspace_id = $1 and occurred_at >= $2 and type in ({EventTypes.Corrected}) and status = 'wrong') corrected using (message_id)
            union all
            select occurred_at, 0, null, 0, 1 from events where {InRange} and type in ({EventTypes.QualityDropped})),
        intents as (
            select {Bucket} as "bucketStart", 'intents'::text as key, sum(prediction)::bigint as count, null::bigint, null::integer, null::integer, null::numeric, null::text,
                round(avg(confidence)::numeric, 4)::float8, sum(wrong)::bigint, round(1 - sum(wrong)::numeric / nullif(sum(prediction), 0), 4)::float8, sum(dropped)::bigint
            from predicted group by grouping sets ((1, 2), (2)))
        """;

    // A message counts where and when it was received, however long after that it was understood (never much before it, clocks allowing).
    private static string Classified(string key, string average, string name) =>
        $"""
        with received as (select message_id, occurred_at from events where {InRange} and type in ({EventTypes.Received}))
        select {Bucket} as "bucketStart", {key} as key, count(*) as count, round(({average})::numeric, 4)::float8 as "{name}"
        from received join (
            select message_id, intent, confidence, sentiment, sentiment_score from events
            where workspace_id = $1 and occurred_at >= $2::timestamptz - interval '1 hour' and type in ({EventTypes.Understood})) understood using (message_id)
        group by grouping sets ((1, 2), (2)) order by 1 nulls last, 2
        """;

    private const string Steps =
        $"""
        with {Funnel.Reached},
        steps as (
            select {Bucket} as "bucketStart", step, key, reached
            from reached cross join lateral (values
                (1, 'received', true), (2, 'answered', answered), (3, 'delivered', delivered),
                (4, 'handed_over', handed_over), (5, 'closed', closed)) s (step, key, reached))
        select "bucketStart", key, count(*) filter (where reached) as count
        from steps group by grouping sets (("bucketStart", step, key), (step, key)) order by 1 nulls last, step
        """;

    // Who wrote in the bucket before and not in this one; only buckets that ended within the range. The totals compare the range with the one before it.
    private const string Churn =
        $"""
        with active as (
            select distinct channel, customer_id, {Bucket} as bucket from events
            where workspace_id = $1 and occurred_at >= $6::timestamptz - $5 and occurred_at < $3 and ($4::text is null or channel = $4)
                and type in ({EventTypes.Received})),
        lost as (
            select bucket + $5 as "bucketStart", channel as key,
                not exists (select from active later where later.customer_id = active.customer_id and later.channel = active.channel and later.bucket = active.bucket + $5) as gone
            from active where bucket + $5 >= $6 and bucket + $5 + $5 <= $3),
        before as (
            select distinct channel, customer_id from events
            where workspace_id = $1 and occurred_at >= $2::timestamptz - ($3::timestamptz - $2::timestamptz) and occurred_at < $2
                and ($4::text is null or channel = $4) and type in ({EventTypes.Received})),
        since as (
            select distinct channel, customer_id from events where {InRange} and type in ({EventTypes.Received}))
        select "bucketStart", key, count(*) filter (where gone) as count, count(*) as "activeBefore" from lost group by 1, 2
        union all
        select null, channel, count(*) filter (where since.customer_id is null), count(*)
        from before left join since using (channel, customer_id) group by channel
        order by 1 nulls last, 2
        """;
}
