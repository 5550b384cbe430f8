using System.Text.Json.Nodes;

namespace Assistify.Sandbox.StandIns;

/// <summary>A message as the provider keeps it.</summary>
internal sealed class Message
{
    public required string Sid { get; init; }
    public required bool Inbound { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }

    /// <summary>The readable part; replaced when the sender edits the message.</summary>
    public required string Body { get; set; }

    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>As the provider names the form: <c>text</c>, <c>image</c>, <c>interactive</c>, <c>template</c>.</summary>
    public string Kind { get; init; } = "text";

    /// <summary>What the customer can tap.</summary>
    public IReadOnlyList<Choice> Choices { get; set; } = [];

    /// <summary>As it was sent, where the provider hands it back.</summary>
    public JsonNode? Original { get; set; }

    public string? StatusCallback { get; init; }

    /// <summary>The sender's own reference, handed back in statuses and echoes.</summary>
    public string? Reference { get; init; }

    /// <summary>What the sender's program tells itself by it, shown to nobody else.</summary>
    public JsonNode? Metadata { get; init; }

    /// <summary>The room it was written in, where that is not between the two.</summary>
    public string? Room { get; init; }

    /// <summary>The message whose thread it is in.</summary>
    public string? Thread { get; init; }

    /// <summary>It was accepted but will be reported as failed with this code.</summary>
    public int? FailsWith { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Place in the order of acceptance within its direction, from 1.</summary>
    public long Ordinal { get; set; }

    /// <summary>Place among all messages; the cursor of the provider's list.</summary>
    public long Place { get; set; }

    /// <summary>What changes, replaced as a whole so that readers need no lock.</summary>
    public required MessageState State { get; set; }
}

/// <param name="Kind">How the provider reports the tap: <c>reply</c>, <c>list</c>, <c>template</c>, <c>postback</c>, or <c>link</c>, which it does not.</param>
internal sealed record Choice(string Title, string? Payload, string Kind = "reply", string? Description = null, string? Url = null);

internal sealed record MessageState(string Status, DateTimeOffset UpdatedAt, DateTimeOffset? SentAt = null, int? ErrorCode = null)
{
    /// <summary>Status moves forward only: a late <c>sent</c> does not undo <c>delivered</c>.</summary>
    public MessageState Advance(string status, int? errorCode, DateTimeOffset now) =>
        Rank(status) <= Rank(Status)
            ? this
            : new MessageState(status, now, SentAt ?? (status is "failed" ? null : now), errorCode);

    private static int Rank(string status) => status switch
    {
        "accepted" or "queued" => 1,
        "sending" => 2,
        "sent" => 3,
        "delivered" => 4,
        "read" => 5,
        "played" => 6,
        "failed" or "undelivered" or "canceled" => 7,
        "deleted" => 8,
        _ => 0,
    };
}
