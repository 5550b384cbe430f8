using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Assistify.Load.Reading;

/// <summary>An operator's view of the conversations. Reads are repeated while the system is not there.</summary>
internal sealed class Operator(HttpClient http, string email, string password)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _token;

    private sealed record Session(string AccessToken);

    private sealed record Page<T>(IReadOnlyList<T> Items, JsonElement Next);

    public async Task<string> Login(CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("/api/auth/login", new { email, password }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var session = await response.Content.ReadFromJsonAsync<Session>(cancellationToken);
        return _token = session!.AccessToken;
    }

    public async Task<List<StoredConversation>> Conversations(CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, StoredConversation>();
        for (string? cursor = null; ;)
        {
            var query = cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
            var page = await Get<Page<StoredConversation>>($"/api/conversations/list?limit=100{query}", cancellationToken);
            foreach (var conversation in page.Items) found[conversation.Id] = conversation;
            cursor = Text(page.Next);
            if (cursor is null) return [.. found.Values];
        }
    }

    /// <summary>Everything stored, in the order in which it is given out.</summary>
    public async Task<List<StoredMessage>> Messages(Guid conversation, CancellationToken cancellationToken)
    {
        var found = new List<StoredMessage>();
        for (var after = "0"; ;)
        {
            var page = await Get<Page<StoredMessage>>(
                $"/api/messages/get_conversation_messages?conversationId={conversation}&after={after}&limit=200", cancellationToken);
            found.AddRange(page.Items);
            if (Text(page.Next) is not { } next || page.Items.Count == 0) return found;
            after = next;
        }
    }

    public async Task<T> Get<T>(string address, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_patience);
        var last = "nothing";
        try
        {
            while (true)
            {
                try
                {
                    var token = _token ?? await LoginOnce(deadline.Token);
                    using var request = new HttpRequestMessage(HttpMethod.Get, address);
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                    using var response = await http.SendAsync(request, deadline.Token);
                    last = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
                    if (response.StatusCode == HttpStatusCode.OK) return (await response.Content.ReadFromJsonAsync<T>(deadline.Token))!;
                    if (response.StatusCode == HttpStatusCode.Unauthorized) _token = null;
                    else if ((int)response.StatusCode is >= 400 and < 500 and not 429)
                        throw new InvalidOperationException($"GET {address} answered {last}: {await response.Content.ReadAsStringAsync(deadline.Token)}");
                }
                catch (HttpRequestException failure)
                {
                    last = failure.Message;
                }

                await Task.Delay(200, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"GET {address} got no answer within {s_patience.TotalSeconds} s; the last was {last}.");
        }
    }

    private async Task<string> LoginOnce(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _token ?? await Login(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static string? Text(JsonElement cursor) => cursor.ValueKind switch
    {
        JsonValueKind.String => cursor.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => cursor.GetRawText(),
        _ => null,
    };
}
