namespace Assistify.Sandbox.StandIns;

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

    /// <summary>The API refuses because of too many calls; nothing was accepted.</summary>
    public double SendStatus429 { get; init; }
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>The provider's own limit: calls above it in a second are refused as above. 0 is none.</summary>
    public int CallsPerSecond { get; init; }

    /// <summary>The API answers with an error of its own; nothing was accepted.</summary>
    public double Send5xx { get; init; }

    /// <summary>The connection is cut before anything was accepted.</summary>
    public double CutConnection { get; init; }

    /// <summary>The message is accepted, but the connection is cut (after the hold) before the answer.</summary>
    public double TimeoutAfterAccept { get; init; }
    public int TimeoutHoldMs { get; init; }

    /// <summary>The customer has blocked the shop or is gone.</summary>
    public double RecipientGone { get; init; }

    public double StatusDuplicate { get; init; }
    public double StatusReorder { get; init; }

    /// <summary>What follows an accepted message; the provider's usual where it is absent, nothing where it is empty.</summary>
    public IReadOnlyList<string>? StatusSteps { get; init; }
    public int StatusDelayMs { get; init; }

    /// <summary>Reported with a failure; the provider's usual where it is absent.</summary>
    public int? StatusErrorCode { get; init; }

    /// <summary>Free text to somebody who wrote nothing within the provider's window is refused.</summary>
    public bool EnforceWindow { get; init; }

    /// <summary>The token may not read what was written, only send.</summary>
    public bool MissingScope { get; init; }

    /// <summary>The credentials are refused; tokens that the provider hands out are good again once they are renewed.</summary>
    public bool TokenExpired { get; init; }
}
