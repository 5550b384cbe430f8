namespace Assistify.Sandbox.Twilio;

/// <summary>A message as the provider keeps it.</summary>
internal sealed class TwilioMessage
{
    public required string Sid { get; init; }
    public required bool Inbound { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }
    public required string Body { get; init; }
    public IReadOnlyList<string> MediaUrls { get; init; } = [];
    public string? StatusCallback { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Place in the order of acceptance within its direction, from 1.</summary>
    public long Ordinal { get; set; }

    /// <summary>Place among all messages; the cursor of the provider's list.</summary>
    public long Place { get; set; }

    /// <summary>What changes, replaced as a whole so that readers need no lock.</summary>
    public required TwilioState State { get; set; }
}

internal sealed record TwilioState(string Status, DateTimeOffset UpdatedAt, DateTimeOffset? SentAt = null, int? ErrorCode = null)
{
    /// <summary>Status moves forward only: a late <c>sent</c> does not undo <c>delivered</c>.</summary>
    public TwilioState Advance(string status, int? errorCode, DateTimeOffset now) =>
        Rank(status) <= Rank(Status)
            ? this
            : new TwilioState(status, now, SentAt ?? (status is "failed" ? null : now), errorCode);

    private static int Rank(string status) => status switch
    {
        "accepted" or "queued" => 1,
        "sending" => 2,
        "sent" => 3,
        "delivered" => 4,
        "read" => 5,
        "failed" or "undelivered" or "canceled" => 6,
        _ => 0,
    };
}
