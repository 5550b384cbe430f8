using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>What a workspace can switch off by its feature flags <c>assistant.…</c>; each is on where no flag names it.</summary>
internal static class Features
{
    /// <summary>Models write; without them the offline writer does.</summary>
    public const string Models = "models";

    /// <summary>Products are recommended, with cards.</summary>
    public const string Recommendations = "recommendations";

    /// <summary>What a model answered to the same question before is given again.</summary>
    public const string Cache = "cache";

    /// <summary>Answers to tap are offered where there are few.</summary>
    public const string QuickReplies = "quick_replies";

    /// <summary>Models look at customers' pictures; without it people do.</summary>
    public const string Vision = "vision";

    public static bool IsOn(this ReplyRequested request, string feature) => request.Assistant?.FeaturesOff.Contains(feature) is not true;
}
