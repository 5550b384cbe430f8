namespace Assistify.Sandbox.Twilio;

/// <summary>What goes wrong on purpose; everything is off until a program asks for it. Probabilities are 0 to 1.</summary>
internal sealed record Faults
{
    /// <summary>Which requests are hit follows from this number, as long as they come one after the other.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A webhook that was answered is sent once more.</summary>
    public double DuplicateInbound { get; init; }

    /// <summary>A webhook is held back a moment, so that later ones overtake it.</summary>
    public double ReorderInbound { get; init; }

    /// <summary>Before each webhook and each answer of the API, and by how much it varies.</summary>
    public int DelayMs { get; init; }
    public int DelayJitterMs { get; init; }

    /// <summary>The API answers 429; nothing was accepted.</summary>
    public double SendStatus429 { get; init; }
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>The API answers 500 or 503; nothing was accepted.</summary>
    public double Send5xx { get; init; }

    /// <summary>The message is accepted, but the connection is cut (after the hold) before the answer.</summary>
    public double TimeoutAfterAccept { get; init; }
    public int TimeoutHoldMs { get; init; }

    public double StatusDuplicate { get; init; }
    public double StatusReorder { get; init; }

    /// <summary>The status callbacks that follow an accepted message; none where it is empty.</summary>
    public IReadOnlyList<string> StatusSteps { get; init; } = ["sent", "delivered"];
    public int StatusDelayMs { get; init; }

    /// <summary>Reported with <c>failed</c> and <c>undelivered</c>.</summary>
    public int StatusErrorCode { get; init; } = 63024;

    /// <summary>Free text to somebody who wrote nothing for 24 hours fails with 63016.</summary>
    public bool EnforceWindow { get; init; }

    /// <summary>The API answers 401 to everybody.</summary>
    public bool TokenExpired { get; init; }
}
