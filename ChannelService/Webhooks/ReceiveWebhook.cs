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
    ChannelAdapters adapters, PersonIntake persons, StatusIntake statuses, RecordIntake records, ReadMarks marks, WebhookStore store, Observations observations,
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

        var headersOnly = new WebhookRequest(
            context.Request.Method, rest.Length == 0 ? "" : "/" + rest, context.Request.QueryString.Value ?? "", context.Request.ContentType,
            context.Request.Headers, default);
        if (candidates.Where(adapter => adapter.Recognises(headersOnly)).ToList() is { Count: > 0 } recognised) candidates = recognised;

        var body = await ReadBody(context.Request, candidates.Max(adapter => adapter.MaxBodyBytes), cancellationToken);
        if (body is null)
            return (TypedResults.Problem("The body is too large.", statusCode: StatusCodes.Status413PayloadTooLarge), "too_large");

        // Each distinct secret is tried; among those that fit, the account in the payload decides.
        var request = headersOnly with { Body = body };
        string? refusal = null;
        var verified = new List<IChannelAdapter>(1);
        foreach (var adapter in candidates)
        {
            if (adapter.Verify(request) is { } reason) refusal ??= reason;
            else verified.Add(adapter);
        }

        return verified.Count > 0
            ? await Take(request, verified, verified[0].Read(request), body, cancellationToken)
            : await Refuse(context, request, candidates, refusal!, cancellationToken);
    }

    private async Task<(IResult, string)> Take(
        WebhookRequest request, List<IChannelAdapter> verified, WebhookContent content, byte[] body, CancellationToken cancellationToken)
    {
        var reader = verified[0];
        if (content.Outcome != WebhookOutcome.Accepted)
        {
            await Log(reader.Connection, reader.Connection.Channel, content.Outcome, content.Reason, body, cancellationToken);
            return content.Outcome == WebhookOutcome.Malformed
                ? (Answer(reader.MalformedStatusCode, content.Reason!), "malformed")
                : (Acknowledge(), "ignored");
        }

        var byAccount = content.Items.ToLookup(item =>
            verified.Find(adapter => adapter.Connection.Account == item.Account) ?? verified.Find(adapter => adapter.Serves(item.Account)));
        foreach (var account in byAccount[null].Select(item => item.Account).Distinct())
        {
            await Log(
                verified.Count == 1 ? reader.Connection : null, reader.Connection.Channel, WebhookOutcome.Foreign,
                $"account_mismatch: {StorableText.From(account)}", null, cancellationToken);
        }

        var label = byAccount.Contains(null) ? "foreign" : "duplicate";
        foreach (var own in byAccount)
        {
            if (own.Key is not { } adapter) continue;
            if (await TakeItems(adapter, [.. own], body, observed: null, cancellationToken)) label = "accepted";
        }
        return label == "foreign"
            ? (Answer(reader.ForeignStatusCode, "The account is not this connection's."), label)
            : (Acknowledge(), label);

        IResult Acknowledge() => content.Answer ?? reader.Acknowledge(request);

        IResult Answer(int status, string detail) => status == StatusCodes.Status200OK ? Acknowledge() : TypedResults.Problem(detail, statusCode: status);
    }

    /// <summary>All of them or an exception; what a person did stays in its order.</summary>
    /// <returns>Whether anything of it is new.</returns>
    private async Task<bool> TakeItems(
        IChannelAdapter adapter, List<WebhookItem> items, byte[] body, string? observed, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        var fresh = false;
        var groups = items.GroupBy(item => item is PersonItem person ? person.Person.Value : item.ExternalId).Select(group => group.ToList()).ToList();

        // What many persons wrote goes the way together, each one's first message; what else they did follows it.
        var first = groups.Select(group => group[0]).OfType<InboundItem>().ToList();
        var together = first.Count > 1 ? first.ToHashSet<WebhookItem>(ReferenceEqualityComparer.Instance) : [];
        if (together.Count > 0)
        {
            var outcomes = await persons.AcceptAll(
                adapter.Connection, [.. first.Select(item => (item, RawOf(item)))], observed, receivedAt, cancellationToken);
            for (var i = 0; i < first.Count; i++) Note(first[i], outcomes[i]);
        }

        await Task.WhenAll(groups.Select(async group =>
        {
            foreach (var item in group.Where(item => !together.Contains(item)))
                Note(item, await TakeItem(adapter.Connection, item, RawOf(item), observed, receivedAt, cancellationToken));
        }));
        return fresh;

        // The body is kept once, with the first of what it brought.
        byte[]? RawOf(WebhookItem item) => ReferenceEquals(item, items[0]) ? body : null;

        void Note(WebhookItem item, WebhookOutcome outcome)
        {
            if (outcome != WebhookOutcome.Accepted) return;
            fresh = true;
            if (item is InboundItem message && observed is null) marks.Add(adapter, message);
        }
    }

    private async Task<WebhookOutcome> TakeItem(
        ChannelConnection connection, WebhookItem item, byte[]? raw, string? observed, DateTimeOffset receivedAt, CancellationToken cancellationToken) =>
        item switch
        {
            EchoItem echo when await statuses.Accept(connection, echo, raw, receivedAt, cancellationToken) is { } outcome => outcome,
            PersonItem person => await persons.Accept(connection, person, raw, observed, receivedAt, logDuplicate: true, cancellationToken),
            StatusItem status => await statuses.Accept(connection, status, raw, receivedAt, cancellationToken),
            ReceiptItem receipt => await statuses.Accept(connection, receipt, raw, receivedAt, cancellationToken),
            CommerceItem commerce => await records.Accept(connection, commerce, raw, receivedAt, cancellationToken),
            ComplianceItem compliance => await records.Accept(connection, compliance, raw, receivedAt, cancellationToken),
            NoticeItem notice => await records.Accept(connection, notice, raw, receivedAt, cancellationToken),
            _ => throw new InvalidOperationException($"{item.GetType().Name} has no intake."),
        };

    private async Task<(IResult, string)> Refuse(
        HttpContext context, WebhookRequest request, IReadOnlyList<IChannelAdapter> candidates, string reason, CancellationToken cancellationToken)
    {
        // Unverified requests may make marked messages of this very connection, and nothing else.
        foreach (var adapter in candidates.Where(adapter => observations.IsObserving(adapter.Connection)))
        {
            var messages = adapter.Read(request).Items.Where(item => item is InboundItem && adapter.Serves(item.Account)).ToList();
            if (messages.Count == 0) continue;
            var explained = Explain(adapter, request) is { } cause ? $"{reason}; {cause}" : reason;
            await TakeItems(adapter, messages, request.Body.ToArray(), $"observed: {explained}", cancellationToken);
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

    private string? Explain(IChannelAdapter adapter, WebhookRequest request) =>
        adapter.Explain(request)
        ?? (adapters.For(adapter.Connection.Channel, null).Any(other => other != adapter && other.Verify(request) is null) ? "other_connection" : null);

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
