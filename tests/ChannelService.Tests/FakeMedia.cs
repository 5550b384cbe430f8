using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Assistify.ChannelService.Media;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Tests;

/// <summary>What a provider keeps of messages, by address, and ChatService's store that takes it.</summary>
internal sealed class FakeMedia
{
    /// <summary>Where a stored medium's conversation is.</summary>
    public static readonly Guid Conversation = Guid.NewGuid();

    public ConcurrentDictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> Files { get; } = new();

    public ConcurrentQueue<(string Address, string? Authorization)> Fetched { get; } = new();

    public ConcurrentQueue<(string Path, byte[] Content, string? Signature)> Taken { get; } = new();

    /// <summary>How ChatService answers; by default it takes everything.</summary>
    public HttpStatusCode Store { get; set; } = HttpStatusCode.OK;

    public void Keep(string address, byte[] content, string? authorization = null) => Files[address] = request =>
        authorization is not null && request.Headers.Authorization?.ToString() != authorization
            ? new HttpResponseMessage(HttpStatusCode.Unauthorized)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    internal sealed class Provider(FakeMedia media) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!.AbsoluteUri;
            media.Fetched.Enqueue((address, request.Headers.Authorization?.ToString()));
            return Task.FromResult(media.Files.TryGetValue(address, out var answer) ? answer(request) : new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }

    internal sealed class Chat(FakeMedia media) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            if (media.Store != HttpStatusCode.OK) return new HttpResponseMessage(media.Store);
            media.Taken.Enqueue((request.RequestUri!.PathAndQuery, content, request.Headers.GetValues(InternalCalls.Header).Single()));
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = JsonContent.Create(new TakenMedia(Conversation, 3, "image", "image/png", content.Length)),
            };
        }
    }
}
