using MassTransit;

namespace Assistify.AiService.Assistants;

/// <summary>A workspace uses another version now, or a canary began or ended. To every replica; may be lost, since each looks by itself too.</summary>
public sealed record AssistantChanged(Guid WorkspaceId);

/// <summary>Keeps what workspaces use in memory: told of a change at once, and looking by itself in case nobody told. Looks after running canaries too.</summary>
internal sealed partial class ActiveAssistants(
    AssistantStore store, WorkspaceAssistants assistants, CanaryGuard guard, TimeProvider time, ILogger<ActiveAssistants> logger) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task Refresh(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var used = await store.InUse(cancellationToken);
            foreach (var gone in assistants.Workspaces.Where(workspace => !used.ContainsKey(workspace))) assistants.UseBuiltIn(gone);
            foreach (var (workspace, assistant) in used)
            {
                // A version never changes, so what is the same version is the same.
                if (assistants.Of(workspace) is { } known && known.Active.Version == assistant.Active.Version && known.Canary?.Id == assistant.Canary?.Id) continue;
                assistants.Use(workspace, assistant);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>No answer is written with old settings because the service has just started.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Try(Refresh, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_poll, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Try(Refresh, stoppingToken);
            foreach (var workspace in assistants.Workspaces)
            {
                if (assistants.Of(workspace)?.Canary is { } canary) await Try(token => guard.Look(workspace, canary.Id, token), stoppingToken);
            }
        }
    }

    private async Task Try(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // What is in memory goes on being used.
            LogMissed(failure.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Which versions of assistants are in use, or how their canaries do, could not be read now ({Reason})")]
    private partial void LogMissed(string reason);
}

/// <summary>Loads what was changed through another replica.</summary>
internal sealed class AssistantChangedConsumer(ActiveAssistants assistants) : IConsumer<AssistantChanged>
{
    public Task Consume(ConsumeContext<AssistantChanged> context) => assistants.Refresh(context.CancellationToken);
}
