using Assistify.ChatService.Tests.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Partitions;

public class BusTests
{
    [Test]
    public async Task Every_message_of_the_service_has_its_place_on_the_bus()
    {
        await using var host = new ChatHost();

        var endpoints = System.Text.Json.JsonSerializer.Serialize(host.Services.GetRequiredService<IBusControl>().GetProbeResult().Results);

        foreach (var name in new[] { "ConversationsChanged", "SomebodyTypes", "ReplyDelta", "ReplyReset", "OperatorCommand", "chat-partition_quarantine" })
            Assert.That(endpoints, Does.Contain(name), name);
    }
}
