using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Tests.Meta;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChannelService.Tests.Connections;

/// <summary>What nobody would notice is noticed, told once and taken back when it is over.</summary>
public sealed class ConnectionWatchTests
{
    [Test]
    public async Task Unusual_silence_is_told_once_and_ends_with_the_next_message()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var id = app.ConnectionId;
        await Rhythm(app, id);

        await app.Get<ConnectionWatch>().Look(default);
        Assert.That(Told(app), Is.Empty, "two hours are its rhythm");

        app.Time.Advance(TimeSpan.FromHours(3));
        await app.Get<ConnectionWatch>().Look(default);
        await app.Get<ConnectionWatch>().Look(default);
        var alarm = Told(app).Single();
        Assert.That((alarm.ConnectionId, alarm.Channel, alarm.Kind, alarm.WorkspaceId), Is.EqualTo((id, "whatsapp", "silent", Identifiers.DefaultWorkspace)));
        Assert.That(await Alarms(app, id), Is.EqualTo(new[] { "silent" }));

        await app.Post(ChannelApp.Message("SM1"));
        await app.Get<ConnectionWatch>().Look(default);
        Assert.That(await Alarms(app, id), Is.Empty);
        Assert.That(Told(app), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_alarm_that_the_broker_did_not_take_is_told_later()
    {
        await using var app = await ChannelApp.Start(workers: false);
        await Rhythm(app, app.ConnectionId);
        app.Time.Advance(TimeSpan.FromHours(3));
        app.Broker.IsAway = true;
        Assert.That(async () => await app.Get<ConnectionWatch>().Look(default), Throws.Exception);

        app.Broker.IsAway = false;
        await app.Get<ConnectionWatch>().Look(default);

        Assert.That(Told(app).Select(alarm => alarm.Kind), Is.EqualTo(new[] { "silent" }));
    }

    [Test]
    public async Task Credentials_that_are_refused_or_end_soon_are_told_before_a_customer_notices()
    {
        var (app, graph) = await FakeGraph.Start(workers: false);
        await using var running = app;
        using var api = graph;
        var ends = app.Time.GetUtcNow().AddDays(3);
        graph.TokenEnds = ends;

        await app.Get<ConnectionWatch>().Look(default);

        Assert.That(await Alarms(app, FakeGraph.Connection("whatsapp")), Is.EqualTo(new[] { "credentials_expire" }));
        Assert.That(await Alarms(app, FakeGraph.Connection("facebook")), Is.EqualTo(new[] { "credentials" }), "its token is refused");
        var soon = Told(app).Single(alarm => alarm.Kind == "credentials_expire");
        Assert.That(soon.Detail, Is.EqualTo(ends.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));

        // Renewed for two months.
        graph.TokenEnds = app.Time.GetUtcNow().AddDays(60);
        app.Time.Advance(TimeSpan.FromHours(1));
        await app.Get<ConnectionWatch>().Look(default);
        Assert.That(await Alarms(app, FakeGraph.Connection("whatsapp")), Is.Empty);
    }

    [Test]
    public async Task A_token_that_ends_by_itself_is_renewed_each_week_and_warned_of_only_where_that_fails()
    {
        var (app, graph) = await FakeGraph.Start(workers: false);
        await using var running = app;
        using var api = graph;
        var made = await app.Operator().PostAsJsonAsync("/api/connections", new
        {
            provider = "Instagram", name = "Second account",
            settings = new { accountId = "17841400000000002", accessToken = "ig-stored", appSecret = FakeGraph.Secret, verifyToken = "verify", apiBaseUrl = "http://graph.test" },
        });
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Created), await made.Content.ReadAsStringAsync());
        var id = JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!.GetValue<Guid>();
        var watch = app.Get<ConnectionWatch>();

        await watch.Look(default);
        Assert.That(await Token(app, id), Is.EqualTo("ig-stored"), "in its first day Instagram refuses");

        graph.RenewsTo = "ig-stored-2";
        app.Time.Advance(TimeSpan.FromHours(1));
        await watch.Look(default);
        Assert.That(await Token(app, id), Is.EqualTo("ig-stored-2"));
        Assert.That(await app.Scalar("SELECT count(*) FROM connections WHERE encode(secrets, 'escape') LIKE '%ig-stored%'"), Is.Zero);
        Assert.That(await Alarms(app, id), Is.Empty);

        graph.RenewsTo = "ig-stored-3";
        app.Time.Advance(TimeSpan.FromHours(1));
        await watch.Look(default);
        Assert.That(await Token(app, id), Is.EqualTo("ig-stored-2"), "not before a week");

        app.Time.Advance(TimeSpan.FromDays(7));
        await watch.Look(default);
        Assert.That(await Token(app, id), Is.EqualTo("ig-stored-3"));

        graph.RenewsTo = null;
        app.Time.Advance(TimeSpan.FromDays(55));
        await watch.Look(default);
        Assert.That(await Alarms(app, id), Is.EqualTo(new[] { "credentials_expire" }));
    }

    [Test]
    public async Task Instagrams_own_rules_are_kept_the_renewed_token_sends_and_on_its_first_day_it_stays()
    {
        await using var sandbox = new SandboxProviders();
        var instagram = sandbox.Settings.Where(setting => setting.Key.StartsWith("Channels:Instagram:", StringComparison.Ordinal)).ToDictionary();
        await using var app = await ChannelApp.Start(
            workers: false,
            settings: sandbox.Settings.Where(setting => !instagram.ContainsKey(setting.Key) || setting.Key.EndsWith(":ApiBaseUrl", StringComparison.Ordinal)).ToDictionary());
        var made = await app.Operator().PostAsJsonAsync("/api/connections", new
        {
            provider = "Instagram", name = "Shop",
            settings = new
            {
                accountId = FakeGraph.Account, accessToken = "ig-token", appSecret = FakeGraph.Secret, verifyToken = "verify",
                apiBaseUrl = instagram["Channels:Instagram:ApiBaseUrl"],
            },
        });
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Created), await made.Content.ReadAsStringAsync());
        var id = JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!.GetValue<Guid>();

        await app.Get<ConnectionWatch>().Look(default);
        var renewed = await Token(app, id);
        Assert.That(renewed, Does.StartWith("IGAA"));
        await app.Get<ServedConnections>().Refresh(default);
        var sent = await app.Get<ChannelAdapters>().Find(id)!.Send(new OutboundMessage(Guid.CreateVersion7(), 0, "1254459154682919", "hola", null), default);
        Assert.That(sent, Is.TypeOf<SendResult.Accepted>());

        app.Time.Advance(TimeSpan.FromDays(8));
        await app.Get<ConnectionWatch>().Look(default);
        Assert.That(await Token(app, id), Is.EqualTo(renewed), "the sandbox's clock says that it is of today");
    }

    private static async Task<string> Token(ChannelApp app, Guid id)
    {
        var stored = (await app.Get<ConnectionStore>().Find(Identifiers.DefaultWorkspace, id, default))!;
        return app.Get<ConnectionSecrets>().Unprotect(id, stored.Secrets)["accessToken"];
    }

    private static List<ConnectionAlarmed> Told(ChannelApp app) => [.. app.Broker.Published.OfType<ConnectionAlarmed>()];

    private static async Task<IEnumerable<string>> Alarms(ChannelApp app, Guid connectionId)
    {
        var answer = await app.Operator().GetAsync($"/api/connections/{connectionId}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var health = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["health"];
        return health!["alarms"]!.AsArray().Select(alarm => alarm!["kind"]!.GetValue<string>());
    }

    /// <summary>A message every two hours for two days.</summary>
    private static async Task Rhythm(ChannelApp app, Guid connectionId)
    {
        await using var database = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = database.CreateCommand(
            """
            INSERT INTO webhook_logs (id, workspace_id, connection_id, channel, outcome, received_at)
            SELECT gen_random_uuid(), $1, $2, 'whatsapp', 'accepted', $3::timestamptz - n * interval '2 hours' FROM generate_series(1, 24) n
            """);
        command.Parameters.AddWithValue(Identifiers.DefaultWorkspace);
        command.Parameters.AddWithValue(connectionId);
        command.Parameters.AddWithValue(app.Time.GetUtcNow());
        await command.ExecuteNonQueryAsync();
    }
}
