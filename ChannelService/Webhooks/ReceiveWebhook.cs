using System.Buffers;
using System.Diagnostics;
using Assistify.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// <c>/api/webhooks/{channel}[/{connectionId}][/status]</c>: authenticate over the raw bytes, read, make durable, answer. Nothing
/// else happens before the answer, which comes within 12 s (Twilio waits 15).
/// </summary>
internal sealed partial class ReceiveWebhook(
    ChannelAdapters adapters, InboundIntake messages, StatusIntake statuses, WebhookStore store, Observations observations,
    BadSignatures badSignatures, Signals signals, ChannelTelemetry telemetry, TimeProvider time, ILogger<ReceiveWebhook> logger)
{
    private const int RetryAfterSeconds = 5;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(12);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods(
            "/api/webhooks/{channel}/{**rest}", [HttpMethods.Get, HttpMethods.Post],
            (HttpContext context, string channel, string? rest, ReceiveWebhook receive) => receive.Handle(context, channel, rest ?? ""));

    private async Task<IResult> Handle(HttpContext context, string channel, string rest)
    {
        var start = time.GetTimestamp();
        var outcome = "refused";
        try
        {
            // Not the caller's token: what was taken is finished even where nobody waits for the answer any more.
            using var deadline = new CancellationTokenSource(s_deadline, time);
            var (result, label) = await Receive(context, channel, rest.Trim('/'), deadline.Token);
            outcome = label;
            return result;
        }
        catch (BadHttpRequestException)
        {
            outcome = "unreadable";
            throw;
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested || exception is not OperationCanceledException)
        {
            // Not durable, so not acknowledged. The provider repeats it, or is asked for it afterwards.
            signals.Refused.Set();
            LogNotDurable(KnownName(channel), exception.GetType().Name);
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return TypedResults.Problem("The webhook cannot be stored now; send it again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        finally
        {
            telemetry.Webhook(KnownName(channel), outcome, time.GetElapsedTime(start));
        }
    }

    private async Task<(IResult Result, string Label)> Receive(HttpContext context, string channel, string rest, CancellationToken cancellationToken)
    {
        var candidates = TryParse(rest, out var named) ? adapters.For(channel, named) : [];
        if (candidates.Count == 0)
        {
            await Log(null, channel.Length > 64 ? "unknown" : StorableText.From(channel), WebhookOutcome.Unknown, null, null, cancellationToken);
            return (TypedResults.Problem("There is no such channel or connection.", statusCode: StatusCodes.Status404NotFound), "unknown");
        }

        var body = await ReadBody(context.Request, candidates.Max(adapter => adapter.MaxBodyBytes), cancellationToken);
        if (body is null)
            return (TypedResults.Problem("The body is too large.", statusCode: StatusCodes.Status413PayloadTooLarge), "too_large");

        var request = new WebhookRequest(
            context.Request.Method, rest.Length == 0 ? "" : "/" + rest, context.Request.QueryString.Value ?? "", context.Request.ContentType,
            context.Request.Headers, body);

        // Each distinct secret is tried; of those that fit, the account in the payload decides.
        string? refusal = null;
        (IChannelAdapter Adapter, WebhookContent Content)? best = null;
        foreach (var adapter in candidates)
        {
            if (adapter.Verify(request) is { } reason)
            {
                refusal ??= reason;
                continue;
            }

            var content = adapter.Read(request);
            if (best is null || content.Outcome != WebhookOutcome.Foreign) best = (adapter, content);
            if (content.Outcome != WebhookOutcome.Foreign) break;
        }

        return best is { } found
            ? await Take(request, found.Adapter, found.Content, body, cancellationToken)
            : await Refuse(context, request, candidates, refusal!, cancellationToken);
    }

    private async Task<(IResult, string)> Take(
        WebhookRequest request, IChannelAdapter adapter, WebhookContent content, byte[] body, CancellationToken cancellationToken)
    {
        var connection = adapter.Connection;
        if (content.Outcome != WebhookOutcome.Accepted)
        {
            var keep = content.Outcome == WebhookOutcome.Foreign ? null : body;
            await Log(connection, connection.Channel, content.Outcome, content.Reason, keep, cancellationToken);
            return content.Outcome switch
            {
                WebhookOutcome.Foreign => (Answer(adapter.ForeignStatusCode, "The account is not this connection's."), "foreign"),
                WebhookOutcome.Malformed => (Answer(adapter.MalformedStatusCode, content.Reason!), "malformed"),
                _ => (adapter.Acknowledge(request), "ignored"),
            };

            IResult Answer(int status, string detail) =>
                status == StatusCodes.Status200OK ? adapter.Acknowledge(request) : TypedResults.Problem(detail, statusCode: status);
        }

        var accepted = await TakeMessages(connection, content, body, null, cancellationToken);
        foreach (var status in content.Statuses)
            accepted |= await statuses.Accept(connection, status, body, time.GetUtcNow(), cancellationToken) == WebhookOutcome.Accepted;
        return (adapter.Acknowledge(request), accepted ? "accepted" : "duplicate");
    }

    private async Task<bool> TakeMessages(
        ChannelConnection connection, WebhookContent content, byte[] body, string? observed, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        var accepted = await Task.WhenAll(content.Messages.GroupBy(message => message.From.Value).Select(async person =>
        {
            var any = false;
            foreach (var message in person)
                any |= await messages.Accept(connection, message, body, observed, receivedAt, logDuplicate: true, cancellationToken) == WebhookOutcome.Accepted;
            return any;
        }));
        return accepted.Contains(true);
    }

    private async Task<(IResult, string)> Refuse(
        HttpContext context, WebhookRequest request, IReadOnlyList<IChannelAdapter> candidates, string reason, CancellationToken cancellationToken)
    {
        // Unverified requests may make marked messages of this very connection, and nothing else.
        foreach (var adapter in candidates.Where(adapter => observations.IsObserving(adapter.Connection)))
        {
            if (adapter.Read(request) is not { Outcome: WebhookOutcome.Accepted, Messages.Count: > 0 } content) continue;
            await TakeMessages(adapter.Connection, content with { Statuses = [] }, request.Body.ToArray(), $"observed: {reason}", cancellationToken);
            LogObserved(adapter.Connection.Channel, reason);
            return (adapter.Acknowledge(request), "observed");
        }

        if (await badSignatures.Count(BadSignatures.AddressOf(context), cancellationToken) is { } wait)
        {
            context.Response.Headers.RetryAfter =
                Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return (TypedResults.Problem("Too many badly signed requests.", statusCode: StatusCodes.Status429TooManyRequests), "limited");
        }

        await Log(candidates.Count == 1 ? candidates[0].Connection : null, candidates[0].Connection.Channel, WebhookOutcome.Rejected, reason, null, cancellationToken);
        return (TypedResults.Problem("The signature is missing or wrong.", statusCode: StatusCodes.Status401Unauthorized), "rejected");
    }

    private Task<bool> Log(ChannelConnection? connection, string channel, WebhookOutcome outcome, string? reason, byte[]? raw, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.Add(new WebhookRow(Guid.CreateVersion7(now), connection, channel, outcome, now, reason, Raw: raw), cancellationToken);
    }

    // What strangers write into an address is no name in metrics and logs.
    private string KnownName(string channel) => adapters.For(channel, null).Count > 0 ? channel : "unknown";

    // "", "status", "{connectionId}", "{connectionId}/status"
    private static bool TryParse(string rest, out Guid? connectionId)
    {
        connectionId = null;
        if (rest is "" or "status") return true;
        var parts = rest.Split('/');
        if (!Guid.TryParse(parts[0], out var id) || parts.Length > 2 || (parts.Length == 2 && parts[1] != "status")) return false;
        connectionId = id;
        return true;
    }

    /// <returns>Null above the limit.</returns>
    private static async Task<byte[]?> ReadBody(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit) return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit + 1L;

        using var aborted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request.HttpContext.RequestAborted);
        using var body = new MemoryStream((int)(request.ContentLength ?? 1024));
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer, aborted.Token)) > 0)
            {
                if (body.Length + read > limit) return null;
                body.Write(buffer.AsSpan(0, read));
            }
            return body.ToArray();
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A webhook of {Channel} cannot be made durable ({Reason}); it is not acknowledged")]
    private partial void LogNotDurable(string channel, string reason);

    [LoggerMessage(LogLevel.Warning, "An unverified webhook of {Channel} was let through while signatures are observed ({Reason})")]
    private partial void LogObserved(string channel, string reason);
}
