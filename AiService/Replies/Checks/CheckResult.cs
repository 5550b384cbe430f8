namespace Assistify.AiService.Replies.Checks;

/// <param name="Reason">For the trace, where it did not pass.</param>
/// <param name="Detail">What it was about, such as the figure that stands in no source.</param>
public sealed record CheckResult(bool Passed, string? Reason = null, string? Detail = null)
{
    public static readonly CheckResult Good = new(true);

    public static CheckResult Bad(string reason, string? detail = null) => new(false, reason, detail is { Length: > 80 } ? detail[..80] : detail);
}
