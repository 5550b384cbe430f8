using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Teams;

public sealed class TeamTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private ChatHost _host = null!;
    private HttpClient _admin = null!;

    // Each test has the teams to itself.
    [SetUp]
    public void Start()
    {
        _host = new ChatHost();
        _admin = _host.Operator("admin");
    }

    [TearDown]
    public async Task Stop()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Handed_over_conversations_go_round_and_the_next_goes_to_whoever_becomes_free()
    {
        var (first, second) = (await _host.StoredOperator("agent"), await _host.StoredOperator("agent"));
        var team = await Team(new { name = "Support", capacity = 1, members = new[] { first.Id, second.Id } });
        var conversations = new List<Guid>();
        for (var i = 0; i < 3; i++) conversations.Add(await HandedOver());

        await Eventually.IsTrue(async () => (await Assignees(conversations)).OfType<Guid>().Count() == 2, s_patience);
        var assignees = await Assignees(conversations);
        Assert.That(assignees.Take(2), Is.EquivalentTo(new Guid?[] { first.Id, second.Id }), "who waits longest comes first, and each has room for one");
        Assert.That(assignees[2], Is.Null);
        Assert.That(await InTeam(team), Is.EquivalentTo(conversations));

        await _admin.PostAsJsonAsync($"/api/conversations/{conversations[0]}/close_conversation", new { });

        await Eventually.IsTrue(async () => (await Assignees(conversations))[2] == assignees[0], s_patience);
        var view = await _admin.GetFromJsonAsync<JsonElement>($"/api/conversations/{conversations[2]}");
        Assert.That(view.GetProperty("status").GetString(), Is.EqualTo("pending"), "being given is not answering");
        Assert.That(view.GetProperty("team").GetProperty("name").GetString(), Is.EqualTo("Support"));
        await Eventually.IsTrue(() => _host.Broker.Events.Count(e => e.Type == "Assign" && conversations.Contains(e.ConversationId)) == 3, s_patience);
    }

    [Test]
    public async Task Who_is_away_is_given_nothing_until_he_is_back()
    {
        var (away, here) = (await _host.StoredOperator("agent"), await _host.StoredOperator("agent"));
        await Team(new { name = "Support", capacity = 5, members = new[] { away.Id, here.Id } });
        Assert.That((await away.Client.PutAsJsonAsync("/api/teams/away", new { away = true })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var conversations = new[] { await HandedOver(), await HandedOver() };
        await Eventually.IsTrue(async () => (await Assignees(conversations)).All(id => id == here.Id), s_patience);

        await away.Client.PutAsJsonAsync("/api/teams/away", new { away = false });
        var next = await HandedOver();
        await Eventually.IsTrue(async () => (await Assignees([next]))[0] == away.Id, s_patience);
    }

    [Test]
    public async Task A_team_takes_what_it_is_for_and_what_people_give_it()
    {
        var (web, other) = (await _host.StoredOperator("agent"), await _host.StoredOperator("agent"));
        await Team(new { name = "Web", channels = new[] { "web" }, capacity = 5, members = new[] { web.Id } });
        var returns = await Team(new { name = "Returns", takesHandOvers = false, capacity = 5, members = new[] { other.Id } });
        var number = Some.Number();
        var id = await HandedOver(number);
        var untouched = await HandedOver();

        Assert.That((await _admin.PostAsJsonAsync($"/api/conversations/{id}/assign", new { team = Guid.NewGuid() })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _admin.PostAsJsonAsync($"/api/conversations/{id}/assign", new { team = returns })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await Eventually.IsTrue(async () => (await Assignees([id]))[0] == other.Id, s_patience);
        Assert.That((await Assignees([untouched]))[0], Is.Null, "no team takes hand-overs of this channel");

        await _admin.PostAsJsonAsync($"/api/conversations/{id}/hand_back", new { });
        Assert.That((await _admin.GetFromJsonAsync<JsonElement>($"/api/conversations/{id}")).TryGetProperty("team", out _), Is.False);
    }

    [Test]
    public async Task Admins_make_change_and_remove_teams_and_other_workspaces_do_not_see_them()
    {
        var member = await _host.StoredOperator("agent");
        var id = await Team(new { name = "Support", capacity = 3, members = new[] { member.Id } });
        using var taken = await _admin.PostAsJsonAsync("/api/teams", new { name = "Support", capacity = 1 });
        using var changed = await _admin.PutAsJsonAsync($"/api/teams/{id}", new { name = "Service", capacity = 4, channels = new[] { "whatsapp" }, members = new[] { member.Id } });
        Assert.That((taken.StatusCode, changed.StatusCode), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.OK)));

        var seen = (await member.Client.GetFromJsonAsync<JsonElement>("/api/teams")).GetProperty("items")[0];
        Assert.That((seen.GetProperty("name").GetString(), seen.GetProperty("capacity").GetInt32()), Is.EqualTo(("Service", 4)));
        Assert.That(seen.GetProperty("members")[0].GetProperty("id").GetGuid(), Is.EqualTo(member.Id));

        var stranger = _host.Operator("owner", Guid.NewGuid());
        Assert.That((await stranger.GetFromJsonAsync<JsonElement>("/api/teams")).GetProperty("items").GetArrayLength(), Is.Zero);
        Assert.That((await stranger.PutAsJsonAsync($"/api/teams/{id}", new { name = "Theirs", capacity = 1 })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.DeleteAsync($"/api/teams/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        Assert.That((await _admin.DeleteAsync($"/api/teams/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(
            await _host.Query<string>("select action from audit_log where subject_id = $1 order by at", id.ToString()),
            Is.EqualTo(new[] { "team.added", "team.changed", "team.removed" }));
    }

    [Test]
    public async Task Members_are_operators_who_answer_and_agents_make_no_teams()
    {
        var viewer = await _host.StoredOperator("viewer");
        Assert.That((await _admin.PostAsJsonAsync("/api/teams", new { name = "x", capacity = 1, members = new[] { viewer.Id } })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _admin.PostAsJsonAsync("/api/teams", new { name = "x", capacity = 1, members = new[] { Guid.NewGuid() } })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _host.Operator().PostAsJsonAsync("/api/teams", new { name = "x", capacity = 1 })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("viewer").GetAsync("/api/teams")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private async Task<Guid> Team(object team)
    {
        using var response = await _admin.PostAsJsonAsync("/api/teams", team);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private async Task<Guid> HandedOver(string? address = null)
    {
        var number = address ?? Some.Number();
        var message = Some.Message(number, "A person, please");
        await _host.Handle(message);
        await _host.Handle(Some.Reply(_host.Broker.All<ReplyRequested>().Last(request => request.Unanswered.Contains(message.MessageId)), handOver: true));
        return (await _host.Conversation(number)).Id;
    }

    private async Task<List<Guid?>> Assignees(IEnumerable<Guid> ids)
    {
        var assignees = new List<Guid?>();
        foreach (var id in ids)
        {
            var view = await _admin.GetFromJsonAsync<JsonElement>($"/api/conversations/{id}");
            assignees.Add(view.TryGetProperty("assignee", out var assignee) ? assignee.GetProperty("id").GetGuid() : null);
        }

        return assignees;
    }

    private async Task<IEnumerable<Guid>> InTeam(Guid team) =>
        (await _admin.GetFromJsonAsync<JsonElement>($"/api/conversations/list?team={team}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid());
}
