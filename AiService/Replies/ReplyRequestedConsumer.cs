using Assistify.AiService.Replies.Memory;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using MassTransit;

namespace Assistify.AiService.Replies;

/// <summary>
/// Answers a turn once: claims it, works, stores what came out, then publishes. Whatever comes again finds the stored
/// reply and publishes that.
/// </summary>
internal sealed partial class ReplyRequestedConsumer(
    ReplyPipeline pipeline, ReplyStore store, ConversationMemory memory, RunningReplies running, IReplyPublisher publisher, AiMetrics metrics, TimeProvider time,
    ILogger<ReplyRequestedConsumer> logger)
    : IConsumer<ReplyRequested>
{
    private const int MaxTries = 3;

    // A request that ended so many processes is not tried again: people answer.
    private const int MaxDeaths = 4;

    public async Task Consume(ConsumeContext<ReplyRequested> context) => await Handle(context.Message, context.CancellationToken);

    internal async Task Handle(ReplyRequested request, CancellationToken cancellationToken)
    {
        if (!request.AnswerWanted)
        {
            await publisher.Publish(Understood(request), cancellationToken);
            return;
        }

        running.Move(request.ConversationId, request.Version);
        using var work = running.Start(request.ConversationId, request.Version, cancellationToken);
        if (work is null)
        {
            metrics.WithoutAnswer("busy");
            return;
        }

        var claim = await store.Claim(request, cancellationToken);
        switch (claim.State)
        {
            case ClaimState.Busy:
                metrics.WithoutAnswer("busy");
                return;
            case ClaimState.Finished:
                metrics.WithoutAnswer("repeated");
                await publisher.Publish(claim.Reply!, cancellationToken);
                return;
            case ClaimState.Obsolete:
                await publisher.Publish(Understood(request), cancellationToken);
                return;
            case ClaimState.Failed:
                await publisher.Publish(Failed(request), cancellationToken);
                return;
            default:
                await Work(request, claim, work, cancellationToken);
                return;
        }
    }

    private async Task Work(ReplyRequested request, Claim claim, RunningReply work, CancellationToken cancellationToken)
    {
        if (claim.Attempts > MaxDeaths)
        {
            await Fail(request, "repeatedly interrupted", cancellationToken);
            return;
        }
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await pipeline.Answer(request, claim.KnowledgeVersion, claim.Remembered, work.Token);
                await Record(request, answer, work, claim.Remembered, cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (work.IsObsolete && !cancellationToken.IsCancellationRequested)
            {
                await Obsolete(request, null, cancellationToken);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !Failures.IsUnavailable(failure) && attempt < MaxTries)
            {
                LogTryingAgain(request.ConversationId, request.Version, failure.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt * attempt), time, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !Failures.IsUnavailable(failure))
            {
                LogFailed(failure, request.ConversationId, request.Version);
                await Fail(request, failure.GetType().Name, cancellationToken);
                return;
            }
        }
    }

    private async Task Record(ReplyRequested request, Answer answer, RunningReply work, Remembered? remembered, CancellationToken cancellationToken)
    {
        if (work.IsObsolete)
        {
            await Obsolete(request, answer.Trace, cancellationToken);
            return;
        }
        var finished = new FinishedReply(request.ConversationId, request.Version, "finished", answer.Reply, answer.Trace);
        if (!await store.Finish(finished, cancellationToken)) return; // the lease went to another replica, which answers
        await answer.Shown;
        await publisher.Publish(answer.Reply, cancellationToken);
        await memory.Grow(request, remembered, cancellationToken);
    }

    private async Task Obsolete(ReplyRequested request, Trace? trace, CancellationToken cancellationToken)
    {
        metrics.WithoutAnswer("obsolete");
        var understood = Understood(request);
        trace ??= new Trace("obsolete") { Understanding = understood.Understandings };
        await store.Finish(
            new FinishedReply(request.ConversationId, request.Version, "obsolete", null, trace with { Outcome = "obsolete" }), cancellationToken);
        await publisher.Publish(understood, cancellationToken);
    }

    private async Task Fail(ReplyRequested request, string reason, CancellationToken cancellationToken)
    {
        metrics.WithoutAnswer("failed");
        var trace = new Trace("failed") { Error = reason };
        await store.Finish(new FinishedReply(request.ConversationId, request.Version, "failed", null, trace), cancellationToken);
        await publisher.Publish(Failed(request), cancellationToken);
    }

    private MessagesUnderstood Understood(ReplyRequested request) =>
        new(request.ConversationId, request.WorkspaceId, request.Partition, pipeline.Understand(request));

    private static ReplyFailed Failed(ReplyRequested request) =>
        new(request.ConversationId, request.Version, request.WorkspaceId, request.Partition, "The assistant could not write an answer.");

    [LoggerMessage(LogLevel.Warning, "Answering version {Version} of conversation {ConversationId} failed with {Failure}; trying again")]
    private partial void LogTryingAgain(Guid conversationId, long version, string failure);

    [LoggerMessage(LogLevel.Error, "Answering version {Version} of conversation {ConversationId} failed; people answer")]
    private partial void LogFailed(Exception failure, Guid conversationId, long version);
}
