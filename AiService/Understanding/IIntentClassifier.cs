namespace Assistify.AiService.Understanding;

/// <summary>What a customer wants.</summary>
public interface IIntentClassifier
{
    /// <param name="workspaceId">Whose model is asked.</param>
    ClassifiedIntent Classify(Guid workspaceId, string text);

    /// <summary>Which version of the workspace's own models is asked; 0 is that of the starter set.</summary>
    int VersionOf(Guid workspaceId) => 0;
}

/// <param name="Intent">One of <see cref="Intents"/> or of the workspace's own; <see cref="Intents.Other"/> where nothing known is meant clearly enough.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record ClassifiedIntent(string Intent, double Confidence)
{
    /// <summary>Of a text in which there is nothing to tell it by.</summary>
    public static readonly ClassifiedIntent Unknown = new(Intents.Other, 0.5);
}
