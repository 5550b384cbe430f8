using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.Testing;

namespace Assistify.Integration;

/// <summary>The sandbox's phones: what is written on them, what comes to them, and who is known by them. Beside them what an operator does.</summary>
internal static class Phones
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private static HttpClient Http => Shared.System.Http;

    public static async Task Write(string channel, object message)
    {
        using var sent = await Http.PostAsJsonAsync($"/sandbox/api/{channel}/inbound", message);
        Assert.That(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        Assert.That((await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetInt32(), Is.EqualTo(200));
    }

    public static async Task<List<JsonElement>> Outbox(string channel, string to) =>
        [.. (await Http.GetFromJsonAsync<JsonElement>($"/sandbox/api/{channel}/outbox?to={Uri.EscapeDataString(to)}")).GetProperty("items").EnumerateArray()];

    /// <summary>Who wrote from the phone, and his conversation.</summary>
    public static async Task<(Guid Customer, Guid Conversation)> Known(string phone)
    {
        JsonElement found = default;
        await Eventually.IsTrue(
            async () =>
            {
                var page = await Shared.System.Operator.Get<JsonElement>($"/api/conversations/list?q={Uri.EscapeDataString(phone)}", CancellationToken.None);
                if (page.GetProperty("items").GetArrayLength() == 0) return false;
                found = page.GetProperty("items")[0];
                return true;
            }, s_patience);
        return (found.GetProperty("customer").GetProperty("id").GetGuid(), found.GetProperty("id").GetGuid());
    }

    /// <summary>As an operator.</summary>
    public static async Task<JsonElement> Post(string path, object? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Shared.System.Operator.Login(CancellationToken.None));
        using var response = await Http.SendAsync(request);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <returns>Empty where it is absent.</returns>
    public static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
