using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Meta;

/// <summary>Meta's Graph API, as far as messages need it. https://developers.facebook.com/docs/graph-api/guides/secure-requests</summary>
internal class GraphClient(HttpClient http, TimeProvider time)
{
    /// <summary>One POST, never repeated here: what its end means is the ledger's to judge.</summary>
    /// <param name="path">Behind the version, such as <c>1065…/messages</c>.</param>
    /// <param name="id">Finds the message's id in the answer.</param>
    public async Task<SendResult> Send(
        MetaOptions options, string path, JsonObject message, Func<JsonElement, string?> id, CancellationToken cancellationToken)
    {
        using var request = Request(options, HttpMethod.Post, path);
        request.Content = Body(message);
        return await ProviderCall.Send(http, request, "Meta", time, answer => Judge(answer, id), cancellationToken);
    }

    /// <summary>A call whose outcome nothing rests on, a read mark for instance. Throws when it fails.</summary>
    public async Task Tell(MetaOptions options, string path, JsonObject what, CancellationToken cancellationToken)
    {
        using var request = Request(options, HttpMethod.Post, path);
        request.Content = Body(what);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Asks for the account's own number, to see whether the access token is taken.</summary>
    public async Task<ConnectionCheck> Check(MetaOptions options, string account, CancellationToken cancellationToken)
    {
        using var request = Request(options, HttpMethod.Get, $"{account}?fields=id");
        var answer = await ProviderCall.Ask(http, request, time, cancellationToken);
        if (answer.Status == HttpStatusCode.OK) return new ConnectionCheck(true, ExpiresAt: await Expiry(options, cancellationToken));

        var error = answer.Body.Get("error");
        var code = MetaErrors.NameOf(answer.Status, error?.Number("code"), error?.Number("error_subcode"));
        return new ConnectionCheck(false, code, MetaErrors.Describe(code));
    }

    /// <summary>When the access token ends; null where it does not, or where Meta does not say it. https://developers.facebook.com/docs/graph-api/reference/debug_token</summary>
    private async Task<DateTimeOffset?> Expiry(MetaOptions options, CancellationToken cancellationToken)
    {
        // A token may be asked about itself.
        using var request = Request(options, HttpMethod.Get, $"debug_token?input_token={Uri.EscapeDataString(options.AccessToken!)}");
        var answer = await ProviderCall.Ask(http, request, time, cancellationToken);
        return answer.Status == HttpStatusCode.OK && answer.Body?.Object("data")?.Number("expires_at") is { } seconds and > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    /// <summary>What the API says about one thing. Throws when it does not.</summary>
    public async Task<JsonElement> Get(MetaOptions options, string path, CancellationToken cancellationToken)
    {
        using var request = Request(options, HttpMethod.Get, path);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return WireJson.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)) ?? throw NotJson();
    }

    /// <summary>The same, where it matters why the API refuses: <see cref="ProviderCall.Refused"/> says which status means what.</summary>
    public async Task<JsonElement> List(MetaOptions options, string path, CancellationToken cancellationToken)
    {
        using var request = Request(options, HttpMethod.Get, path);
        var answer = await ProviderCall.Ask(http, request, time, cancellationToken);
        if (answer.Status == HttpStatusCode.OK) return answer.Body ?? throw NotJson();

        var error = answer.Body.Get("error");
        throw ProviderCall.Refused(
            MetaErrors.Classify(answer.Status, error?.Number("code"), error?.Number("error_subcode"), answer.RetryAfter), "Meta", MetaErrors.ClassOf);
    }

    public static string Proof(string accessToken, string appSecret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.UTF8.GetBytes(accessToken)));

    private static HttpRequestMessage Request(MetaOptions options, HttpMethod method, string path)
    {
        var proof = options.ProvesSecret ? $"{(path.Contains('?') ? '&' : '?')}appsecret_proof={Proof(options.AccessToken!, options.AppSecret!)}" : "";
        var request = new HttpRequestMessage(method, new Uri($"{options.BaseAddress.TrimEnd('/')}/{options.ApiVersion}/{path}{proof}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.AccessToken);
        return request;
    }

    private static JsonException NotJson() => new("Meta's answer is no JSON.");

    private static ByteArrayContent Body(JsonObject body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static SendResult Judge(ProviderAnswer answer, Func<JsonElement, string?> id)
    {
        if ((int)answer.Status is >= 200 and < 300)
            return answer.Body is { } body && id(body) is { } accepted ? new SendResult.Accepted(accepted) : new SendResult.Unknown("unreadable_answer");

        var error = answer.Body.Get("error");
        return MetaErrors.Classify(answer.Status, error?.Number("code"), error?.Number("error_subcode"), answer.RetryAfter);
    }
}
