using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Assistify.Integration.BadInput;

/// <summary>Every endpoint answers bad input with 4xx Problem Details and keeps nothing of it.</summary>
[TestFixture]
public sealed class BadInputTests
{
    private static readonly byte[] s_tenMegabytes = Encoding.ASCII.GetBytes($$"""{"text":"{{new string('x', 10 * 1024 * 1024)}}"}""");
    private static readonly byte[] s_deep = Encoding.ASCII.GetBytes("{\"text\":" + new string('[', 100_000) + new string(']', 100_000) + "}");
    // In every field that some endpoint reads; fields that nobody reads are passed over.
    private static readonly byte[] s_invalidUtf8 =
    [
        .. "{"u8,
        .. new[] { "text", "name", "subject", "reason", "email", "password", "customerId", "assignee", "context" }
            .SelectMany(field => (byte[])[.. Encoding.ASCII.GetBytes($"\"{field}\":\""), 0xC3, 0x28, 0xFF, 0xFE, .. "\","u8]),
        .. "\"labels\":[\""u8, 0xC3, 0x28, .. "\"]}"u8,
    ];

    private readonly Dictionary<Caller, string?> _tokens = new() { [Caller.Anyone] = null };
    private WebCustomer _customer = null!;
    private WebCustomer _other = null!;
    private Dictionary<string, long> _before = null!;

    [OneTimeSetUp]
    public async Task Begin()
    {
        _customer = await WebCustomer.Start(Shared.System.Http);
        _other = await WebCustomer.Start(Shared.System.Http);
        await _other.Write(Shared.System.Http, new { text = "When are you open?" });
        _tokens[Caller.Customer] = _customer.Token;
        _tokens[Caller.Operator] = await Shared.System.Operator.Login(CancellationToken.None);
        await StoredRows.Rest();
        _before = await StoredRows.Count();
    }

    [TearDown]
    public async Task Nothing_was_stored() => Assert.That(await StoredRows.Count(), Is.EqualTo(_before), "something was stored");

    [Test]
    public Task Wrong_types_missing_fields_and_unknown_ids_are_refused() => AllAreRefused(
        Endpoint.All.SelectMany(endpoint => endpoint.Wrong.Length == 0
            ? [(endpoint, Body: (byte[]?)null, "")]
            : endpoint.Wrong.Select(body => (endpoint, Body: (byte[]?)Encoding.UTF8.GetBytes(body), body))));

    [Test]
    public Task Bodies_that_are_no_JSON_object_are_refused() => AllAreRefused(
        from endpoint in Endpoint.All.Where(endpoint => endpoint.TakesJson)
        from body in new[] { "[]", "\"text\"", "17", "null", "{", "{\"text\":", "not json", "" }
        // An optional body may be absent.
        where body.Length > 0 || endpoint.Wrong[0] == "{}"
        select (endpoint, (byte[]?)Encoding.UTF8.GetBytes(body), body));

    [Test]
    public Task Deep_JSON_is_refused() =>
        AllAreRefused(Endpoint.All.Where(endpoint => endpoint.TakesJson).Select(endpoint => (endpoint, (byte[]?)s_deep, "deep")));

    [Test]
    public Task Invalid_UTF8_is_refused() =>
        AllAreRefused(Endpoint.All.Where(endpoint => endpoint.TakesJson).Select(endpoint => (endpoint, (byte[]?)s_invalidUtf8, "invalid UTF-8")));

    [Test]
    public Task Bodies_of_10_MB_are_refused() => AllAreRefused(
        Endpoint.All.Where(endpoint => endpoint.TakesJson && endpoint.Path != "/api/media").DistinctBy(endpoint => endpoint.Path)
            .Select(endpoint => (endpoint, (byte[]?)s_tenMegabytes, "10 MB")));

    [Test]
    public async Task Requests_without_a_good_token_are_refused_with_401()
    {
        var forged = $"{Base64("""{"alg":"none","typ":"JWT"}""")}.{Base64("""{"sub":"1","role":"owner","exp":4102444800}""")}.";
        var tampered = _tokens[Caller.Operator]![..^6] + "AAAAAA";
        var failures = new List<string>();
        foreach (var endpoint in Endpoint.Guarded.DistinctBy(endpoint => (endpoint.Method, endpoint.Path)))
        {
            // After many of them from one address the gateway stops looking: 429.
            foreach (var (token, what) in new[] { (null, "none"), ("", "empty"), ("x.y.z", "garbage"), (forged, "forged"), (tampered, "tampered"), (new string('a', 6000), "long") })
            {
                var body = endpoint.Wrong.Length > 0 ? Encoding.UTF8.GetBytes(endpoint.Wrong[0]) : null;
                failures.AddRange(await Refusal(endpoint, body, $"token {what}", token, status => status is 401 or 429));
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    [Test]
    public async Task Another_customers_conversation_is_not_there_for_a_customer()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"text":"hello","conversationId":"{{_other.ConversationId}}"}""");
        var failures = new List<string>();
        foreach (var (endpoint, content) in new (Endpoint, byte[]?)[]
        {
            (new("GET", $"/api/messages/get_conversation_messages?conversationId={_other.ConversationId}", Caller.Customer), null),
            (new("GET", $"/api/conversations/{_other.ConversationId}", Caller.Customer), null),
            (new("GET", $"/api/cards/{_other.ConversationId}", Caller.Customer), null),
            (new("POST", $"/api/cards/{_other.ConversationId}/auto_display", Caller.Customer), null),
            (new("POST", "/api/messages/process_message", Caller.Customer), body),
        })
            failures.AddRange(await Refusal(endpoint, content, "another's", _customer.Token, status => status is 403 or 404 or 400));

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    [Test]
    public async Task Customers_may_not_do_what_operators_do()
    {
        var failures = new List<string>();
        foreach (var endpoint in Endpoint.Guarded.Where(endpoint => endpoint.Caller == Caller.Operator
            && !endpoint.Path.StartsWith("/api/messages/", StringComparison.Ordinal) && !endpoint.Path.StartsWith("/hubs/", StringComparison.Ordinal)))
        {
            var body = endpoint.Wrong.Length > 0 ? Encoding.UTF8.GetBytes(endpoint.Wrong[0]) : null;
            failures.AddRange(await Refusal(endpoint, body, "as a customer", _customer.Token, status => status is 401 or 403 or 404 or 400));
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    private async Task AllAreRefused(IEnumerable<(Endpoint Endpoint, byte[]? Body, string What)> calls)
    {
        var failures = new List<string>();
        foreach (var (endpoint, body, what) in calls)
            failures.AddRange(await Refusal(endpoint, body, what, _tokens[endpoint.Caller], status => status is >= 400 and < 500));
        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    /// <summary>What is wrong with how the call was refused; nothing where it was refused well.</summary>
    private async Task<List<string>> Refusal(Endpoint endpoint, byte[]? body, string what, string? token, Predicate<int> expected)
    {
        var path = endpoint.Path.Replace("{id}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("{conversation}", _customer.ConversationId.ToString(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), path);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (body is not null && endpoint.Method != "GET")
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            // So that a refusal of a big body is read instead of a broken connection.
            request.Headers.ExpectContinue = body.Length > 100_000;
        }

        var call = $"{endpoint} [{(what.Length > 60 ? what[..60] : what)}]";
        try
        {
            using var response = await Shared.System.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var problems = new List<string>();
            if (!expected((int)response.StatusCode)) problems.Add($"{call} answered {(int)response.StatusCode}: {text[..Math.Min(300, text.Length)]}");
            else if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") problems.Add($"{call} answered {(int)response.StatusCode} as {response.Content.Headers.ContentType?.MediaType ?? "nothing"}");
            else if (!HasTraceId(text)) problems.Add($"{call} answered without traceId: {text}");
            return problems;
        }
        catch (HttpRequestException failure)
        {
            return [$"{call} broke the connection: {failure.Message}"];
        }
    }

    private static bool HasTraceId(string problem)
    {
        try
        {
            return JsonDocument.Parse(problem).RootElement.TryGetProperty("traceId", out var id) && id.GetString() is { Length: > 0 };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
