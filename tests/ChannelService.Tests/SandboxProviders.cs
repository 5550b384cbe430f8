using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChannelService.Tests.Meta;
using Assistify.Sandbox;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.ChannelService.Tests;

/// <summary>The sandbox's Slack, Messenger and Instagram on a real port. Their webhooks reach nobody: what the service knows of them it has asked for.</summary>
internal sealed class SandboxProviders : IAsyncDisposable
{
    public const string SlackSecret = "6f1a2b3c4d5e6f708192a3b4c5d6e7f8";

    // Nobody listens there.
    private const string Nowhere = "http://127.0.0.1:9";

    private static readonly Dictionary<string, string?> s_credentials = new()
    {
        ["Channels:Slack:SigningSecret"] = SlackSecret, ["Channels:Slack:BotToken"] = "xoxb-1-2-abc",
        ["Channels:Messenger:PageId"] = FakeGraph.Page, ["Channels:Messenger:AccessToken"] = "page-token", ["Channels:Messenger:AppSecret"] = FakeGraph.Secret,
        ["Channels:Messenger:VerifyToken"] = "verify",
        ["Channels:Instagram:AccountId"] = FakeGraph.Account, ["Channels:Instagram:AccessToken"] = "ig-token", ["Channels:Instagram:AppSecret"] = FakeGraph.Secret,
        ["Channels:Instagram:VerifyToken"] = "verify",
    };

    private readonly WebApplicationFactory<SandboxOptions> _sandbox;
    private readonly HttpClient _program;

    public SandboxProviders()
    {
        _sandbox = new WebApplicationFactory<SandboxOptions>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Development");
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("Sandbox:DeliverTo", Nowhere);
            host.UseSetting("Sandbox:RetrySpeed", "1000000");
            host.UseSetting("Channels:Twilio:AccountSid", ChannelApp.AccountSid);
            host.UseSetting("Channels:Twilio:AuthToken", ChannelApp.AuthToken);
            host.UseSetting("Channels:Twilio:From", ChannelApp.Number);
            host.UseSetting("Channels:Twilio:PublicUrl", ChannelApp.PublicUrl);
            foreach (var (key, value) in s_credentials) host.UseSetting(key, value);
        });
        _sandbox.UseKestrel(0);
        _sandbox.StartServer();
        _program = _sandbox.CreateClient();
        var address = _sandbox.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Settings = new Dictionary<string, string?>(s_credentials)
        {
            ["Channels:Slack:ApiBaseUrl"] = address, ["Channels:Messenger:ApiBaseUrl"] = address, ["Channels:Instagram:ApiBaseUrl"] = address,
        };
    }

    /// <summary>Connect the service to it.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>A customer writes; the webhook is lost.</summary>
    /// <returns>The provider's id of the message.</returns>
    public async Task<string> Write(string channel, string from, string text, string? replyTo = null, int count = 1)
    {
        using var response = await _program.PostAsJsonAsync($"/sandbox/api/{channel}/inbound", new { from, text, replyTo, count });
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messageSid").GetString()!;
    }

    public async Task SetFaults(string channel, object faults)
    {
        using var response = await _program.PutAsJsonAsync($"/sandbox/api/{channel}/faults", faults);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<IReadOnlyList<(string Sid, string Body)>> Outbox(string channel)
    {
        var page = await _program.GetFromJsonAsync<JsonElement>($"/sandbox/api/{channel}/outbox");
        return [.. page.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("sid").GetString()!, item.GetProperty("body").GetString()!))];
    }

    public async ValueTask DisposeAsync()
    {
        _program.Dispose();
        await _sandbox.DisposeAsync();
    }
}
