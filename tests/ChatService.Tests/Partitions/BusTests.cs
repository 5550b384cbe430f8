using System.Text.Json;
using Assistify.ChatService.Partitions;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Partitions;

public class BusTests
{
    [Test]
    public async Task Every_message_to_every_replica_has_its_place_on_the_bus()
    {
        await using var host = new ChatHost();

        var endpoints = JsonSerializer.Serialize(host.Services.GetRequiredService<IBusControl>().GetProbeResult().Results);

        foreach (var name in new[] { "ConversationsChanged", "SomebodyTypes", "ReplyDelta", "ReplyReset" })
            Assert.That(endpoints, Does.Contain(name), name);
    }

    [Test]
    public async Task Every_message_of_a_partition_is_understood()
    {
        await using var host = new ChatHost();
        var messages = host.Services.GetRequiredService<PartitionMessages>();
        var types = new[] { typeof(IPartitioned), typeof(ConversationPartitionHandler) }.SelectMany(of => of.Assembly.GetTypes())
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IPartitioned))).ToList();

        Assert.That(types, Has.Count.GreaterThan(10));
        foreach (var type in types)
        {
            var envelope = JsonSerializer.SerializeToUtf8Bytes(new { messageType = new[] { MessageUrn.ForTypeString(type) }, message = new { } });
            Assert.That(messages.Read(envelope), Is.InstanceOf(type), type.Name);
        }
    }
}
