namespace Assistify.Sandbox.StandIns;

/// <summary>What a customer can do on a channel; the names are those of the fields of an inbound request.</summary>
internal static class Ability
{
    public const string Text = "text";
    public const string Media = "media";
    public const string Button = "button";
    public const string Location = "location";
    public const string ReplyTo = "replyTo";
    public const string Reaction = "reaction";
    public const string Edit = "edit";
    public const string Delete = "delete";
    public const string Echo = "echo";
    public const string Batch = "batch";
    public const string Content = "content";
    public const string Event = "event";
    public const string Raw = "raw";
}
