using System.Security.Cryptography;
using System.Text;
using Assistify.ChannelService.Webhooks;
using Microsoft.AspNetCore.WebUtilities;

namespace Assistify.ChannelService.Meta;

/// <summary>
/// The check that Meta makes when the webhook address is set:
/// <code>GET …?hub.mode=subscribe&amp;hub.challenge=1158201444&amp;hub.verify_token=…</code>
/// </summary>
internal static class MetaHandshake
{
    private const string Challenge = "hub.challenge";

    public static bool Is(WebhookRequest request) => request.Method == HttpMethods.Get && request.Query.Contains("hub.", StringComparison.Ordinal);

    /// <returns>Null when the token is ours, otherwise the reason.</returns>
    public static string? Verify(WebhookRequest request, string verifyToken)
    {
        var query = QueryHelpers.ParseQuery(request.Query);
        if (query["hub.mode"].ToString() is { Length: > 0 } mode && mode != "subscribe") return "wrong_mode";
        if (query["hub.verify_token"].Count == 0 || query["hub.mode"].Count == 0 || query[Challenge].Count == 0) return "missing_parameters";
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(query["hub.verify_token"].ToString()), Encoding.UTF8.GetBytes(verifyToken)) ? null : "wrong_verify_token";
    }

    /// <summary>The challenge goes back as it came, as text and never as markup.</summary>
    public static WebhookContent Read(WebhookRequest request, string account) =>
        WebhookContent.Of(new NoticeItem("handshake", account, "handshake")) with
        {
            Answer = TypedResults.Text(QueryHelpers.ParseQuery(request.Query)[Challenge].ToString(), "text/plain", Encoding.UTF8),
        };
}
