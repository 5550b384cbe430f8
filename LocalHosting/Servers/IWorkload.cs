using Assistify.LocalHosting.Processes;

namespace Assistify.LocalHosting.Servers;

/// <summary>What a supervised process is: how it is prepared and started, when it is healthy, what is done then.</summary>
internal interface IWorkload
{
    /// <summary>Makes what is missing and says how to start; runs before each start.</summary>
    Task<ProcessSpec> Prepare(CancellationToken cancellationToken);

    Task<bool> IsHealthy(CancellationToken cancellationToken);

    /// <summary>Whether the system goes on where this never comes up.</summary>
    bool IsOptional => false;

    /// <summary>How long it may take to end by itself.</summary>
    TimeSpan StopPatience { get; }

    /// <summary>Said when it ends before it was ever healthy; null where that does not stop the whole start.</summary>
    string? WhyItMayNotStart { get; }
}
