using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests;

internal sealed class SandboxTests
{
    [Test]
    public async Task It_does_not_start_in_production()
    {
        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseEnvironment("Production"));

        Assert.That(() => factory.CreateClient(), Throws.Exception);
    }

    [Test]
    public async Task The_page_learns_its_channels_and_is_served()
    {
        await using var sandbox = await SandboxUnderTest.Start();

        var channels = await sandbox.Program.GetFromJsonAsync<JsonElement>("/sandbox/api/channels");
        using var page = await sandbox.Program.GetAsync("/sandbox/");
        using var asset = await sandbox.Program.GetAsync("/sandbox/assets/missing.js");
        using var outside = await sandbox.Program.GetAsync("/sandbox/..%2f..%2fSandbox.csproj");

        Assert.That(channels[0].GetProperty("channel").GetString(), Is.EqualTo("whatsapp"));
        Assert.That(channels[0].GetProperty("address").GetString(), Is.EqualTo(SandboxUnderTest.From));
        Assert.That(page.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
        Assert.That(asset.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(outside.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task An_open_page_sees_what_happens_and_reads_it()
    {
        await using var sandbox = await SandboxUnderTest.Start();
        using var events = await sandbox.Program.GetAsync("/sandbox/api/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync();

        await sandbox.Inbound(new { from = "+447700900123", text = "hello" });
        (await sandbox.SendText("answer")).Dispose();

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new List<string>();
        var exchanges = 0;
        while (seen.Count < 5)
        {
            var line = await reader.ReadLineAsync(deadline.Token);
            if (line == "event: exchange") exchanges++;
            else if (line!.StartsWith("event: ", StringComparison.Ordinal)) seen.Add(line["event: ".Length..]);
        }

        Assert.That(seen, Is.EqualTo(new[] { "inbound", "outbound", "status", "status", "status" }));
        Assert.That(exchanges, Is.EqualTo(2), "the webhook and the call");
    }
}
