using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.Gateway.Access;

/// <summary>An access token that stands for an API key for a moment.</summary>
internal sealed record ExchangedKey(ValidatedToken? Token, string Authorization, DateTimeOffset Until);

/// <summary>
/// Programs come with an API key (<c>ask_…</c>); services only know access tokens. ChatService exchanges one for the other. The answer
/// is kept for 30 s, "no such key" for 5 s, so a withdrawn key ends within half a minute.
/// </summary>
internal sealed class ApiKeys(HttpClient http, IReadOnlyList<Uri> chats, TokenValidator tokens, TimeProvider time)
{
    public const string Prefix = "ask_";
    private const int MaxLength = 200;
    private static readonly TimeSpan s_keep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_keepUnknown = TimeSpan.FromSeconds(5);

    private readonly RecentTokens<ExchangedKey> _known = new(5_000);

    public ExchangedKey? Recall(ReadOnlySpan<char> key) =>
        _known.TryGet(key, out var known) && time.GetUtcNow() < known.Until ? known : null;

    /// <exception cref="TokenKeysUnavailableException">ChatService is away.</exception>
    public async Task<ExchangedKey> Exchange(string key, CancellationToken cancellationToken)
    {
        if (Recall(key) is { } known) return known;

        var exchanged = new ExchangedKey(null, "", time.GetUtcNow() + s_keepUnknown);
        if (key.Length <= MaxLength && await Ask(key, cancellationToken) is { } answer
            && await tokens.Validate(answer.AccessToken, cancellationToken) is { } token)
        {
            var until = time.GetUtcNow() + s_keep;
            exchanged = new ExchangedKey(token, $"Bearer {answer.AccessToken}", until < token.ExpiresAt ? until : token.ExpiresAt);
        }

        if (key.Length <= MaxLength) _known.Set(key, exchanged);
        return exchanged;
    }

    // Asking twice changes nothing, so where one replica is away the next is asked.
    private async Task<Answer?> Ask(string key, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        foreach (var chat in chats)
        {
            try
            {
                using var response = await http.PostAsJsonAsync(new Uri(chat, "/internal/api_keys/exchange"), new { key }, cancellationToken);
                if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound or HttpStatusCode.BadRequest) return null;
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadFromJsonAsync<Answer>(cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or JsonException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                failure = exception;
            }
        }

        throw new TokenKeysUnavailableException("ChatService could not be asked about an API key.", failure);
    }

    private sealed record Answer(string AccessToken, DateTimeOffset ExpiresAt);
}
