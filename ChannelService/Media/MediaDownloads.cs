using System.Buffers;
using System.Security.Cryptography;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;

namespace Assistify.ChannelService.Media;

/// <summary>
/// Brings what providers keep of messages into our store, in the background: the message was visible before. Done is what ChatService
/// took and was told about; until then it is repeated, which changes nothing there.
/// </summary>
internal sealed partial class MediaDownloads(
    MediaJobs jobs, ChannelAdapters adapters, MediaClient client, MediaUpload upload, IBroker broker, Signals signals, TimeProvider time,
    ILogger<MediaDownloads> logger) : BackgroundService
{
    private const long Largest = 25L * 1024 * 1024;
    private const int AtOnce = 4;
    private const int MostAttempts = 10;
    private static readonly TimeSpan s_expiry = TimeSpan.FromDays(3);
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_untold = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => signals.Media.WorkOff(Run, AtOnce, LogFailed, time, stoppingToken);

    /// <returns>How many were due.</returns>
    internal async Task<int> Run(CancellationToken cancellationToken)
    {
        var due = await jobs.Claim(AtOnce, cancellationToken);
        await Task.WhenAll(due.Select(job => Work(job, cancellationToken)));
        return due.Count;
    }

    private async Task Work(MediaJob job, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_timeout);
        try
        {
            await Bring(job, timeout.Token);
        }
        catch (MediaUnavailableException exception)
        {
            await Again(job, exception.Code, exception.IsFinal, counts: true, exception.RetryAfter, cancellationToken);
        }
        catch (CircuitOpenException exception)
        {
            await Again(job, "circuit_open", isFinal: false, counts: false, exception.RetryAfter, cancellationToken);
        }
        catch (BrokerUnavailableException)
        {
            await Again(job, "broker_away", isFinal: false, counts: false, null, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await Again(job, exception is OperationCanceledException ? "timeout" : "not_connected", isFinal: false, counts: true, null, cancellationToken);
        }
    }

    private async Task Bring(MediaJob job, CancellationToken cancellationToken)
    {
        if (adapters.Find(job.ConnectionId) is not { } adapter) throw new MediaUnavailableException("no_connection", isFinal: false);

        await using var content = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        string sha256;
        using (var response = await adapter.OpenMedia(job.Attachment, client, cancellationToken))
            sha256 = await Copy(response, content, cancellationToken);

        TakenMedia? taken;
        try
        {
            taken = await upload.Send(job, content, sha256, cancellationToken);
        }
        catch (HttpRequestException)
        {
            await Again(job, "store_away", isFinal: false, counts: false, null, cancellationToken);
            return;
        }
        if (taken is null)
        {
            // The message is on its way to ChatService, or was erased there.
            await Again(job, "no_message", isFinal: false, counts: time.GetUtcNow() - job.CreatedAt > TimeSpan.FromHours(1), null, cancellationToken);
            return;
        }

        await broker.Publish(
            new MediaStored(job.MessageId, job.Attachment.Id, taken.ConversationId, job.WorkspaceId, taken.Partition, taken.Kind, taken.ContentType, taken.Size),
            default, cancellationToken);
        await jobs.Done(job, cancellationToken);
        LogStored(job.MessageId, taken.Kind, taken.Size);
    }

    private static async Task<string> Copy(HttpResponseMessage response, FileStream target, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > Largest) throw new MediaUnavailableException("too_large", isFinal: true);

        await using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long size = 0;
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                size += read;
                if (size > Largest) throw new MediaUnavailableException("too_large", isFinal: true);
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            if (size == 0) throw new MediaUnavailableException("empty", isFinal: false);
            await target.FlushAsync(cancellationToken);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task Again(MediaJob job, string code, bool isFinal, bool counts, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        if (isFinal || (counts && job.Attempts >= MostAttempts) || time.GetUtcNow() - job.CreatedAt >= s_expiry)
        {
            await GiveUp(job, code, cancellationToken);
            return;
        }
        await jobs.Postpone(job, Backoff.For(job.Attempts, retryAfter), code, counts, cancellationToken);
    }

    /// <summary>Told first: what is not told is given up again later.</summary>
    private async Task GiveUp(MediaJob job, string code, CancellationToken cancellationToken)
    {
        try
        {
            if (job.Partition is { } partition)
                await broker.Publish(new MediaFailed(job.MessageId, job.Attachment.Id, job.WorkspaceId, partition, code), default, cancellationToken);
        }
        catch (BrokerUnavailableException)
        {
            await jobs.Postpone(job, s_untold, code, counts: false, cancellationToken);
            return;
        }

        await jobs.Fail(job, code, cancellationToken);
        LogGivenUp(job.MessageId, job.Attachment.Id, code);
    }

    [LoggerMessage(LogLevel.Information, "A medium of message {MessageId} is stored: {Kind}, {Size} bytes")]
    private partial void LogStored(Guid messageId, string kind, long size);

    [LoggerMessage(LogLevel.Warning, "Attachment {AttachmentId} of message {MessageId} cannot be had from the provider ({Code})")]
    private partial void LogGivenUp(Guid messageId, Guid attachmentId, string code);

    [LoggerMessage(LogLevel.Warning, "Media cannot be brought now ({Reason})")]
    private partial void LogFailed(string reason);
}
