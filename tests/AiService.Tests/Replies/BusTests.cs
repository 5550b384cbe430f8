using Assistify.AiService.Replies;
using Assistify.AiService.Tools;
using Assistify.Contracts;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

/// <summary>The consumers and registrations of the service, on an in-memory bus and a real database.</summary>
public sealed class BusTests
{
    [Test]
    public async Task A_request_on_the_bus_becomes_an_answer_on_the_bus()
    {
        var shop = await Shop.Shared;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Secrets:Key", (string?)Convert.ToBase64String(new byte[32]))]).Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(shop.Database)
            .AddUnderstanding().AddKnowledge().AddHttpTools(configuration).AddReplies().AddAssistants()
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30));
                bus.AddConsumer(typeof(ReplyRequestedConsumer));
                bus.AddConsumer(typeof(TurnMovedConsumer));
            })
            .BuildServiceProvider(validateScopes: true);
        var harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
        var request = Some.Question("Do you ship to Cyprus?", version: 4, stream: true);

        await harness.Bus.Publish(new TurnMoved(request.ConversationId, 4));
        await harness.Bus.Publish(request);

        Assert.That(await harness.Published.Any<ReplyGenerated>(published => published.Context.Message.ConversationId == request.ConversationId), Is.True);
        var reply = harness.Published.Select<ReplyGenerated>().Single().Context.Message;
        Assert.That(reply.Text, Does.Contain("3.50 EUR"));
        Assert.That(reply.Citations.Single().Title, Is.EqualTo("Shipping and delivery"));
        Assert.That(await harness.Published.Any<ReplyDelta>(), Is.True);
        Assert.That(await harness.Consumed.Any<TurnMoved>(), Is.True);
    }
}
