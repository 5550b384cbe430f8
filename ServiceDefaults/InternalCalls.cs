using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Calls of one service to another that no person makes: signed under <see cref="Secrets"/>, which only our services have, for one
/// purpose and for a short time. What they do is repeatable, so a copied call does no more than the first one.
/// </summary>
public sealed class InternalCalls(Secrets secrets, TimeProvider time)
{
    public const string Header = "X-Assistify-Signature";
    private const int LargestBody = 64 * 1024;
    private static readonly TimeSpan s_validity = TimeSpan.FromMinutes(5);

    /// <param name="what">Everything that the call depends on: method, path, query, the body's hash.</param>
    public string Sign(string what) => Sign(what, time.GetUtcNow().ToUnixTimeSeconds());

    public bool IsAuthentic(string what, string? signature)
    {
        if (signature?.Split('.') is not [var at, _] || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) > s_validity.TotalSeconds)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(what, seconds)));
    }

    /// <summary>A signed call with a body, whose hash stands in the address.</summary>
    /// <param name="path">Without a query.</param>
    public HttpRequestMessage Post<T>(Uri service, string path, T body)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(body, Json.Options);
        var address = $"{path}?sha256={Convert.ToHexStringLower(SHA256.HashData(content))}";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, address)) { Content = new ByteArrayContent(content) };
        request.Headers.Add(Header, Sign($"POST {address}"));
        return request;
    }

    /// <returns>What a call made by <see cref="Post"/> brings to an endpoint <see cref="InternalEndpoints.ForOurServices"/>; null where it is not what was signed.</returns>
    public static async Task<T?> Read<T>(HttpRequest request, CancellationToken cancellationToken) where T : class
    {
        if (request.ContentLength is not <= LargestBody) return null;
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellationToken);
        var body = content.GetBuffer().AsMemory(0, (int)content.Length);
        return Convert.ToHexStringLower(SHA256.HashData(body.Span)) == request.Query["sha256"] ? JsonSerializer.Deserialize<T>(body.Span, Json.Options) : null;
    }

    private string Sign(string what, long seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds}.{Convert.ToHexStringLower(secrets.Mac($"{seconds}\n{what}", "internal-calls"))}");
}
