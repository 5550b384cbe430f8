using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistify.ChannelService;
using Assistify.ChannelService.Webhooks;
using Assistify.Load.Channels;
using Assistify.Load.Systems;
using Assistify.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistify.Load.Bench;

/// <summary>What a webhook's signature and content cost by channel, and how soon Meta's largest batch is answered.</summary>
internal static class ChannelsBench
{
    private const int Updates = 1000;
    private const int Batches = 15;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(2);

    public static async Task<Figures> Run(TestedSystem system, BenchOptions options, CancellationToken cancellationToken)
    {
        var figures = new Figures("channels");
        await using (var recorded = await RecordedWebhooks.Start(system, cancellationToken))
        await using (var service = Service(system))
        {
            var adapters = service.Services.GetRequiredService<ChannelAdapters>();
            var webhooks = new List<(string Channel, IChannelAdapter Adapter, WebhookRequest Request)>();
            foreach (var channel in TestedChannel.All)
            {
                var webhook = await recorded.Message(channel, 1, "Hello, do you have the blue vase in stock, and how long does it take to Cyprus?", cancellationToken);
                var request = new WebhookRequest(webhook.Method, "", webhook.Query, webhook.ContentType, webhook.Headers, webhook.Body);
                webhooks.Add((channel.Name, adapters.For(webhook.Channel, null).First(adapter => adapter.Verify(request) is null), request));
            }

            // What they share is compiled by the first and would flatter the last.
            foreach (var (_, adapter, request) in webhooks) Measure(adapter, request, s_warmUp);
            foreach (var (name, adapter, request) in webhooks) figures.Add($"{name}: verified and read", Measure(adapter, request, s_measured), "1/s per core");
        }

        var batches = await MetaBatches(system, cancellationToken);
        figures.Add($"Meta batch of {Updates} messages, slowest", batches.Max(), "ms");
        figures.AtMost($"Meta batch of {Updates} messages, median", batches.Order().ElementAt(batches.Count / 2), "ms", 250);
        return figures;
    }

    /// <summary>The service's own adapters with the accounts of the system under test; nothing of it is started.</summary>
    private static WebApplication Service(TestedSystem system)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(system.EnvironmentOf("channels")
            .Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value)));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDatabase<ChannelDbContext>("channeldb");
        builder.AddChannels();
        builder.AddConnections();
        builder.Services.AddWebhooks();
        return builder.Build();
    }

    private static double Measure(IChannelAdapter adapter, WebhookRequest request, TimeSpan time)
    {
        var (began, count) = (Stopwatch.GetTimestamp(), 0);
        TimeSpan elapsed;
        do
        {
            for (var i = 0; i < 50; i++)
            {
                if (adapter.Verify(request) is { } refusal) throw new InvalidOperationException($"{adapter.Connection.Provider} refused its webhook: {refusal}.");
                if (adapter.Read(request).Items.Count != 1) throw new InvalidOperationException($"{adapter.Connection.Provider} read no message.");
            }

            count += 50;
            elapsed = Stopwatch.GetElapsedTime(began);
        }
        while (elapsed < time);
        return count / elapsed.TotalSeconds;
    }

    /// <summary>Through the gateway, durable: each message of another person.</summary>
    private static async Task<List<double>> MetaBatches(TestedSystem system, CancellationToken cancellationToken)
    {
        var environment = system.EnvironmentOf("channels");
        var (number, secret) = (environment["Channels__WhatsApp__PhoneNumberId"], environment["Channels__WhatsApp__AppSecret"]);
        var run = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var took = new List<double>();
        for (var batch = 0; batch < Batches + 3; batch++)
        {
            var messages = Enumerable.Range(0, Updates).Select(n => string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"from":"4479{{n:D8}}","id":"wamid.{{run}}.{{batch}}.{{n}}","timestamp":"1767225600","type":"text","text":{"body":"Is number {{n}} in stock?"} }"""));
            var body = Encoding.UTF8.GetBytes(
                $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"{{{number}}}"},"messages":[{{{string.Join(',', messages)}}}]} }]}]}""");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/whatsapp") { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
            var began = Stopwatch.GetTimestamp();
            using var response = await system.Http.SendAsync(request, cancellationToken);
            response.EnsureSuccessStatusCode();

            // The first ones find nothing compiled.
            if (batch >= 3) took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);

            // Meta sends the next one when the backlog of the last is gone; what it costs afterwards is what ./bench path measures.
            await Answered(system, cancellationToken);
        }

        return took;
    }

    private static async Task Answered(TestedSystem system, CancellationToken cancellationToken)
    {
        for (var (before, now) = (-1, 0); before != now; await Task.Delay(1000, cancellationToken))
        {
            before = now;
            now = (await system.Outbox.ReadAll(0, cancellationToken, "whatsapp-cloud")).Count;
        }
    }
}
