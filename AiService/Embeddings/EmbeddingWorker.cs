namespace Assistify.AiService.Embeddings;

/// <summary>Embeds what is new in the knowledge of those workspaces whose customers asked something: entries, documents and products, in batches, each text once.</summary>
internal sealed partial class EmbeddingWorker(EmbeddingStore store, EmbeddingClient client, TimeProvider time, ILogger<EmbeddingWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await store.Take(stoppingToken) is var (workspace, version)) await Embed(workspace, version, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The lease ends, and then this or another replica goes on.
                LogMissed(failure.GetType().Name);
            }
        }
    }

    private async Task Embed(Guid workspace, long version, CancellationToken cancellationToken)
    {
        var missing = await store.Missing(workspace, cancellationToken);
        foreach (var batch in missing.Chunk(EmbeddingClient.MostTexts))
        {
            if (await client.Embed(workspace, [.. batch.Select(text => text.Text)], s_patience, cancellationToken) is not { } vectors)
            {
                await store.PutOff(workspace, cancellationToken);
                return;
            }
            await store.Keep(workspace, batch, vectors, cancellationToken);
            await store.Renew(workspace, cancellationToken);
        }
        await store.Done(workspace, version, cancellationToken);
        if (missing.Count > 0) LogEmbedded(missing.Count, workspace, version);
    }

    [LoggerMessage(LogLevel.Information, "{Count} texts of workspace {WorkspaceId} were embedded for version {Version} of its knowledge")]
    private partial void LogEmbedded(int count, Guid workspaceId, long version);

    [LoggerMessage(LogLevel.Warning, "Knowledge was not embedded: {Failure}")]
    private partial void LogMissed(string failure);
}
