using System.ComponentModel.DataAnnotations;

namespace Assistify.Sandbox;

internal sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Where the gateway really listens (an origin); by default the referenced gateway, else the public address's own origin.</summary>
    public string? DeliverTo { get; set; }

    /// <summary>The folder of the built pages; found next to the sources when empty.</summary>
    public string? Pages { get; set; }

    /// <summary>How many messages are kept in each direction; the oldest go first.</summary>
    [Range(1, 2_000_000, ErrorMessage = "Sandbox__Capacity must be between 1 and 2000000.")]
    public int Capacity { get; set; } = 200_000;

    /// <summary>How many status callbacks are under way at once.</summary>
    [Range(1, 256, ErrorMessage = "Sandbox__StatusWorkers must be between 1 and 256.")]
    public int StatusWorkers { get; set; } = 16;

    /// <summary>How many times faster than the provider webhooks are repeated.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Sandbox__RetrySpeed must be between 1 and 1000000.")]
    public int RetrySpeed { get; set; } = 60;
}
