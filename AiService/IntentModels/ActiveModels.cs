using Assistify.AiService.Understanding;
using MassTransit;

namespace Assistify.AiService.IntentModels;

/// <summary>A workspace uses another model now. To every replica; may be lost, since each looks by itself too.</summary>
public sealed record IntentModelActivated(Guid WorkspaceId);

/// <summary>Keeps the models that workspaces activated in memory: told of a change at once, and looking by itself in case nobody told.</summary>
internal sealed partial class ActiveModels(ModelStore store, WorkspaceIntents intents, TimeProvider time, ILogger<ActiveModels> logger) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task Refresh(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var active = await store.Active(cancellationToken);
            foreach (var gone in intents.Workspaces.Where(workspace => !active.ContainsKey(workspace))) intents.UseStarterSet(gone);
            foreach (var (workspace, version) in active)
            {
                if (intents.VersionOf(workspace) == version) continue;
                if (await store.Load(workspace, version, cancellationToken) is { } model) intents.Use(workspace, version, new IntentClassifier(model));
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>No message is read by an old model because the service has just started.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryRefresh(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_poll, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryRefresh(stoppingToken);
    }

    private async Task TryRefresh(CancellationToken cancellationToken)
    {
        try
        {
            await Refresh(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The models in memory go on being used.
            LogMissed(failure.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Which models are in use could not be read now ({Reason})")]
    private partial void LogMissed(string reason);
}

/// <summary>Loads what was activated through another replica.</summary>
internal sealed class IntentModelActivatedConsumer(ActiveModels models) : IConsumer<IntentModelActivated>
{
    public Task Consume(ConsumeContext<IntentModelActivated> context) => models.Refresh(context.CancellationToken);
}
