using System.Globalization;
using System.Net.Http.Json;

namespace Assistify.Load.WhatsApp;

/// <summary>A message that the provider accepted from Assistify.</summary>
internal sealed record OutboxItem(string Sid, string To, string Body, string Status, DateTimeOffset CreatedAt, long Ordinal, string Channel = "whatsapp");

/// <summary>Reads what the stand-in of the provider accepted, in that order.</summary>
internal sealed class Outbox(HttpClient http)
{
    private sealed record Page(IReadOnlyList<OutboxItem> Items, long? Next);

    /// <summary>Everything accepted after the one with the ordinal <paramref name="after"/>.</summary>
    public async Task<List<OutboxItem>> ReadAll(long after, CancellationToken cancellationToken, string channel = "whatsapp")
    {
        var found = new List<OutboxItem>();
        for (long? next = after; next is { } from;)
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"/sandbox/api/{channel}/outbox?after={from}&limit=10000");
            var page = await http.GetFromJsonAsync<Page>(address, cancellationToken)
                ?? throw new InvalidOperationException("The outbox answered nothing.");
            found.AddRange(page.Items);
            next = page.Next;
        }

        return found;
    }

    public async Task<List<OutboxItem>> ReadOf(string phone, CancellationToken cancellationToken)
    {
        var address = $"/sandbox/api/whatsapp/outbox?limit=10000&to={Uri.EscapeDataString("whatsapp:" + phone)}";
        return [.. (await http.GetFromJsonAsync<Page>(address, cancellationToken))!.Items];
    }
}
