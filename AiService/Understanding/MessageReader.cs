using Reading = Assistify.Contracts.Understanding;

namespace Assistify.AiService.Understanding;

/// <summary>Language, intent and sentiment of a message: the first step of every answer.</summary>
internal sealed class MessageReader(ILanguageDetector languages, IIntentClassifier intents, ISentimentClassifier sentiments)
{
    public Reading Read(Guid workspaceId, Guid messageId, string text, string? expectedLanguage)
    {
        var language = languages.Detect(text, expectedLanguage);
        var intent = Intent(workspaceId, text);
        var sentiment = sentiments.Classify(text);
        return new Reading(messageId, intent.Intent, intent.Confidence, sentiment.Sentiment, sentiment.Score, language.Language);
    }

    public ClassifiedIntent Intent(Guid workspaceId, string text)
    {
        var intent = intents.Classify(workspaceId, Addresses.Without(text));
        // A model has an opinion of "I am at" too.
        return Intents.WithConsequences.Contains(intent.Intent) && !Content.IsIn(text) ? ClassifiedIntent.Unknown : intent;
    }

    public int IntentVersion(Guid workspaceId) => intents.VersionOf(workspaceId);

    public DetectedLanguage Language(string text, string? expected) => languages.Detect(text, expected);
}
