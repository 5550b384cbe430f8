namespace Assistify.Sandbox.Traffic;

/// <summary>How a provider repeats webhooks.</summary>
/// <param name="Waits">Before each repetition.</param>
/// <param name="AttemptTimeout">For the answer of one attempt.</param>
/// <param name="TotalTimeout">For everything.</param>
internal sealed record RetryPlan(IReadOnlyList<TimeSpan> Waits, TimeSpan AttemptTimeout, TimeSpan TotalTimeout)
{
    /// <summary>Which answers end it.</summary>
    public Func<int, bool> IsTaken { get; init; } = static status => status is >= 200 and < 300;

    /// <summary>Which failures are worth a repetition: <c>ct</c> (no connection), <c>rt</c> (no answer), <c>4xx</c>, <c>5xx</c>.</summary>
    public Func<string, bool> Repeats { get; init; } = static _ => true;

    /// <summary>The receiver's <c>Retry-After</c> replaces the wait, up to this.</summary>
    public TimeSpan HonouredRetryAfter { get; init; }

    public static RetryPlan Never(TimeSpan timeout) => new([], timeout, timeout);

    /// <param name="speed">How many times faster than the provider, so that nobody waits for days.</param>
    public static RetryPlan Faster(int speed, TimeSpan attemptTimeout, IEnumerable<TimeSpan> waits) =>
        new([.. waits.Select(wait => wait / speed)], attemptTimeout, TimeSpan.FromDays(7));
}
