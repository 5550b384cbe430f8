using System.Text.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Messages;

/// <summary>
/// The answer as server-sent events: <c>message.accepted</c>, <c>reply.delta</c> and <c>reply.reset</c> while it grows, and at
/// the end <c>reply.completed</c> (an empty object where people hold the turn) or <c>error</c>.
/// </summary>
internal sealed class ReplyStream(MessageExchange exchange) : IResult
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await Run(response, httpContext.RequestServices.GetRequiredService<TimeProvider>(), httpContext.RequestAborted);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The reader left. The message stays, and so does its answer.
        }
        catch (Exception failure) when (Failures.IsUnavailable(failure) || Failures.IsDoubtful(failure))
        {
            await Error(response, 503, "This cannot be done at the moment. Please repeat it with the same clientMessageId.", httpContext.RequestAborted);
        }
    }

    private async Task Run(HttpResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        var (accepted, started, pieces) = (false, time.GetTimestamp(), new Pieces());
        while (time.GetElapsedTime(started) < s_patience)
        {
            var outcome = await exchange.Look(cancellationToken);
            if (exchange.IsConflict)
            {
                await Error(response, 409, "Another message was sent with this clientMessageId.", cancellationToken);
                return;
            }

            if (!accepted && outcome is not null)
            {
                accepted = true;
                await Send(response, "message.accepted", exchange.View(outcome.Message), cancellationToken);
            }

            if (outcome is { IsSettled: true })
            {
                await Send(response, "reply.completed", outcome.Reply is { } reply ? exchange.View(reply) : new object(), cancellationToken);
                return;
            }

            await Forward(response, pieces, accepted, cancellationToken);
        }

        await Error(response, 504, "The answer takes longer than this connection waits.", cancellationToken);
    }

    /// <summary>Passes pieces on until something may have changed in the database.</summary>
    private async Task Forward(HttpResponse response, Pieces pieces, bool accepted, CancellationToken cancellationToken)
    {
        while (await exchange.Next(cancellationToken) is { IsChange: false } live)
        {
            if (!accepted) continue;
            if (live.Reset is { } reset && pieces.Reset(reset.Version)) await Send(response, "reply.reset", new object(), cancellationToken);
            if (live.Delta is not { } delta) continue;
            if (pieces.Restarts(delta)) await Send(response, "reply.reset", new object(), cancellationToken);
            foreach (var piece in pieces.Add(delta))
                await Send(response, "reply.delta", new DeltaView(piece.Index, piece.Text), cancellationToken);
        }
    }

    private static Task Error(HttpResponse response, int status, string detail, CancellationToken cancellationToken) =>
        Send(response, "error", new ErrorView(status, detail), cancellationToken);

    private static async Task Send(HttpResponse response, string name, object data, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(data, Json.Options)}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private sealed record DeltaView(int Index, string Text);

    private sealed record ErrorView(int Status, string Detail);

    /// <summary>Puts the pieces of the latest version in order: they travel through the broker in parallel.</summary>
    private sealed class Pieces
    {
        private readonly SortedDictionary<int, ReplyDelta> _waiting = [];
        private long _version;
        private int _next;

        /// <summary>Whether the piece belongs to a newer answer than what was shown; that one is withdrawn.</summary>
        public bool Restarts(ReplyDelta delta)
        {
            if (delta.Version <= _version) return false;
            var shown = _next > 0;
            Restart(delta.Version);
            return shown;
        }

        public bool Reset(long version)
        {
            if (version < _version) return false;
            Restart(version);
            return true;
        }

        public IEnumerable<ReplyDelta> Add(ReplyDelta delta)
        {
            if (delta.Version != _version || delta.Index < _next) yield break;
            _waiting[delta.Index] = delta;
            while (_waiting.Remove(_next, out var piece))
            {
                _next++;
                yield return piece;
            }
        }

        private void Restart(long version)
        {
            _version = version;
            _next = 0;
            _waiting.Clear();
        }
    }
}
