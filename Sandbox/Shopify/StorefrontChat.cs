using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Shopify;

/// <summary>Shopify sends nobody anything for us: whoever wrote in the storefront's chat asks for answers, every second for ten minutes.</summary>
internal sealed class StorefrontChat(ShopifyStandIn shopify, WebhookSender sender, LiveEvents live, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, long> _read = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(s_interval, time, stoppingToken);
            foreach (var address in shopify.Messages.Writers(time.GetUtcNow() - s_patience)) await Fetch(address, stoppingToken);
        }
    }

    private async Task Fetch(string address, CancellationToken cancellationToken)
    {
        var outcome = await sender.Post(shopify.Fetch(address, _read.GetValueOrDefault(address)), cancellationToken);
        if (outcome.Status != StatusCodes.Status200OK || Parse(outcome.Body) is not { } page) return;

        foreach (var item in page.Items("items")) Take(address, item);
        if (page.Number("next") is { } next) _read[address] = next;
    }

    private void Take(string address, JsonNode? item)
    {
        if (item.Text("id") is not { Length: > 0 } id) return;

        var now = time.GetUtcNow();
        var message = new Message
        {
            Sid = id,
            Inbound = false,
            From = shopify.Address,
            To = address,
            Body = item.Text("text") ?? "",
            Choices = [.. item.Items("cards").Where(card => card.Text("url") is not null).Select(card => new Choice(card.Text("title") ?? "", null, "link", Url: card.Text("url")))],
            CreatedAt = now,
            State = new MessageState("delivered", now, now),
        };
        if (shopify.Messages.Add(message)) live.Publish("outbound", (shopify, message), static e => OutboxItem.Of(e.shopify, e.message));
    }

    private static JsonNode? Parse(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
