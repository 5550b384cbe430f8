using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Assistify.Integration;

/// <summary>A visitor of the shop's page, as a program would be one.</summary>
internal sealed record WebCustomer(Guid ConversationId, Guid CustomerId, string Token)
{
    private sealed record Session(Guid ConversationId, Guid CustomerId, string Token);

    public static async Task<WebCustomer> Start(HttpClient http, object? about = null)
    {
        using var response = await http.PostAsJsonAsync("/api/chat/sessions", about ?? new { });
        Assert.That((int)response.StatusCode, Is.EqualTo(201), await response.Content.ReadAsStringAsync());
        var session = (await response.Content.ReadFromJsonAsync<Session>())!;
        Shared.Confidential.AddToken("a visitor's token", session.Token);
        return new WebCustomer(session.ConversationId, session.CustomerId, session.Token);
    }

    public HttpRequestMessage Request(HttpMethod method, string address, object? body = null)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null) request.Content = body as HttpContent ?? JsonContent.Create(body);
        return request;
    }

    /// <summary>Writes and waits for the answer.</summary>
    public async Task<JsonElement> Write(HttpClient http, object body)
    {
        using var request = Request(HttpMethod.Post, "/api/messages/process_message", body);
        request.Headers.Add("Prefer", "wait=30");
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(200), answer);
        return JsonDocument.Parse(answer).RootElement.Clone();
    }

    public async Task<JsonElement> Messages(HttpClient http)
    {
        using var request = Request(HttpMethod.Get, $"/api/messages/get_conversation_messages?conversationId={ConversationId}&limit=200");
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(200), answer);
        return JsonDocument.Parse(answer).RootElement.Clone();
    }
}
