namespace Assistify.AiService.Understanding;

/// <summary>Which language a text is written in.</summary>
public interface ILanguageDetector
{
    /// <param name="expected">What the conversation was in so far, or the customer's locale: decides where the text alone cannot ("ok").</param>
    DetectedLanguage Detect(string text, string? expected);
}

/// <param name="Language">BCP 47, such as <c>en</c>.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record DetectedLanguage(string Language, double Confidence);
