using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Assistify.ChatService.Tests.Support;

/// <summary>SignalR's JSON protocol by hand: records ended by U+001E.</summary>
internal sealed class HubClient(WebSocket socket) : IAsyncDisposable
{
    private readonly List<JsonElement> _records = [];
    private readonly StringBuilder _text = new();
    private int _calls;

    public static async Task<HubClient> Connect(ChatHost host, string token)
    {
        var client = host.Server.CreateWebSocketClient();
        var hub = new HubClient(await client.ConnectAsync(
            new Uri(host.Server.BaseAddress, $"/hubs/conversations?access_token={token}"), CancellationToken.None));
        await hub.Send("""{"protocol":"json","version":1}""");
        await hub.Next(_ => true);
        return hub;
    }

    public async Task<string?> Invoke(string method, params object[] arguments)
    {
        var id = $"{++_calls}";
        await Send(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }));
        var completion = await Next(r => r.TryGetProperty("type", out var t) && t.GetInt32() == 3 && r.GetProperty("invocationId").GetString() == id);
        return completion.TryGetProperty("error", out var error) ? error.GetString() : null;
    }

    public IEnumerable<JsonElement> Seen(string target) => _records
        .Where(r => r.TryGetProperty("target", out var t) && t.GetString() == target).Select(r => r.GetProperty("arguments")[0]);

    public async Task<JsonElement> Until(string target, Func<JsonElement, bool> condition)
    {
        var seen = Seen(target).Where(condition).ToList();
        if (seen.Count > 0) return seen[^1];
        return (await Next(r => r.TryGetProperty("target", out var t) && t.GetString() == target && condition(r.GetProperty("arguments")[0]))).GetProperty("arguments")[0];
    }

    private Task Send(string record) => socket.SendAsync(
        Encoding.UTF8.GetBytes(record + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<JsonElement> Next(Func<JsonElement, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, deadline.Token);
            _text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            JsonElement? found = null;
            while (_text.ToString() is var text && text.IndexOf('\u001e', StringComparison.Ordinal) is >= 0 and var end)
            {
                var record = JsonDocument.Parse(text[..end]).RootElement;
                _text.Remove(0, end + 1);
                _records.Add(record);
                if (found is null && condition(record)) found = record;
            }

            if (found is { } match) return match;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        socket.Dispose();
    }
}
