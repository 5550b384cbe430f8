using Assistify.Contracts;

namespace Assistify.AiService.Inspiration;

/// <param name="Kind"><c>product</c> or <c>knowledge</c>.</param>
/// <param name="Text">What it is, in the source's own words.</param>
/// <param name="Reason">Why it is among the ideas.</param>
/// <param name="Score">0 to 1; the best comes first.</param>
public sealed record Idea(
    string Kind, Guid Id, string Title, string Text, Money? Price, string? ImageUrl, string? Url, string Reason, double Score);

/// <param name="Language">Of the ideas.</param>
public sealed record Ideas(string Language, IReadOnlyList<Idea> Items);
