using Assistify.AiService.Providers;
using Assistify.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Replies.Memory;

/// <summary>
/// Keeps the rolling summary of long conversations. It grows after an answer has left, so that nobody waits for it, and while the messages that it
/// takes up are still at hand: a request brings the latest dozen.
/// </summary>
internal sealed partial class ConversationMemory(
    NpgsqlDataSource database, IEnumerable<IHistorySummarizer> summarizers, TimeProvider time, ILogger<ConversationMemory> logger)
{
    private const int MostMessages = 8;
    private const int MostTokens = 1_500;
    private const int Kept = 4;

    /// <summary>Takes the oldest messages up where there are many or long ones. Whatever fails, the answer has been given: it is tried again after the next.</summary>
    public async Task Grow(ReplyRequested request, Remembered? remembered, CancellationToken cancellationToken)
    {
        var told = Remembered.Rest(remembered, ReplyPipeline.Before(request));
        if (told.Count <= Kept || told.Count <= MostMessages && told.Sum(message => Prompt.Tokens(message.Text)) <= MostTokens) return;
        try
        {
            await Grow(request, remembered, [.. told.Take(told.Count - Kept)], cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotRemembered(request.ConversationId, failure.GetType().Name);
        }
    }

    /// <summary>All that was said, in short, for people. Nothing is kept: they may ask at any point, and answers are made from what was kept before.</summary>
    /// <returns>Null where nothing was said that means something.</returns>
    public async Task<Remembered?> SumUp(ReplyRequested request, Remembered? remembered, CancellationToken cancellationToken)
    {
        var told = Remembered.Rest(remembered, request.History);
        return told.Count == 0 ? remembered : await Summarize(request, remembered, told, cancellationToken);
    }

    private async Task Grow(ReplyRequested request, Remembered? remembered, IReadOnlyList<HistoryMessage> messages, CancellationToken cancellationToken)
    {
        if (await Summarize(request, remembered, messages, cancellationToken) is { } grown) await Save(request, grown, cancellationToken);
    }

    private async Task<Remembered?> Summarize(ReplyRequested request, Remembered? remembered, IReadOnlyList<HistoryMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var summarizer in summarizers)
        {
            if (await summarizer.Summarize(request, remembered?.Summary, messages, cancellationToken) is { } summary)
                return new Remembered(summary, messages[^1].Id, (remembered?.Messages ?? 0) + messages.Count, summarizer.Name);
        }
        return null;
    }

    private async Task Save(ReplyRequested request, Remembered remembered, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO conversation_memory (conversation_id, workspace_id, customer_id, summary, until_message, messages, written_by, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (conversation_id) DO UPDATE SET customer_id = excluded.customer_id, summary = excluded.summary, until_message = excluded.until_message,
                messages = excluded.messages, written_by = excluded.written_by, updated_at = excluded.updated_at
            """);
        command.Parameters.AddWithValue(request.ConversationId);
        command.Parameters.AddWithValue(request.WorkspaceId);
        command.Parameters.AddWithValue(request.CustomerId);
        command.Parameters.AddWithValue(remembered.Summary);
        command.Parameters.AddWithValue(remembered.Until);
        command.Parameters.AddWithValue(remembered.Messages);
        command.Parameters.AddWithValue(remembered.WrittenBy);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Conversation {ConversationId} could not be summed up now ({Failure})")]
    private partial void LogNotRemembered(Guid conversationId, string failure);
}
