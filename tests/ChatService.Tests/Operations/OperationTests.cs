using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assistify.ChatService.Tests.Support;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Operations;

public sealed class OperationTests
{
    [Test]
    public async Task Agents_see_the_queues_and_the_way_to_the_dashboard()
    {
        await using var host = new ChatHost { Settings = { ["ASSISTIFY_DASHBOARD_URL"] = "http://localhost:18888" } };
        host.Configure = services => services.Replace(ServiceDescriptor.Singleton<IQueueDepths>(new Depths()));

        var seen = (await host.Operator().GetFromJsonAsync<JsonObject>("/api/operations"))!;

        Assert.That(seen["queues"]![0]!.ToJsonString(), Is.EqualTo("""{"queue":"chat-partition","waiting":7,"consumers":16,"quarantined":1,"failed":2}"""));
        Assert.That(seen["dashboardUrl"]!.GetValue<string>(), Is.EqualTo("http://localhost:18888"));
        Assert.That((await host.Operator("viewer").GetAsync("/api/operations")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await host.CreateClient().GetAsync("/api/operations")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await (await host.Customer()).Client.GetAsync("/api/operations")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_broker_that_is_away_is_no_error_of_the_page()
    {
        // The host's broker is at an address where nothing listens.
        await using var host = new ChatHost();

        var seen = (await host.Operator().GetFromJsonAsync<JsonObject>("/api/operations"))!;

        Assert.That(seen.ContainsKey("queues") || seen.ContainsKey("dashboardUrl"), Is.False, seen.ToJsonString());
    }

    private sealed class Depths : IQueueDepths
    {
        public Task<IReadOnlyList<QueueDepth>> Read(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<QueueDepth>>([new("chat-partition", 7, 16, 1, 2)]);
    }
}
