using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Web;

public class BadInputTests : ChatTests
{
    private static readonly string s_nested = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);

    private static readonly (string Name, byte[] Body)[] s_bodies =
    [
        ("nothing", []),
        ("no JSON", "{"u8.ToArray()),
        ("an array", "[]"u8.ToArray()),
        ("a number", "1"u8.ToArray()),
        ("deep JSON", Encoding.UTF8.GetBytes($$"""{"text":{{s_nested}},"labels":{{s_nested}},"identify":{{s_nested}},"assignee":{{s_nested}},"reason":{{s_nested}},"customerId":{{s_nested}}}""")),
        ("wrong types", """{"text":1,"labels":"x","customerId":7,"assignee":[],"reason":{},"workspaceKey":4,"conversationId":"x"}"""u8.ToArray()),
        ("no UTF-8", Encoding.Latin1.GetBytes("""{"text":"aÿ","reason":"aÿ","name":"aÿ","subject":"aÿ","labels":["aÿ"],"customerId":"aÿ"}""")),
        ("too long", Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 100_000)}}","reason":"{{new string('x', 100_000)}}","name":"{{new string('x', 100_000)}}","subject":"{{new string('x', 100_000)}}","labels":["{{new string('x', 100_000)}}"],"customerId":"x"}""")),
    ];

    [Test]
    public async Task Every_endpoint_answers_bad_bodies_with_problem_details_and_stores_nothing()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var id = (await _host.Conversation(number)).Id;
        var customerId = (await _host.Conversation(number)).CustomerId;
        var before = await Everything();
        var client = _host.Operator("owner");
        string[] paths =
        [
            "/api/chat/sessions", "/api/messages/process_message", "/api/conversations/create_conversation",
            $"/api/conversations/{id}/messages", $"/api/conversations/{id}/assign", $"/api/conversations/{id}/labels",
            $"/api/conversations/{id}/close_conversation", $"/api/customers/{customerId}/merge", "/api/media",
        ];

        foreach (var path in paths)
        {
            foreach (var (name, body) in s_bodies)
            {
                // A body is optional here.
                if (name == "nothing" && path.EndsWith("close_conversation", StringComparison.Ordinal)) continue;
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new("application/json");
                var response = await client.PostAsync(path, content);
                await IsProblem(response, $"{path} with {name}");
            }
        }

        Assert.That(await Everything(), Is.EqualTo(before));
    }

    [TestCase("/api/conversations/list?limit=x")]
    [TestCase("/api/conversations/list?limit=0")]
    [TestCase("/api/conversations/list?status=sleeping")]
    [TestCase("/api/conversations/list?cursor=x")]
    [TestCase("/api/conversations/list?cursor=ffffffffffffffff-00000000000000000000000000000000")]
    [TestCase("/api/conversations/list?assignee=x")]
    [TestCase("/api/messages/get_conversation_messages")]
    [TestCase("/api/messages/get_conversation_messages?conversationId=x")]
    [TestCase("/api/messages/get_conversation_messages?conversationId=00000000-0000-0000-0000-000000000001&limit=201")]
    [TestCase("/api/messages/get_conversation_messages?conversationId=00000000-0000-0000-0000-000000000001&after=-1")]
    [TestCase("/api/messages/get_conversation_messages?conversationId=00000000-0000-0000-0000-000000000001&after=1&before=2")]
    [TestCase("/api/customers?limit=99999999999999999999")]
    [TestCase("/api/customers?cursor=-")]
    public async Task Bad_queries_name_the_field(string path)
    {
        var response = await _host.Operator("viewer").GetAsync(path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(problem.GetProperty("errors").EnumerateObject().Count(), Is.EqualTo(1));
        Assert.That(problem.GetProperty("traceId").GetString(), Is.Not.Empty);
    }

    [TestCase("/api/conversations/list?q=%00%ff")]
    [TestCase("/api/conversations/list?label=%00")]
    [TestCase("/api/customers?q=%00")]
    public async Task Unstorable_characters_in_a_search_find_nothing(string path) =>
        Assert.That((await _host.Operator("viewer").GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

    [TestCase("/api/conversations/x")]
    [TestCase("/api/jobs/x")]
    [TestCase("/api/jobs/00000000-0000-0000-0000-000000000001")]
    [TestCase("/api/cards/x")]
    [TestCase("/api/media/00000000-0000-0000-0000-000000000001?expires=x&signature=")]
    public async Task Ids_that_are_none_are_not_found(string path) =>
        Assert.That((await _host.Operator("viewer").GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

    [Test]
    public async Task A_wrong_token_is_refused_on_every_endpoint()
    {
        var client = _host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "eyJhbGciOiJub25lIn0.e30.");
        foreach (var path in new[] { "/api/conversations/list", "/api/customers", "/api/messages/get_conversation_messages", "/api/jobs/00000000-0000-0000-0000-000000000001" })
            Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), path);
        foreach (var path in new[] { "/api/messages/process_message", "/api/conversations/create_conversation", "/api/media", "/hubs/conversations/negotiate?negotiateVersion=1" })
            Assert.That((await client.PostAsync(path, null)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), path);
    }

    private async Task<long> Everything() => (await _host.Query<long>(
        "select (select count(*) from messages) + (select count(*) from conversations) + (select count(*) from customers) + (select count(*) from operator_commands)"))[0];

    private static async Task IsProblem(HttpResponseMessage response, string what)
    {
        Assert.That((int)response.StatusCode, Is.InRange(400, 499), what);
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), what);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(problem.GetProperty("traceId").GetString(), Is.Not.Empty, what);
        if (response.StatusCode == HttpStatusCode.BadRequest && !what.EndsWith("nothing", StringComparison.Ordinal))
            Assert.That(problem.TryGetProperty("errors", out _), what);
    }
}
