using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assistify.ChannelService.Tests;

/// <summary>A provider's API that gives the answers it was told to give, in order, and remembers what it was asked.</summary>
internal sealed class FakeProvider : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    public List<Request> Requests { get; } = [];

    public Request Last => Requests[^1];

    public FakeProvider Answers(string json, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(() =>
        {
            var answer = new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers) answer.Headers.TryAddWithoutValidation(name, value);
            return answer;
        });
        return this;
    }

    public FakeProvider Fails(Exception exception)
    {
        _answers.Enqueue(() => throw exception);
        return this;
    }

    public HttpClient Client() => new(this, disposeHandler: false);

    /// <summary>A webhook as the endpoint hands it to an adapter.</summary>
    public static WebhookRequest Webhook(string body, string query = "", string contentType = "application/json", string method = "POST", params (string Name, string Value)[] headers)
    {
        var all = new HeaderDictionary();
        foreach (var (name, value) in headers) all.Append(name, value);
        return new WebhookRequest(method, "", query, contentType, all, Encoding.UTF8.GetBytes(body));
    }

    public static ChannelConnection Connection(string provider, string channel, string account) =>
        new(Guid.CreateVersion7(), Identifiers.DefaultWorkspace, provider, channel, account, TimeSpan.Zero, SignatureMode.Enforce);

    public static DeliverMessage Delivery(string text, params Card[] cards) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), Identifiers.DefaultWorkspace, Guid.CreateVersion7(), "test", 0, "1001", text, cards, [], Author.Assistant, 1, null,
        DateTimeOffset.UnixEpoch);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Requests.Add(new Request(
            request.Method.Method, request.RequestUri!, body,
            request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase)));
        return _answers.Dequeue()();
    }

    internal sealed record Request(string Method, Uri Uri, byte[] Body, IReadOnlyDictionary<string, string> Headers)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;
    }
}
