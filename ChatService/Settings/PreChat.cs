namespace Assistify.ChatService.Settings;

/// <summary>What a visitor of a web page is asked before the chat: <c>optional</c>, <c>required</c>, or null where it is not asked.</summary>
/// <param name="Message">Asked with the rest, so that people find a first question in each chat.</param>
internal sealed record PreChat(string? Name = null, string? Email = null, string? Message = null)
{
    /// <summary>What is left to ask of somebody whose name or e-mail is known; null where that is nothing.</summary>
    public PreChat? Without(bool name, bool email)
    {
        var left = this with { Name = name ? null : Name, Email = email ? null : Email };
        return left is { Name: null, Email: null } ? null : left;
    }
}
