using System.Net;
using System.Text.Json;
using Assistify.ServiceDefaults.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests.Http;

public sealed class ReplicasTests
{
    [Test]
    public async Task One_replica_that_is_away_costs_nobody_an_answer()
    {
        using var services = Services(new Handler());
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("shop");
        var replicas = Configured("http://away.test", "http://here.test");

        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => replicas.Ask(replica => client.GetStringAsync(new Uri(replica, "/orders"), default), default)));
            Assert.That(answers, Is.All.EqualTo("here.test"));
        }

        Assert.That(services.GetRequiredService<Circuits>().Get("shop/away.test").State, Is.EqualTo(CircuitState.Open), "it is asked no more for a while");
        Assert.That(services.GetRequiredService<Circuits>().Get("shop/here.test").State, Is.EqualTo(CircuitState.Closed));
    }

    [Test]
    public void Where_none_answers_that_is_said()
    {
        using var services = Services(new Handler());
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("shop");

        Assert.That(
            () => Configured("http://away.test").Ask(replica => client.GetStringAsync(replica, default), default),
            Throws.TypeOf<HttpRequestException>().With.Message.EqualTo("No replica of shop answered."));
        Assert.That(() => Configured().Ask(replica => client.GetStringAsync(replica, default), default), Throws.TypeOf<HttpRequestException>().With.Message.Contain("services__shop__http__0"));
        Assert.That((Configured().Exist, Configured("http://away.test").Exist), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task An_answer_that_cannot_be_read_is_none() =>
        Assert.That(
            await Configured("http://odd.test", "http://here.test").Ask(
                replica => replica.Host == "odd.test" ? throw new JsonException("no JSON") : Task.FromResult(replica.Host), default),
            Is.EqualTo("here.test"));

    private static Replicas Configured(params string[] addresses) => new(
        new ConfigurationBuilder().AddInMemoryCollection(addresses.Select((address, index) => KeyValuePair.Create($"services:shop:http:{index}", (string?)address))).Build(), "shop");

    private static ServiceProvider Services(HttpMessageHandler handler)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("shop").ConfigurePrimaryHttpMessageHandler(() => handler).AddReplicaResilience("shop", TimeSpan.FromSeconds(3));
        return services.BuildServiceProvider();
    }

    private sealed class Handler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.Host == "away.test" ? throw new HttpRequestException("away")
            : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.RequestUri.Host) });
    }
}
