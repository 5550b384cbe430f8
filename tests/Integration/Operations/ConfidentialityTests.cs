using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Assistify.Testing;

namespace Assistify.Integration.Operations;

/// <summary>Fixtures run by name, so this one searches what chaos and the journeys wrote too; what it needs by itself it does itself.</summary>
[TestFixture]
public sealed class ConfidentialityTests
{
    [OneTimeSetUp]
    public async Task Collect()
    {
        var visitor = await WebCustomer.Start(Shared.System.Http, new { email = Shared.Confidential.Add("a visitor's e-mail", "quokka.visitor@visitor.example") });
        await visitor.Write(Shared.System.Http, new { text = Shared.Confidential.Add("a visitor's text", "Do you ship to Cyprus, quokkavisitor?") });
        using var sent = await Shared.System.Http.PostAsJsonAsync("/sandbox/api/whatsapp/inbound", new
        {
            from = Shared.Confidential.Add("a customer's phone", "+447700900998"),
            text = Shared.Confidential.Add("a customer's text", "When are you open, quokkacustomer?"),
            profileName = Shared.Confidential.Add("a customer's name", "Quokkaname"),
        });
        await Eventually.IsTrue(async () => (await Shared.System.Outbox.ReadOf("+447700900998", CancellationToken.None)).Count == 1);

        // The mistakes people make: a token in a query, a wrong password, a webhook that is refused.
        var token = Shared.Confidential.AddToken("an operator's token", await Shared.System.Operator.Login(CancellationToken.None));
        using var query = await Shared.System.Http.GetAsync($"/api/conversations/list?access_token={token}&q={Shared.Confidential.Add("a search", "quokkasearch")}");
        using var login = await Shared.System.Http.PostAsync("/api/auth/login", new StringContent(
            $$"""{"email":"{{Shared.Confidential.Add("an unknown e-mail", "nobody.quokka@visitor.example")}}","password":"{{Shared.Confidential.Add("a wrong password", "quokka-wrong-password")}}"}""", Encoding.UTF8, "application/json"));
        using var webhook = await Shared.System.Http.PostAsync("/api/webhooks/whatsapp", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["MessageSid"] = "SM00000000000000000000000000000001",
            ["From"] = "whatsapp:" + Shared.Confidential.Add("a stranger's phone", "+447700900999"),
            ["Body"] = Shared.Confidential.Add("a stranger's text", "quokkastranger"),
        }));

        foreach (var (name, value) in Shared.System.EnvironmentOf("channels").Concat(Shared.System.EnvironmentOf("chat")))
        {
            if (name is "Channels__Twilio__AuthToken" or "Secrets__Key" or "Owner__Password") Shared.Confidential.Add(name, value);
            if (name.StartsWith("ConnectionStrings__", StringComparison.Ordinal) && Password(value) is { Length: > 5 } password)
                Shared.Confidential.Add($"the password in {name}", password);
        }
    }

    [Test]
    public void Logs_hold_no_text_address_token_or_secret()
    {
        var files = Directory.EnumerateFiles(Shared.System.Running.DataFolder, "*.log*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Shared.System.Running.DataFolder, "logs"), "*", SearchOption.AllDirectories)).Distinct().ToList();

        Assert.That(files, Has.Count.GreaterThan(5));
        Assert.That(files.SelectMany(file => Found(Path.GetFileName(file), Read(file))), Is.Empty);
        Assert.That(Found("terminal", Shared.System.Running.Output), Is.Empty);
    }

    [Test]
    public async Task Traces_and_structured_logs_of_the_dashboard_hold_no_text_address_token_or_secret()
    {
        var dashboard = Shared.System.Running.Resources.FirstOrDefault(resource => resource.Resource == "dashboard");
        if (dashboard is null) Assert.Ignore("The dashboard is not installed.");
        var key = Shared.System.EnvironmentOf("chat")["OTEL_EXPORTER_OTLP_HEADERS"].Split('=', 2)[1];
        var address = dashboard.Endpoints.Count > 0 ? new Uri(dashboard.Endpoints[0]).GetLeftPart(UriPartial.Authority) : Shared.System.EnvironmentOf("dashboard")["ASPNETCORE_URLS"];
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Add("x-api-key", key);
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        var traces = "";
        await Eventually.IsTrue(async () =>
        {
            using var response = await http.GetAsync("/api/telemetry/traces");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            return (traces = await response.Content.ReadAsStringAsync()).Contains("/api/webhooks", StringComparison.Ordinal);
        });
        using var logs = await http.GetAsync("/api/telemetry/logs");

        Assert.That(Found("traces", traces), Is.Empty);
        Assert.That(Found("structured logs", await logs.Content.ReadAsStringAsync()), Is.Empty);
    }

    private static IEnumerable<string> Found(string where, string text)
    {
        foreach (var (value, what) in Shared.Confidential.Values)
        {
            var at = text.IndexOf(value, StringComparison.Ordinal);
            if (at >= 0) yield return $"{where} holds {what}: …{text[Math.Max(0, at - 150)..Math.Min(text.Length, at + value.Length + 20)]}…";
        }
    }

    // Still open for writing, and named *.log only for being the server's log.
    private static string Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    private static string? Password(string connectionString) =>
        Uri.TryCreate(connectionString, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal)
            ? uri.UserInfo.Split(':', 2)[1]
            : connectionString.Split(';', ',').Select(part => part.Split('=', 2)).FirstOrDefault(part => part.Length == 2 && part[0].Trim().Equals("password", StringComparison.OrdinalIgnoreCase))?[1];
}
