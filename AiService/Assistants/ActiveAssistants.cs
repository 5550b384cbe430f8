using MassTransit;

namespace Assistify.AiService.Assistants;

/// <summary>A workspace uses another version now, or a canary began or ended. To every replica; may be lost, since each looks by itself too.</summary>
public sealed record AssistantChanged(Guid WorkspaceId);

/// <summary>The assistants that workspaces use. Looks after running canaries too.</summary>
internal sealed class ActiveAssistants(
    AssistantStore store, WorkspaceAssistants assistants, CanaryGuard guard, TimeProvider time, ILogger<ActiveAssistants> logger) : VersionsInUse(time, logger)
{
    protected override async Task Load(CancellationToken cancellationToken)
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

    protected override async Task Looked(CancellationToken stoppingToken)
    {
        foreach (var workspace in assistants.Workspaces)
        {
            if (assistants.Of(workspace)?.Canary is { } canary) await Try(token => guard.Look(workspace, canary.Id, token), stoppingToken);
        }
    }
}

/// <summary>Loads what was changed through another replica.</summary>
internal sealed class AssistantChangedConsumer(ActiveAssistants assistants) : IConsumer<AssistantChanged>
{
    public Task Consume(ConsumeContext<AssistantChanged> context) => assistants.Refresh(context.CancellationToken);
}
