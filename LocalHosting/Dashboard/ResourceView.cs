using Assistify.LocalHosting.Dashboard.Wire;
using Assistify.LocalHosting.Running;
using Google.Protobuf.WellKnownTypes;

namespace Assistify.LocalHosting.Dashboard;

/// <summary>A resource as the dashboard shows it. Values of secrets never leave the host.</summary>
internal static class ResourceView
{
    // The names by which the dashboard knows these commands and gives them their usual places.
    public const string StartCommand = "start";
    public const string StopCommand = "stop";
    public const string RestartCommand = "restart";

    public static Resource Of(ResourceInstance instance)
    {
        var view = new Resource
        {
            Name = instance.Name,
            ResourceType = instance.Kind,
            DisplayName = instance.DisplayName,
            Uid = instance.Name,
            State = State(instance.State),
            StateStyle = Style(instance),
            IsHidden = instance.Kind == DashboardHost.Kind,
            SupportsDetailedTelemetry = instance.Kind == "Project",
        };
        // Without this one the dashboard refuses the whole list.
        view.CreatedAt = Timestamp.FromDateTimeOffset(instance.CreatedAt);
        if (instance.StartedAt is { } started) view.StartedAt = Timestamp.FromDateTimeOffset(started);
        if (instance.StoppedAt is { } stopped) view.StoppedAt = Timestamp.FromDateTimeOffset(stopped);

        view.Environment.AddRange(instance.Environment.Select(static variable => new EnvironmentVariable
        {
            Name = variable.Name,
            Value = variable.IsSecret ? "(secret)" : variable.Value,
            IsFromSpec = true,
        }));
        view.Urls.AddRange(instance.Urls.Select(url => new Url
        {
            EndpointName = url.Name,
            FullUrl = url.Url,
            IsInactive = instance.State != ResourceState.Running,
            DisplayProperties = new UrlDisplayProperties { DisplayName = url.Text },
        }));
        view.Relationships.AddRange(instance.Dependencies.Select(static name => new ResourceRelationship { ResourceName = name, Type = "WaitFor" }));
        if (instance.State == ResourceState.Running) view.HealthReports.Add(Health(instance));
        AddProperties(view, instance);
        if (instance.CanBeCommanded) AddCommands(view, instance.State);
        return view;
    }

    private static string State(ResourceState state) => state switch
    {
        ResourceState.Restarting => "Starting",
        _ => state.ToString(),
    };

    private static string Style(ResourceInstance instance) => instance.State switch
    {
        ResourceState.Running when instance.IsHealthy => "success",
        ResourceState.Running => "warning",
        ResourceState.Restarting => "warning",
        ResourceState.FailedToStart => "error",
        _ => "info",
    };

    private static HealthReport Health(ResourceInstance instance)
    {
        var report = new HealthReport
        {
            Key = "health",
            Status = instance.IsHealthy ? HealthStatus.Healthy : HealthStatus.Unhealthy,
            Description = instance.IsHealthy ? "" : "Does not answer as expected.",
        };
        if (instance.CheckedAt is { } checkedAt) report.LastRunAt = Timestamp.FromDateTimeOffset(checkedAt);
        return report;
    }

    private static void AddProperties(Resource view, ResourceInstance instance)
    {
        if (instance.SourcePath is { } path) Add("project.path", path);
        if (instance.ProcessId is { } processId) Add("executable.pid", $"{processId}");
        if (instance.ExitCode is { } exitCode) view.Properties.Add(new ResourceProperty { Name = "resource.exitCode", Value = Value.ForNumber(exitCode) });
        if (instance.Starts > 1) Add("assistify.starts", $"{instance.Starts}", "Starts");

        void Add(string name, string value, string? display = null)
        {
            var property = new ResourceProperty { Name = name, Value = Value.ForString(value) };
            if (display is not null) property.DisplayName = display;
            view.Properties.Add(property);
        }
    }

    private static void AddCommands(Resource view, ResourceState state)
    {
        var runs = state is ResourceState.Running or ResourceState.Starting or ResourceState.Restarting;
        var ended = state is ResourceState.Exited or ResourceState.FailedToStart;
        Add(StartCommand, "Start", "Play", "Starts the resource again", ended);
        Add(StopCommand, "Stop", "Stop", "Ends the resource until it is started again", runs);
        Add(RestartCommand, "Restart", "ArrowCounterclockwise", "Ends the resource and starts it again", runs);

        void Add(string name, string display, string icon, string description, bool enabled) => view.Commands.Add(new ResourceCommand
        {
            Name = name,
            DisplayName = display,
            IconName = icon,
            DisplayDescription = description,
            IsHighlighted = true,
            State = enabled ? ResourceCommandState.Enabled
                : name == RestartCommand ? ResourceCommandState.Disabled
                : ResourceCommandState.Hidden,
        });
    }
}
