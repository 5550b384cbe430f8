using System.Collections.Concurrent;

namespace Assistify.AiService.Understanding;

/// <summary>The models in use: that of the starter set, and those that workspaces trained and activated.</summary>
internal sealed class WorkspaceIntents : IIntentClassifier
{
    private readonly IntentClassifier _starter = IntentClassifier.OfStarterSet();
    private readonly ConcurrentDictionary<Guid, (int Version, IntentClassifier Model)> _models = new();

    public ClassifiedIntent Classify(Guid workspaceId, string text) =>
        (_models.TryGetValue(workspaceId, out var own) ? own.Model : _starter).Classify(text);

    /// <summary>0 where the starter set's is in use.</summary>
    public int VersionOf(Guid workspaceId) => _models.TryGetValue(workspaceId, out var own) ? own.Version : 0;

    public IReadOnlyCollection<Guid> Workspaces => [.. _models.Keys];

    public void Use(Guid workspaceId, int version, IntentClassifier model) => _models[workspaceId] = (version, model);

    public void UseStarterSet(Guid workspaceId) => _models.TryRemove(workspaceId, out _);
}
