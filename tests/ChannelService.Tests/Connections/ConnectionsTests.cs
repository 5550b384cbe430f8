using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Operations;
using Assistify.ChannelService.Twilio;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Tests.Connections;

public sealed class ConnectionsTests
{
    private const string Sid = "AC00000000000000000000000000000002";
    private const string Token = "11111111111111111111111111111111";
    private const string Number = "whatsapp:+441632960002";

    [Test]
    public async Task Only_admins_and_owners_have_connections_and_only_their_own_workspaces()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var made = await Create(app, app.Operator());
        var path = $"/api/connections/{made["id"]}";

        Assert.That((await app.Http.GetAsync("/api/connections")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        foreach (var role in new[] { "viewer", "agent" })
            Assert.That((await app.Operator(role).GetAsync("/api/connections")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), role);
        Assert.That((await app.Operator("owner").GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var stranger = app.Operator("owner", Guid.NewGuid());
        Assert.That((await stranger.GetFromJsonAsync<JsonObject>("/api/connections"))!["items"]!.AsArray(), Is.Empty);
        Assert.That((await stranger.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.PatchAsJsonAsync(path, new { name = "mine" })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.DeleteAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.PostAsync($"{path}/test", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.PostAsJsonAsync($"{path}/observe", new { hours = 1 })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.GetAsync($"{path}/observations")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_connection_receives_and_sends_at_once_and_shows_no_credentials()
    {
        await using var app = await ChannelApp.Start();
        var made = await Create(app, app.Operator());
        var id = made["id"]!.GetValue<Guid>();

        Assert.That(made["webhookUrl"]!.GetValue<string>(), Is.EqualTo($"https://desk.example.com/api/webhooks/whatsapp/{id}"));
        Assert.That(made["secretsSet"]!.AsArray().Select(name => name!.GetValue<string>()), Is.EqualTo(new[] { "authToken" }));
        Assert.That(made["check"]!["state"]!.GetValue<string>(), Is.EqualTo("ok"));
        Assert.That(made.ToJsonString(), Does.Not.Contain(Token));
        Assert.That(await app.Operator().GetStringAsync("/api/connections"), Does.Not.Contain(Token));
        Assert.That(await app.Scalar("SELECT count(*) FROM connections WHERE settings::text LIKE '%1111%' OR encode(secrets, 'escape') LIKE '%1111%'"), Is.EqualTo(0L));

        Assert.That((await Receive(app, id, "SM1")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(app.Broker.Messages.Single().ConnectionId, Is.EqualTo(id));
        Assert.That(app.Broker.Messages.Single().BurstWait, Is.EqualTo(TimeSpan.FromMilliseconds(300)));

        var delivery = app.Delivery() with { ConnectionId = id };
        await app.Deliver(delivery);
        await app.Row(delivery.DeliveryId, LedgerStatus.Sent);
        Assert.That(app.Twilio.Outbox.Single().From, Is.EqualTo(Number));
        Assert.That(app.Twilio.Outbox.Single().StatusCallback, Does.StartWith($"https://desk.example.com/api/webhooks/whatsapp/{id}/status?"));
    }

    [Test]
    public async Task Another_replica_hears_of_a_change_and_sends_for_a_connection_that_it_never_heard_of()
    {
        await using var one = await ChannelApp.Start();
        await using var other = await ChannelApp.Start(beside: one);
        var made = await Create(one, one.Operator());
        var id = made["id"]!.GetValue<Guid>();

        var delivery = other.Delivery() with { ConnectionId = id };
        await other.Deliver(delivery);
        await other.Row(delivery.DeliveryId, LedgerStatus.Sent);

        Assert.That((await one.Operator().DeleteAsync($"/api/connections/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await Poll.Get(() => other.Get<ChannelAdapters>().Find(id), found => found is null, "the other replica serves it no more");
        Assert.That((await Receive(other, id, "SM2")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var late = other.Delivery(previous: delivery.DeliveryId) with { ConnectionId = id };
        await other.Deliver(late);
        Assert.That((await other.Row(late.DeliveryId, LedgerStatus.Failed)).ErrorCode, Is.EqualTo("no_connection"));
    }

    [Test]
    public async Task A_changed_number_of_messages_a_second_and_changed_credentials_count_for_the_next_message()
    {
        await using var app = await ChannelApp.Start();
        var id = (await Create(app, app.Operator()))["id"]!.GetValue<Guid>();

        var changed = await Body(await app.Operator().PatchAsJsonAsync(
            $"/api/connections/{id}", new { name = "Shop", settings = new { messagesPerSecond = 5, authToken = "22222222222222222222222222222222", authTokenSecondary = Token } }));
        Assert.That((changed["name"]!.GetValue<string>(), changed["settings"]!["messagesPerSecond"]!.GetValue<int>()), Is.EqualTo(("Shop", 5)));
        Assert.That(changed["settings"]!["from"]!.GetValue<string>(), Is.EqualTo(Number), "what is not named stays");
        Assert.That(changed["secretsSet"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((await Receive(app, id, "SM1")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "the token before is still accepted");

        var delivery = app.Delivery() with { ConnectionId = id };
        await app.Deliver(delivery);
        await app.Row(delivery.DeliveryId, LedgerStatus.Sent);
        Assert.That(app.Twilio.Authorizations[^1], Is.EqualTo("Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Sid}:22222222222222222222222222222222"))));

        var without = await Body(await app.Operator().PatchAsJsonAsync($"/api/connections/{id}", new JsonObject { ["settings"] = new JsonObject { ["authTokenSecondary"] = null } }));
        Assert.That(without["secretsSet"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await Receive(app, id, "SM2")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task An_account_is_connected_once_in_all_workspaces()
    {
        await using var app = await ChannelApp.Start(workers: false);
        await Create(app, app.Operator());

        var again = await app.Operator(workspaceId: Guid.NewGuid()).PostAsJsonAsync("/api/connections", Request());
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        var configured = await app.Operator().PostAsJsonAsync(
            "/api/connections", Request(("accountSid", ChannelApp.AccountSid), ("from", ChannelApp.Number)));
        Assert.That(configured.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Systems_of_workspaces_own_are_side_by_side_and_told_apart_by_their_secrets()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var ids = new List<Guid>();
        foreach (var (workspace, secret) in new[] { (Guid.NewGuid(), "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), (Guid.NewGuid(), "whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB") })
        {
            var made = await Body(await app.Operator(workspaceId: workspace).PostAsJsonAsync("/api/connections", new { provider = "Custom", settings = new { secret } }));
            Assert.That((made.ContainsKey("account"), made["check"]!["state"]!.GetValue<string>()), Is.EqualTo((false, "unchecked")));
            ids.Add(made["id"]!.GetValue<Guid>());
            Assert.That((await app.Operator(workspaceId: workspace).PatchAsJsonAsync($"/api/connections/{made["id"]}", new { name = "ours" })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(ids, Is.Unique);
        Assert.That(ids.Select(id => app.Get<ChannelAdapters>().Find(id)), Has.None.Null);
    }

    [TestCase("http://127.0.0.1:9000/hook", false)]
    [TestCase("http://[::1]/hook", false)]
    [TestCase("http://169.254.169.254/latest", false)]
    [TestCase("https://shop.example.com/hook", true)]
    public async Task Answers_are_not_sent_into_the_inner_network(string address, bool taken)
    {
        await using var app = await ChannelApp.Start(workers: false);

        var response = await app.Operator().PostAsJsonAsync(
            "/api/connections", new { provider = "Custom", settings = new { secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", callbackUrl = address } });

        Assert.That(response.StatusCode, Is.EqualTo(taken ? HttpStatusCode.Created : HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Two_who_connect_the_same_account_at_once_make_one_connection()
    {
        await using var app = await ChannelApp.Start(workers: false);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Operator().PostAsJsonAsync("/api/connections", Request())));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(7));
    }

    [Test]
    public async Task What_is_wrong_is_said_by_field()
    {
        await using var app = await ChannelApp.Start(workers: false);

        Assert.That(await Errors(new { provider = "Fax" }), Contains.Key("provider"));
        Assert.That(await Errors(new { provider = "twilio" }), Contains.Key("settings"));
        Assert.That(await Errors(Request(("colour", "red"))), Contains.Key("settings.colour"));
        Assert.That(await Errors(Request(("from", "+441632960002"))), Contains.Key("settings.from"));
        Assert.That(await Errors(Request(("burstWaitMs", 60_001))), Contains.Key("settings.burstWaitMs"));
        Assert.That(await Errors(Request(("burstWaitMs", "soon"))), Contains.Key("settings.burstWaitMs"));
        Assert.That(await Errors(Request(("signatureMode", "observe"))), Contains.Key("settings.signatureMode"));
        Assert.That(await Errors(Request(("authToken", null))), Contains.Key("settings.authToken"));
        Assert.That(await Errors(Request(("accountSid", "AC1\n2"))), Contains.Key("settings.accountSid"));
        Assert.That(await Errors(new { provider = "Twilio", name = new string('x', 101) }), Contains.Key("name"));

        async Task<Dictionary<string, string[]>> Errors(object request)
        {
            var response = await app.Operator().PostAsJsonAsync("/api/connections", request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), await response.Content.ReadAsStringAsync());
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.That(problem.GetProperty("traceId").GetString(), Is.Not.Empty);
            return problem.GetProperty("errors").Deserialize<Dictionary<string, string[]>>()!;
        }
    }

    [TestCase("https://evil.example.com", false)]
    [TestCase("http://api.twilio.com", false)]
    [TestCase("https://api.twilio.com.evil.example", false)]
    [TestCase("https://eviltwilio.com", false)]
    [TestCase("http://127.0.0.1:9000", false)]
    [TestCase("https://api.dublin.ie1.twilio.com", true)]
    [TestCase("http://twilio.test", true)]
    public async Task Credentials_go_to_the_providers_own_hosts_or_where_configuration_says(string address, bool taken)
    {
        await using var app = await ChannelApp.Start(workers: false);

        var response = await app.Operator().PostAsJsonAsync("/api/connections", Request(("apiBaseUrl", address)));

        Assert.That(response.StatusCode, Is.EqualTo(taken ? HttpStatusCode.Created : HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Another_account_is_another_connection_and_configured_ones_are_read_only()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var id = (await Create(app, app.Operator()))["id"];

        Assert.That((await app.Operator().PatchAsJsonAsync($"/api/connections/{id}", new { settings = new { from = "whatsapp:+441632960009" } })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        var configured = (await app.Operator().GetFromJsonAsync<JsonObject>("/api/connections"))!["items"]![0]!;
        Assert.That((configured["source"]!.GetValue<string>(), configured["id"]!.GetValue<Guid>()), Is.EqualTo(("configuration", app.ConnectionId)));
        Assert.That((await app.Operator().PatchAsJsonAsync($"/api/connections/{app.ConnectionId}", new { name = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await app.Operator().DeleteAsync($"/api/connections/{app.ConnectionId}")).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await app.Operator().PostAsJsonAsync($"/api/connections/{app.ConnectionId}/test", new { })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_test_call_says_what_the_provider_said()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var id = (await Create(app, app.Operator()))["id"];
        app.Twilio.ListFails = true;

        var check = await Body(await app.Operator().PostAsync($"/api/connections/{id}/test", null));

        Assert.That((check["state"]!.GetValue<string>(), check["code"]!.GetValue<string>()), Is.EqualTo(("failed", "400")));
    }

    [Test]
    public async Task Observing_lets_marked_messages_through_reports_them_and_ends()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var id = (await Create(app, app.Operator()))["id"]!.GetValue<Guid>();
        Assert.That((await Receive(app, id, "SM1", "a wrong token of another kind!!")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await app.Operator().PostAsJsonAsync($"/api/connections/{id}/observe", new { hours = 73 })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

        var observing = await Body(await app.Operator().PostAsJsonAsync($"/api/connections/{id}/observe", new { hours = 2 }));
        Assert.That(observing["signatureMode"]!.GetValue<string>(), Is.EqualTo("observe"));
        Assert.That((await Receive(app, id, "SM2", "a wrong token of another kind!!")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(app.Broker.Messages.Single().Verified, Is.False);

        var report = (await app.Operator().GetFromJsonAsync<JsonObject>($"/api/connections/{id}/observations"))!["items"]!.AsArray();
        Assert.That(report.Select(item => (item!["reason"]!.GetValue<string>(), item["letThrough"]!.GetValue<bool>())), Is.EquivalentTo(new[] { ("signature_mismatch", false), ("signature_mismatch", true) }));
        Assert.That(report[0]!["likelyCause"]!.GetValue<string>(), Does.Contain("secret"));

        app.Time.Advance(TimeSpan.FromHours(2));
        Assert.That((await Receive(app, id, "SM3", "a wrong token of another kind!!")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        var again = await Body(await app.Operator().PostAsJsonAsync($"/api/connections/{id}/observe", new { hours = 1 }));
        Assert.That(again["signatureMode"]!.GetValue<string>(), Is.EqualTo("observe"));
        var enforced = await Body(await app.Operator().PostAsync($"/api/connections/{id}/enforce", null));
        Assert.That(enforced["signatureMode"]!.GetValue<string>(), Is.EqualTo("enforce"));
        Assert.That((await Receive(app, id, "SM4", "a wrong token of another kind!!")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_report_names_a_proxys_address_another_connection_and_another_account()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var id = (await Create(app, app.Operator()))["id"]!.GetValue<Guid>();
        await app.Operator().PostAsJsonAsync($"/api/connections/{id}/observe", new { hours = 1 });
        var path = $"/api/webhooks/whatsapp/{id}";

        await Receive(app, id, "SM1", signedUrl: $"https://inside.example.net{path}", forwardedHost: "inside.example.net");
        await Receive(app, id, "SM2", ChannelApp.AuthToken, signedUrl: ChannelApp.PublicUrl);
        await Receive(app, id, "SM3", account: "AC00000000000000000000000000000003");

        var report = (await app.Operator().GetFromJsonAsync<JsonObject>($"/api/connections/{id}/observations"))!["items"]!.AsArray();
        var causes = report.ToDictionary(item => item!["reason"]!.GetValue<string>(), item => item!["likelyCause"]!.GetValue<string>());
        Assert.That(causes["signature_mismatch; other_address"], Does.Contain("proxy"));
        Assert.That(causes["signature_mismatch; other_connection"], Does.Contain("another connection"));
        Assert.That(causes[$"account_mismatch: AC00000000000000000000000000000003/{Number}"], Does.Contain("another account"));
    }

    [Test]
    public async Task Health_shows_traffic_failures_and_an_unusual_silence()
    {
        await using var app = await ChannelApp.Start();
        var id = (await Create(app, app.Operator()))["id"]!.GetValue<Guid>();
        for (var hour = 0; hour < 15; hour++)
        {
            await Receive(app, id, $"SM{hour}");
            app.Time.Advance(TimeSpan.FromHours(2));
        }
        app.Twilio.OnSend = message => message.Body == "no" ? FakeTwilio.Mode.OptedOut : FakeTwilio.Mode.Accept;
        var (sent, refused) = (app.Delivery("yes") with { ConnectionId = id }, app.Delivery("no", "whatsapp:+447700900999") with { ConnectionId = id });
        await app.Deliver(sent);
        await app.Deliver(refused);
        await app.Row(sent.DeliveryId, LedgerStatus.Sent);
        await app.Row(refused.DeliveryId, LedgerStatus.Failed);

        var health = (await Body(await app.Operator().GetAsync($"/api/connections/{id}")))["health"]!;
        Assert.That(health["lastOutboundAt"]!.GetValue<DateTimeOffset>(), Is.EqualTo(app.Time.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
        Assert.That(health["lastInboundAt"]!.GetValue<DateTimeOffset>(), Is.EqualTo(app.Time.GetUtcNow() - TimeSpan.FromHours(2)).Within(TimeSpan.FromMinutes(1)));
        Assert.That((health["sent"]!.GetValue<int>(), health["failed"]!.GetValue<int>(), health["errorRate"]!.GetValue<double>()), Is.EqualTo((2, 1, 0.5)));
        Assert.That(health["silent"]!.GetValue<bool>(), Is.False, "two hours are its rhythm");

        app.Time.Advance(TimeSpan.FromHours(3));
        health = (await Body(await app.Operator().GetAsync($"/api/connections/{id}")))["health"]!;
        Assert.That(health["silent"]!.GetValue<bool>(), Is.True);
        Assert.That(health["sent"]!.GetValue<int>(), Is.Zero, "the last hour only");
    }

    [Test]
    public async Task A_changed_key_reads_the_credentials_of_before_and_a_lost_key_is_said()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var id = (await Create(app, app.Operator()))["id"]!.GetValue<Guid>();
        var key = Convert.ToBase64String([.. Enumerable.Range(32, 32).Select(n => (byte)n)]);

        await using (var lost = await ChannelApp.Start(beside: app, settings: new Dictionary<string, string?> { ["Secrets:Key"] = key }))
        {
            var shown = await Body(await lost.Operator().GetAsync($"/api/connections/{id}"));
            Assert.That(shown["problem"]!.GetValue<string>(), Does.Contain("Secrets__Key"));
        }

        await using var changing = await ChannelApp.Start(
            beside: app, settings: new Dictionary<string, string?> { ["Secrets:Key"] = key, ["Secrets:PreviousKey"] = ChannelApp.SecretsKey });
        Assert.That((await Receive(changing, id, "SM1")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await changing.Operator().PatchAsJsonAsync($"/api/connections/{id}", new { })).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await using var changed = await ChannelApp.Start(beside: app, settings: new Dictionary<string, string?> { ["Secrets:Key"] = key });
        Assert.That((await Receive(changed, id, "SM2")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "saved again, it is under the new key");
    }

    [Test]
    public async Task Every_change_is_told_to_the_audit_log_once_also_after_the_broker_was_away()
    {
        await using var app = await ChannelApp.Start(workers: false);
        app.Broker.IsAway = true;
        var id = (await Create(app, app.Operator()))["id"]!.GetValue<Guid>();
        await app.Operator().PatchAsJsonAsync($"/api/connections/{id}", new { settings = new { authToken = Token } });
        await app.Operator().DeleteAsync($"/api/connections/{id}");
        Assert.That(() => app.Get<OperatorActionNews>().Publish(default), Throws.InstanceOf<BrokerUnavailableException>());

        app.Broker.IsAway = false;
        await app.Get<OperatorActionNews>().Publish(default);
        await app.Get<OperatorActionNews>().Publish(default);

        Assert.That(
            app.Broker.Published.OfType<ActionAudited>().Select(entry => (entry.Action, entry.Detail, entry.SubjectId)),
            Is.EqualTo(new[]
            {
                ("connection.created", "provider: Twilio", id.ToString()), ("connection.changed", "credentials", id.ToString()),
                ("connection.deleted", (string?)null, id.ToString()),
            }));
    }

    private static JsonObject Request(params (string Name, object? Value)[] changes)
    {
        var settings = new JsonObject
        {
            ["accountSid"] = Sid, ["authToken"] = Token, ["from"] = Number, ["apiBaseUrl"] = "http://twilio.test", ["burstWaitMs"] = 300,
        };
        foreach (var (name, value) in changes) settings[name] = JsonSerializer.SerializeToNode(value);
        return new JsonObject { ["provider"] = "Twilio", ["settings"] = settings };
    }

    private static async Task<JsonObject> Create(ChannelApp app, HttpClient client)
    {
        var response = await client.PostAsJsonAsync("/api/connections", Request());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), await response.Content.ReadAsStringAsync());
        Assert.That(app.Get<ChannelAdapters>().All, Has.Count.EqualTo(2));
        return await Body(response);
    }

    private static async Task<JsonObject> Body(HttpResponseMessage response)
    {
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task<HttpResponseMessage> Receive(
        ChannelApp app, Guid id, string sid, string token = Token, string account = Sid, string? signedUrl = null, string? forwardedHost = null)
    {
        var form = ChannelApp.Message(sid);
        (form["AccountSid"], form["To"]) = (account, Number);
        var path = $"/api/webhooks/whatsapp/{id}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", TwilioSignature.Compute(signedUrl ?? $"https://desk.example.com{path}", TwilioForm.Of(form), token));
        if (forwardedHost is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", forwardedHost);
        }
        return await app.Http.SendAsync(request);
    }
}
