using System.Diagnostics;
using System.Globalization;
using System.Text;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Traffic;

/// <summary>Serves the calls of every provider's API: who may call, the faults in force, the answer, what follows, the log.</summary>
internal sealed class ApiCalls(ExchangeLog exchanges, StatusReports reports, LiveEvents live, TimeProvider time)
{
    private const int LargestBody = 32 * 1024 * 1024;

    /// <summary>A call that only reads: it is authorised and delayed, nothing else goes wrong.</summary>
    public Task Read(HttpContext context, Provider provider, Func<ApiRequest, Answer> handle) => Serve(context, provider, handle, sends: false);

    /// <summary>A call that lists what there is: too many of them are refused, and some fail.</summary>
    public Task List(HttpContext context, Provider provider, Func<ApiRequest, Answer> handle) =>
        Read(context, provider, request => Fault(provider, provider.Faults.Current) ?? handle(request));

    /// <summary>A call that anybody may make who knows its address.</summary>
    public Task Open(HttpContext context, Provider provider, Func<ApiRequest, Answer> handle) => Serve(context, provider, handle, sends: false, open: true);

    /// <summary>A call that sends: it is hit by the faults.</summary>
    public Task Send(HttpContext context, Provider provider, Func<ApiRequest, Answer> handle) => Serve(context, provider, handle, sends: true);

    private async Task Serve(HttpContext context, Provider provider, Func<ApiRequest, Answer> handle, bool sends, bool open = false)
    {
        var start = Stopwatch.GetTimestamp();
        var request = await ApiRequest.Read(context, LargestBody);
        var now = provider.Faults.Current;
        await provider.Faults.Delay(context.RequestAborted);

        var refusal = open ? null : provider.Authorize(request);
        if (refusal is null && sends && provider.Faults.Hit(now.CutConnection))
        {
            Log("The connection was cut, nothing was accepted.", null);
            context.Abort();
            return;
        }

        if (refusal is null && sends) refusal = Fault(provider, now);
        var answer = refusal ?? handle(request);
        if (answer.Accepted is { } message && provider is StandIn standIn) live.Publish("outbound", (standIn, message), static e => OutboxItem.Of(e.standIn, e.message));
        if (answer.Accepted is not null && provider.Faults.Hit(now.TimeoutAfterAccept))
        {
            if (now.TimeoutHoldMs > 0) await Hold(now.TimeoutHoldMs, context.RequestAborted);
            Log("Accepted, but the answer was lost.", answer);
            context.Abort();
        }
        else
        {
            // The answer leaves before the first status can overtake it.
            Log(null, answer);
            await Write(context, answer);
        }

        if (answer.Accepted is { } sent && provider is StandIn channel) reports.Follow(channel, sent);

        void Log(string? note, Answer? made) => exchanges.Add(new Exchange(
            provider, false, $"{context.Request.Method} {context.Request.Path}", made?.Accepted?.Sid ?? made?.About, time.GetUtcNow(), Stopwatch.GetElapsedTime(start),
            Head(context.Request), request.Body, note is null ? made!.Status : 0, note is null ? Head(made!) : "", made is { ContentType: not null } && IsText(made.ContentType) ? made.Body : [],
            note));
    }

    private static Answer? Fault(Provider provider, Faults now)
    {
        if (!provider.Faults.Admit() || provider.Faults.Hit(now.SendStatus429)) return provider.TooManyRequests(now.RetryAfterSeconds);
        return provider.Faults.Hit(now.Send5xx) ? provider.ServerError() : null;
    }

    private static async Task Write(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) context.Response.Headers.Append(name, value);
        if (answer.Stream is { } stream)
        {
            await stream(context, context.RequestAborted);
            return;
        }

        if (answer.Status != StatusCodes.Status204NoContent)
        {
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }

        await context.Response.CompleteAsync();
    }

    private async Task Hold(int milliseconds, CancellationToken aborted)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, aborted);
        }
        catch (OperationCanceledException)
        {
            // The caller gave up first, which is what the hold is for.
        }
    }

    private static string Head(HttpRequest request)
    {
        var text = new StringBuilder(512).Append(request.Method).Append(' ').Append(request.Path).Append(request.QueryString).Append('\n');
        foreach (var (name, values) in request.Headers) text.Append(name).Append(": ").Append(name == "Authorization" ? "…" : values.ToString()).Append('\n');
        return text.ToString();
    }

    private static string Head(Answer answer)
    {
        var text = new StringBuilder(128).Append(answer.Status.ToString(CultureInfo.InvariantCulture)).Append('\n');
        if (answer.ContentType is not null) text.Append("Content-Type: ").Append(answer.ContentType).Append('\n');
        foreach (var (name, value) in answer.Headers) text.Append(name).Append(": ").Append(value).Append('\n');
        return text.ToString();
    }

    private static bool IsText(string contentType) =>
        contentType.Contains("json", StringComparison.Ordinal) || contentType.Contains("xml", StringComparison.Ordinal) || contentType.StartsWith("text/", StringComparison.Ordinal);
}
