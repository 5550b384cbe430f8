using System.Globalization;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Assistify.LocalHosting.Dashboard;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.Servers;
using Assistify.LocalHosting.State;

namespace Assistify.LocalHosting.Running;

/// <summary>Makes supervised processes out of the model: ports, servers, databases, services and their environment.</summary>
internal sealed class Composition
{
    private readonly SystemModel _model;
    private readonly DataFolder _data;
    private readonly Terminal _terminal;
    private readonly PidFiles _pids;
    private readonly TimeProvider _time;
    private readonly Dictionary<Resource, List<ResourceInstance>> _instances = [];

    public Composition(SystemModel model, DataFolder data, PidFiles pids, Terminal terminal, TimeProvider time)
    {
        _model = model;
        _data = data;
        _terminal = terminal;
        _pids = pids;
        _time = time;
        foreach (var resource in model.Resources) Allocate(resource);
    }

    public List<ResourceInstance> Instances { get; } = [];

    public List<Supervisor> Supervisors { get; } = [];

    public List<DatabaseCreation> Databases { get; } = [];

    /// <summary>Where services send telemetry, once the dashboard is known.</summary>
    public DashboardAddresses? Dashboard { get; set; }

    /// <summary>How far a resource is from those that need nothing; the farthest are stopped first.</summary>
    public int Depth(ResourceInstance instance) =>
        _model.Resources.FirstOrDefault(resource => resource.Name == instance.DisplayName) is { } resource ? Depth(resource) : 0;

    public void Compose()
    {
        foreach (var resource in _model.Resources)
        {
            switch (resource)
            {
                case PostgresServerResource postgres: Add(postgres); break;
                case PostgresDatabaseResource database: Add(database); break;
                case RabbitMQServerResource broker: Add(broker); break;
                case RedisResource redis: Add(redis); break;
                case ProjectResource project: Add(project); break;
                case ExternalConnectionResource external: Add(external); break;
            }
        }
    }

    public ResourceInstance AddProcess(string name, string display, string kind, IWorkload workload, Resource? resource = null, int replica = 0)
    {
        var dependencies = resource?.Dependencies ?? [];
        var instance = NewInstance(name, display, kind, replica, dependencies, (resource as ProjectResource)?.ProjectPath);
        Supervisors.Add(new Supervisor(instance, workload, [.. dependencies.SelectMany(dependency => _instances[dependency])], _pids, _time));
        if (resource is not null) Register(resource, instance);
        return instance;
    }

    /// <summary>A port that stays the same over restarts unless somebody else has taken it meanwhile.</summary>
    public int Port(string name)
    {
        if (int.TryParse(_data.Kept.Find($"port-{name}"), CultureInfo.InvariantCulture, out var kept) && FreePorts.IsFree(IPAddress.Loopback, kept))
            return kept;

        var port = FreePorts.Next();
        _data.Kept.Set($"port-{name}", port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    private static int Depth(Resource resource) =>
        resource.Dependencies.Count == 0 ? (resource is ProjectResource ? 1 : 0) : 1 + resource.Dependencies.Max(Depth);

    private void Allocate(Resource resource)
    {
        var replicas = (resource as ProjectResource)?.Replicas ?? 1;
        foreach (var endpoint in resource.Endpoints)
        {
            for (var replica = 0; replica < replicas; replica++)
                endpoint.Ports.Add(endpoint.Port ?? Port($"{resource.Name}-{replica}-{endpoint.Name}"));
        }
    }

    private void Add(PostgresServerResource resource)
    {
        var processes = _model.Resources.OfType<ProjectResource>().Sum(static project => project.Replicas);
        var server = new PostgresServer(_data, resource.Name, Port(resource.Name), Math.Max(100, processes * 30));
        resource.Connection = server.Cluster.ConnectionString;
        AddProcess(resource.Name, resource.Name, "PostgresServerResource", server, resource);
        foreach (var database in _model.Resources.OfType<PostgresDatabaseResource>().Where(database => database.Parent == resource))
            Databases.Add(new DatabaseCreation(server.Cluster, _instances[resource][0], database.DatabaseName, _time));
    }

    private void Add(PostgresDatabaseResource resource)
    {
        var instance = NewInstance(resource.Name, resource.Name, "PostgresDatabaseResource", 0, resource.Dependencies, null, commands: false);
        Databases.Single(creation => creation.Name == resource.DatabaseName && creation.Server == _instances[resource.Parent][0]).Instance = instance;
        Register(resource, instance);
    }

    private void Add(RabbitMQServerResource resource)
    {
        var mapperPort = Port($"{resource.Name}-epmd");
        var mapper = AddProcess($"{resource.Name}-epmd", $"{resource.Name}-epmd", "Executable", new ErlangPortMapper(mapperPort));
        var broker = new RabbitBroker(_data, resource.Name, Port(resource.Name), Port($"{resource.Name}-distribution"), mapperPort);
        resource.Connection = () => broker.ConnectionString;
        var instance = NewInstance(resource.Name, resource.Name, "RabbitMQServerResource", 0, [], null);
        Supervisors.Add(new Supervisor(instance, broker, [mapper], _pids, _time));
        Register(resource, instance);
    }

    private void Add(RedisResource resource)
    {
        var server = new RedisServer(_data, resource.Name, Port(resource.Name));
        resource.Connection = () => server.ConnectionString;
        AddProcess(resource.Name, resource.Name, "RedisResource", server, resource);
    }

    private void Add(ExternalConnectionResource resource)
    {
        var instance = NewInstance(resource.Name, resource.Name, "ConnectionString", 0, [], null, commands: false);
        Register(resource, instance);
        // Whether it answers is for the services to find out and say; here it only has to be given.
        instance.Started(null, _time.GetUtcNow());
        instance.Health(true, _time.GetUtcNow());
    }

    private void Add(ProjectResource project)
    {
        var assembly = ProjectOutput.AssemblyOf(project.ProjectPath, _model.AppHostDirectory);
        for (var replica = 0; replica < project.Replicas; replica++)
        {
            var number = replica;
            var name = project.Replicas == 1 ? project.Name : $"{project.Name}-{replica}";
            ResourceInstance? instance = null;
            var health = project.HealthPath is { } path && project.Endpoints.Count > 0
                ? new Uri($"http://127.0.0.1:{project.Endpoints[0].Ports[replica]}{path}")
                : null;
            var workload = new ServiceWorkload(
                assembly,
                // The content root, as in Aspire.
                Path.GetDirectoryName(project.ProjectPath)!,
                () =>
                {
                    var variables = ServiceEnvironment.Of(project, number, name, _model.BindAddress, Dashboard);
                    instance!.Environment = variables;
                    instance.Announce();
                    var all = BaseEnvironment.Create();
                    foreach (var variable in variables) all[variable.Name] = variable.Value;
                    return all;
                },
                health,
                project.HealthStatusCode);
            instance = AddProcess(name, project.Name, "Project", workload, project, replica);
            instance.Urls = [.. UrlsOf(project, replica)];
        }
    }

    private static IEnumerable<(string, string, string, bool)> UrlsOf(ProjectResource project, int replica)
    {
        foreach (var endpoint in project.Endpoints)
        {
            var annotation = new ResourceUrlAnnotation { Url = endpoint.Url(replica) };
            foreach (var url in project.Urls.Where(url => url.EndpointName == endpoint.Name)) url.Configure(annotation);
            yield return (endpoint.Name, annotation.Url, annotation.DisplayText ?? annotation.Url, annotation.DisplayText is null);
        }
    }

    private ResourceInstance NewInstance(
        string name, string display, string kind, int replica, IReadOnlyList<Resource> dependencies, string? sourcePath, bool commands = true)
    {
        var log = new ResourceLog(Path.Combine(_data.Logs, name + ".log"), _terminal.Prefixed(name, Instances.Count), _time);
        var instance = new ResourceInstance(name, display, kind, replica, log)
        {
            CreatedAt = _time.GetUtcNow(),
            Dependencies = [.. dependencies.Select(static dependency => dependency.Name)],
            SourcePath = sourcePath,
            CanBeCommanded = commands,
        };
        Instances.Add(instance);
        return instance;
    }

    private void Register(Resource resource, ResourceInstance instance)
    {
        if (!_instances.TryGetValue(resource, out var list)) _instances[resource] = list = [];
        list.Add(instance);
    }
}
