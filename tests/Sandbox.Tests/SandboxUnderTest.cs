using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests;

/// <summary>The sandbox on a real port, and the address that its webhooks go to.</summary>
internal sealed class SandboxUnderTest : IAsyncDisposable
{
    public const string AccountSid = "AC5d0f3f2c9c1b4e6fa7d88a2b1c3e4f50";
    public const string AuthToken = "3f1c9a5be7d24c60b8e1f0a9d6c7b214";
    public const string From = "whatsapp:+441632960001";
    public const string Customer = "whatsapp:+447700900123";
    public const string Messages = $"/2010-04-01/Accounts/{AccountSid}/Messages.json";

    private readonly WebApplication _receiver;
    private readonly WebApplicationFactory<Program> _sandbox;

    private SandboxUnderTest(WebApplication receiver, WebApplicationFactory<Program> sandbox, HttpClient twilio, HttpClient program)
    {
        (_receiver, _sandbox, Twilio, Program) = (receiver, sandbox, twilio, program);
    }

    /// <summary>Calls the API with the account's credentials.</summary>
    public HttpClient Twilio { get; }

    /// <summary>Calls it without.</summary>
    public HttpClient Program { get; }

    public ConcurrentQueue<Webhook> Webhooks { get; } = [];

    /// <summary>What the receiver answers to the n-th webhook, from 0.</summary>
    public Func<int, int> Answer { get; set; } = _ => 200;

    /// <summary>The body of the answer.</summary>
    public Func<Webhook, string> AnswerBody { get; set; } = _ => "";

    /// <summary>Headers of every answer.</summary>
    public Dictionary<string, string> AnswerHeaders { get; } = [];

    public static async Task<SandboxUnderTest> Start(
        string publicUrl = "https://desk.example.com/api/webhooks/whatsapp?tenant=t-101", Dictionary<string, string>? settings = null)
    {
        var receiverBuilder = WebApplication.CreateSlimBuilder();
        receiverBuilder.WebHost.UseUrls("http://127.0.0.1:0");
        receiverBuilder.Logging.ClearProviders();
        var receiver = receiverBuilder.Build();
        SandboxUnderTest? self = null;
        var received = -1;
        receiver.Map("/{**path}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var number = Interlocked.Increment(ref received);
            var webhook = Webhook.Of(context.Request, body.ToArray());
            self!.Webhooks.Enqueue(webhook);
            context.Response.StatusCode = self.Answer(number);
            foreach (var (name, value) in self.AnswerHeaders) context.Response.Headers[name] = value;
            await context.Response.WriteAsync(self.AnswerBody(webhook));
        });
        await receiver.StartAsync();
        var deliverTo = receiver.Services.GetServerAddress();

#pragma warning disable CA2000 // Disposed with the whole.
        var sandbox = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Development");
            host.UseSetting("Channels:Twilio:AccountSid", AccountSid);
            host.UseSetting("Channels:Twilio:AuthToken", AuthToken);
            host.UseSetting("Channels:Twilio:From", From);
            host.UseSetting("Channels:Twilio:PublicUrl", publicUrl);
            host.UseSetting("Sandbox:DeliverTo", deliverTo);
            host.UseSetting("Sandbox:RetrySpeed", "1000000");
            foreach (var (key, value) in Credentials.All) host.UseSetting(key, value);
            foreach (var (key, value) in settings ?? []) host.UseSetting(key, value);
        });
#pragma warning restore CA2000
        sandbox.UseKestrel(0);
        sandbox.StartServer();
        var twilio = sandbox.CreateClient();
        twilio.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}")));
        return self = new SandboxUnderTest(receiver, sandbox, twilio, sandbox.CreateClient());
    }

    public Task<HttpResponseMessage> Send(params (string Name, string Value)[] form) =>
        Twilio.PostAsync(Messages, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public Task<HttpResponseMessage> SendText(string text, string to = Customer) => Send(("To", to), ("From", From), ("Body", text));

    public Task<JsonElement> Inbound(object request) => Inbound("whatsapp", request);

    public async Task<JsonElement> Inbound(string channel, object request)
    {
        using var response = await Program.PostAsJsonAsync($"/sandbox/api/{channel}/inbound", request);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task SetFaults(object faults) => SetFaults("whatsapp", faults);

    public async Task SetFaults(string channel, object faults)
    {
        using var response = await Program.PutAsJsonAsync($"/sandbox/api/{channel}/faults", faults);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<List<JsonElement>> Outbox(string query = "") => OutboxOf("whatsapp", query);

    public async Task<List<JsonElement>> OutboxOf(string channel, string query = "")
    {
        var page = await Program.GetFromJsonAsync<JsonElement>($"/sandbox/api/{channel}/outbox?limit=10000" + query);
        return [.. page.GetProperty("items").EnumerateArray()];
    }

    /// <summary>Calls an API with a bearer token and JSON.</summary>
    public async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Call(string path, object? content, string? bearer = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? (content is null ? HttpMethod.Get : HttpMethod.Post), path);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (content is not null) request.Content = content as HttpContent ?? JsonContent.Create(content);
        var response = await Program.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : JsonSerializer.SerializeToElement(text), response);
    }

    /// <summary>The only webhook that came, once it came.</summary>
    public async Task<Webhook> TheWebhook() => (await Received(1)).Single();

    public async Task<List<Webhook>> Received(int count)
    {
        await Eventually(() => Task.FromResult(Webhooks.Count >= count));
        return [.. Webhooks];
    }

    public static async Task Eventually(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition()) await Task.Delay(10, deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _receiver.DisposeAsync();
        Twilio.Dispose();
        Program.Dispose();
    }
}

internal sealed record Webhook(
    string Method, string PathAndQuery, string Host, string? Signature, string? Token, Dictionary<string, string> Form, byte[] Raw, Dictionary<string, string> Headers)
{
    public string Body => Encoding.UTF8.GetString(Raw);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Raw);

    public string Query(string name) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(PathAndQuery[(PathAndQuery.IndexOf('?', StringComparison.Ordinal) + 1)..]).TryGetValue(name, out var value)
            ? value.ToString()
            : "";

    public static Webhook Of(HttpRequest request, byte[] body) => new(
        request.Method, request.Path + request.QueryString, request.Host.Value ?? "", request.Headers["X-Twilio-Signature"], request.Headers["I-Twilio-Idempotency-Token"],
        request.HasFormContentType
            ? Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).ToDictionary(p => p.Key, p => p.Value.ToString())
            : [],
        body, request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
}

internal static class ServerAddress
{
    public static string GetServerAddress(this IServiceProvider services) =>
        ((Microsoft.AspNetCore.Hosting.Server.IServer)services.GetService(typeof(Microsoft.AspNetCore.Hosting.Server.IServer))!)
            .Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
