using Assistify.AiService.Understanding;

namespace Assistify.AiService.IntentModels;

/// <summary>Any version of a workspace's model of intents, whichever is in use.</summary>
internal sealed class IntentVersions(ModelStore models, WorkspaceIntents intents)
{
    /// <param name="version">0 is the starter set's.</param>
    /// <returns>Null where there is no such version that is ready.</returns>
    public async Task<IIntentClassifier?> Of(Guid workspaceId, int version, CancellationToken cancellationToken)
    {
        if (intents.VersionOf(workspaceId) == version) return intents;
        if (version == 0) return new OneModel(text => intents.Classify(Guid.Empty, text)); // no workspace: the starter set's
        return await models.Load(workspaceId, version, cancellationToken) is { } model ? new OneModel(new IntentClassifier(model).Classify) : null;
    }

    private sealed class OneModel(Func<string, ClassifiedIntent> classify) : IIntentClassifier
    {
        public ClassifiedIntent Classify(Guid workspaceId, string text) => classify(text);
    }
}
