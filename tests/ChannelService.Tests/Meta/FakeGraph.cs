using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Meta;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Assistify.ChannelService.Tests.Meta;

/// <summary>Meta's Graph API in a few lines, with the service connected to one account of each of its products.</summary>
internal sealed class FakeGraph : HttpMessageHandler
{
    public const string Secret = "5b1d0e7c9a3f4e2d8b6a7c5e4f3d2a1b";
    public const string Number = "106540352242922";
    public const string Page = "104857600012345";
    public const string Account = "17841405822304914";
    public const string App = "555000111222333";

    private readonly ConcurrentQueue<Call> _calls = new();
    private int _ids;

    /// <summary>Decides on each message; null takes it.</summary>
    public Func<Call, HttpResponseMessage?> OnSend { get; set; } = _ => null;

    /// <summary>Of WhatsApp's access token; null where it lives for ever.</summary>
    public DateTimeOffset? TokenEnds { get; set; }

    /// <summary>The person's id at the page, by the one at the app; a null answer is a failing Graph API.</summary>
    public Func<string, string?> PageIdOf { get; set; } = _ => "";

    /// <summary>The token that Instagram gives for another; null where it refuses.</summary>
    public string? RenewsTo { get; set; }

    public IReadOnlyList<Call> Calls => [.. _calls];

    public IReadOnlyList<Call> Messages => [.. _calls.Where(call => call.Body["status"] is null && call.Body["sender_action"] is null)];

    public static async Task<(ChannelApp App, FakeGraph Graph)> Start(bool workers = true, bool allowDoubles = false)
    {
        var graph = new FakeGraph();
        var app = await ChannelApp.Start(
            workers: workers,
            settings: new Dictionary<string, string?>
            {
                ["Channels:WhatsApp:PhoneNumberId"] = Number, ["Channels:WhatsApp:AccessToken"] = "wa-token", ["Channels:WhatsApp:AppSecret"] = Secret,
                ["Channels:WhatsApp:VerifyToken"] = "verify", ["Channels:WhatsApp:ApiBaseUrl"] = "http://graph.test",
                ["Channels:WhatsApp:AllowDoubles"] = allowDoubles ? "true" : null,
                ["Channels:Messenger:PageId"] = Page, ["Channels:Messenger:HumanAgent"] = "true", ["Channels:Messenger:AppId"] = App, ["Channels:Messenger:AccessToken"] = "page-token",
                ["Channels:Messenger:AppSecret"] = Secret, ["Channels:Messenger:VerifyToken"] = "verify", ["Channels:Messenger:ApiBaseUrl"] = "http://graph.test",
                ["Channels:Instagram:AccountId"] = Account, ["Channels:Instagram:AccessToken"] = "ig-token", ["Channels:Instagram:AppSecret"] = Secret,
                ["Channels:Instagram:VerifyToken"] = "verify", ["Channels:Instagram:ApiBaseUrl"] = "http://graph.test",
            },
            configure: services => services.ConfigureAll<HttpClientFactoryOptions>(
                options => options.HttpMessageHandlerBuilderActions.Add(handler => handler.PrimaryHandler = graph)));
        return (app, graph);
    }

    public static Guid Connection(string channel) =>
        Identifiers.Connection(Identifiers.DefaultWorkspace, channel, channel switch { "whatsapp" => Number, "facebook" => Page, _ => Account });

    public static DeliverMessage Delivery(
        ChannelApp app, string channel, string text = "Hello back", string address = "447700900456", params IReadOnlyList<Card> cards) =>
        app.Delivery(text, address) with
        {
            ConnectionId = Connection(channel), Channel = channel, Partition = Partition.For(Connection(channel), address), Cards = cards,
        };

    public static Task<HttpResponseMessage> Post(ChannelApp app, string channel, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/webhooks/{channel}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(MetaSignature.Header, MetaSignature.Compute(bytes, Secret));
        return app.Http.SendAsync(request);
    }

    /// <summary>A change of WhatsApp, <paramref name="what"/> being its messages or statuses.</summary>
    public static string WhatsApp(string what) =>
        $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"{{{Number}}}"},{{{what}}} }}]}]}""";

    public static string Messaging(string what, string sender = "6712345678901234", string recipient = Page) =>
        $$"""{"object":"page","entry":[{"id":"{{Page}}","messaging":[{"sender":{"id":"{{sender}}"},"recipient":{"id":"{{recipient}}"},"timestamp":1767225600123,{{what}}}]}]}""";

    public static HttpResponseMessage Error(int status, int code) => new((HttpStatusCode)status)
    {
        Content = new StringContent($$"""{"error":{"message":"(#{{code}}) no","type":"OAuthException","code":{{code}} } }"""),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/debug_token", StringComparison.Ordinal))
            {
                return new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent($$"""{"data":{"is_valid":true,"expires_at":{{TokenEnds?.ToUnixTimeSeconds() ?? 0}}} }"""),
                };
            }

            if (request.RequestUri.Segments is [.., var user, "ids_for_pages"])
            {
                return PageIdOf(user.TrimEnd('/')) switch
                {
                    null => Error(500, 1),
                    "" => Error(400, 100),
                    var matched => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$$"""{"data":[{"id":"{{{matched}}}","page":{"id":"{{{Page}}}"}}]}""") },
                };
            }

            if (request.RequestUri.AbsolutePath.EndsWith("/conversations", StringComparison.Ordinal)) return Error(403, 200);

            if (request.RequestUri.AbsolutePath == "/refresh_access_token")
            {
                return RenewsTo is { } renewed
                    ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"access_token":"{{renewed}}","token_type":"bearer","expires_in":5183944}""") }
                    : Error(400, 100);
            }

            if (request.Headers.Authorization?.Parameter?.StartsWith("ig-stored", StringComparison.Ordinal) == true)
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"id":"1"}""") };

            return request.Headers.Authorization?.Parameter == "wa-token"
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"id":"{{Number}}"}""") }
                : Error(400, 190);
        }

        var call = new Call(
            request.RequestUri!, request.Headers.Authorization?.ToString(),
            JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject());
        _calls.Enqueue(call);
        if (call.Body["status"] is not null || call.Body["sender_action"] is not null)
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"success":true}""") };
        if (OnSend(call) is { } answer) return answer;
        var id = $"sent.{Interlocked.Increment(ref _ids)}";
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(call.Body["messaging_product"] is null
                ? $$"""{"recipient_id":"1","message_id":"{{id}}"}"""
                : $$"""{"messaging_product":"whatsapp","messages":[{"id":"{{id}}"}]}"""),
        };
    }

    internal sealed record Call(Uri Uri, string? Authorization, JsonObject Body);
}
