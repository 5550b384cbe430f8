using Aspire.Hosting.ApplicationModel;
using Assistify.LocalHosting.Processes;

namespace Assistify.LocalHosting.Running;

internal enum ResourceState
{
    Waiting,
    Starting,
    Running,
    Restarting,
    Stopping,
    Exited,
    FailedToStart,
}

/// <summary>One process or database as people and programs see it: replica 0 of chat, the broker, the dashboard.</summary>
internal sealed class ResourceInstance(string name, string displayName, string kind, int replica, ResourceLog log)
{
    public string Name { get; } = name;

    public string DisplayName { get; } = displayName;

    /// <summary>Project, Postgres, RabbitMQ, … as the dashboard names types.</summary>
    public string Kind { get; } = kind;

    public int Replica { get; } = replica;

    public ResourceLog Log { get; } = log;

    public ResourceState State { get; private set; } = ResourceState.Waiting;

    public bool IsHealthy { get; private set; }

    public int? ProcessId { get; private set; }

    public int? ExitCode { get; private set; }

    public int Starts { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? StoppedAt { get; private set; }

    public DateTimeOffset? CheckedAt { get; private set; }

    public IReadOnlyList<string> Dependencies { get; init; } = [];

    public IReadOnlyList<(string Name, string Url, string Text, bool IsInternal)> Urls { get; set; } = [];

    public IReadOnlyList<EnvironmentVariable> Environment { get; set; } = [];

    public string? SourcePath { get; init; }

    public bool CanBeCommanded { get; init; } = true;

    /// <summary>Raised after each change, by whichever thread made it.</summary>
    public event Action<ResourceInstance>? Changed;

    public void To(ResourceState state) => Change(() => State = state);

    public void Started(int? processId, DateTimeOffset now) => Change(() =>
    {
        State = ResourceState.Running;
        ProcessId = processId;
        ExitCode = null;
        StartedAt = now;
        StoppedAt = null;
        Starts++;
    });

    public void Health(bool healthy, DateTimeOffset now)
    {
        CheckedAt = now;
        if (IsHealthy != healthy) Change(() => IsHealthy = healthy);
    }

    public void Ended(ResourceState state, int? exitCode, DateTimeOffset now) => Change(() =>
    {
        State = state;
        IsHealthy = false;
        ProcessId = null;
        ExitCode = exitCode;
        StoppedAt = now;
    });

    public void Announce() => Changed?.Invoke(this);

    private void Change(Action change)
    {
        change();
        Changed?.Invoke(this);
    }
}
