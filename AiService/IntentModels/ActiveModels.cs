using Assistify.AiService.Understanding;
using MassTransit;

namespace Assistify.AiService.IntentModels;

/// <summary>A workspace uses another model now. To every replica; may be lost, since each looks by itself too.</summary>
public sealed record IntentModelActivated(Guid WorkspaceId);

/// <summary>The models of intents that workspaces activated.</summary>
internal sealed class ActiveModels(ModelStore store, WorkspaceIntents intents, TimeProvider time, ILogger<ActiveModels> logger) : VersionsInUse(time, logger)
{
    protected override async Task Load(CancellationToken cancellationToken)
    {
        var active = await store.Active(cancellationToken);
        foreach (var gone in intents.Workspaces.Where(workspace => !active.ContainsKey(workspace))) intents.UseStarterSet(gone);
        foreach (var (workspace, version) in active)
        {
            if (intents.VersionOf(workspace) == version) continue;
            if (await store.Load(workspace, version, cancellationToken) is { } model) intents.Use(workspace, version, new IntentClassifier(model));
        }
    }
}

/// <summary>Loads what was activated through another replica.</summary>
internal sealed class IntentModelActivatedConsumer(ActiveModels models) : IConsumer<IntentModelActivated>
{
    public Task Consume(ConsumeContext<IntentModelActivated> context) => models.Refresh(context.CancellationToken);
}
