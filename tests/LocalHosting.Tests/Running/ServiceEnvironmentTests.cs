using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Assistify.LocalHosting.Dashboard;
using Assistify.LocalHosting.Running;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests.Running;

internal sealed class ServiceEnvironmentTests
{
    [Test]
    public void A_service_finds_others_and_servers_as_under_Aspire()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var postgres = builder.AddPostgres("postgres");
        var database = postgres.AddDatabase("chatdb");
        var broker = builder.AddRabbitMQ("messaging");
        var cache = builder.AddRedis("cache");
        var chat = builder.AddProject("chat", "Chat.csproj").WithHttpEndpoint().WithReplicas(2);
        var secret = builder.AddParameter("token", "s3cret", secret: true);
        var gateway = builder.AddProject("gateway", "Gateway.csproj").WithHttpEndpoint(8080).WithExternalHttpEndpoints()
            .WithReference(database).WithReference(broker).WithReference(cache).WithReference(chat)
            .WithEnvironment("Chat__Address", chat.GetEndpoint("http")).WithEnvironment("Token", secret);
        postgres.Resource.Connection = static name => $"Host=127.0.0.1;Port=5433;Username=postgres;Password=pw;Database={name}";
        broker.Resource.Connection = static () => "amqp://assistify:pw@127.0.0.1:5673";
        cache.Resource.Connection = static () => "127.0.0.1:6380,password=pw";
        chat.Resource.Endpoints[0].Ports.AddRange([5001, 5002]);
        gateway.Resource.Endpoints[0].Ports.Add(8080);

        var variables = Of(gateway, new DashboardAddresses("http://localhost:1", "t", "http://localhost:4317", "key"));

        Assert.Multiple(() =>
        {
            Assert.That(variables["ConnectionStrings__chatdb"].Value, Does.EndWith("Database=chatdb"));
            Assert.That(variables["CHATDB_URI"].Value, Is.EqualTo("postgresql://postgres:pw@127.0.0.1:5433/chatdb"));
            Assert.That(variables["MESSAGING_USERNAME"].Value, Is.EqualTo("assistify"));
            Assert.That(variables["CACHE_PORT"].Value, Is.EqualTo("6380"));
            Assert.That(variables["services__chat__http__0"].Value, Is.EqualTo("http://127.0.0.1:5001"));
            Assert.That(variables["services__chat__http__1"].Value, Is.EqualTo("http://127.0.0.1:5002"));
            Assert.That(variables["CHAT_HTTP"].Value, Is.EqualTo("http://127.0.0.1:5001"));
            Assert.That(variables["Chat__Address"].Value, Is.EqualTo("http://127.0.0.1:5001"));
            Assert.That(variables["ASPNETCORE_URLS"].Value, Is.EqualTo("http://localhost:8080"));
            Assert.That(variables["OTEL_SERVICE_NAME"].Value, Is.EqualTo("gateway"));
            Assert.That(variables["OTEL_EXPORTER_OTLP_HEADERS"].Value, Is.EqualTo("x-otlp-api-key=key"));
            Assert.That(
                variables.Values.Where(static variable => variable.IsSecret).Select(static variable => variable.Name),
                Is.SupersetOf(new[] { "Token", "ConnectionStrings__chatdb", "CHATDB_PASSWORD", "ConnectionStrings__cache", "OTEL_EXPORTER_OTLP_HEADERS" }));
        });
    }

    [Test]
    public void Each_replica_has_an_address_of_its_own()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var chat = builder.AddProject("chat", "Chat.csproj").WithHttpEndpoint().WithReplicas(2);
        chat.Resource.Endpoints[0].Ports.AddRange([5001, 5002]);

        Assert.That(
            ServiceEnvironment.Of(chat.Resource, 1, "chat-1", "localhost", null).Single(static variable => variable.Name == "ASPNETCORE_URLS").Value,
            Is.EqualTo("http://127.0.0.1:5002"));
    }

    [Test]
    public void Two_resources_of_one_name_are_refused()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddRedis("cache");

        Assert.That(() => builder.AddRedis("cache"), Throws.InvalidOperationException);
    }

    private static Dictionary<string, EnvironmentVariable> Of(IResourceBuilder<ProjectResource> project, DashboardAddresses dashboard) =>
        ServiceEnvironment.Of(project.Resource, 0, project.Resource.Name, "localhost", dashboard).ToDictionary(static variable => variable.Name);
}
