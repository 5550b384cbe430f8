using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Media;

[TestFixture("disk")]
[TestFixture("s3")]
public sealed class TakeMediaTests(string kind)
{
    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 9, 8, 7];
    private ChatHost _host = null!;
    private BucketStandIn _bucket = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = new ChatHost();
        _bucket = await BucketStandIn.Start();
        if (kind == "s3") _bucket.Serve(_host);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _host.DisposeAsync();
        await _bucket.DisposeAsync();
    }

    [Test]
    public async Task A_picture_of_a_provider_gets_a_link_and_its_message_a_new_revision()
    {
        var (message, attachment, conversation) = await Received();
        Assert.That(await Url(conversation.Id), Is.Null, "visible before its picture");

        var taken = await Json(await Take(message, attachment.Id, s_png));
        var stored = new MediaStored(
            message.MessageId, attachment.Id, taken.GetProperty("conversationId").GetGuid(), Some.Workspace, taken.GetProperty("partition").GetInt32(),
            taken.GetProperty("kind").GetString()!, taken.GetProperty("contentType").GetString()!, taken.GetProperty("size").GetInt64());
        Assert.That((stored.ConversationId, stored.Partition, stored.Kind, stored.ContentType, stored.Size), Is.EqualTo((conversation.Id, conversation.Partition, "image", "image/png", s_png.Length)));
        await _host.Handle(stored);
        await _host.Handle(stored);

        var after = await _host.Conversation(conversation.Address);
        Assert.That(after.Revision, Is.EqualTo(conversation.Revision + 1), "told twice, it changes once");
        Assert.That(await _host.Query<long>("select revision from messages where id = $1", message.MessageId), Is.EqualTo(new[] { after.Revision }));
        Assert.That(_host.Broker.All<ConversationsChanged>().SelectMany(changed => changed.Changes).Any(change => change.ConversationId == conversation.Id && change.Revision == after.Revision));
        Assert.That(await _host.CreateClient().GetByteArrayAsync(await Url(conversation.Id)), Is.EqualTo(s_png));
    }

    [Test]
    public async Task A_picture_that_cannot_be_had_says_so_and_one_that_is_stored_stays()
    {
        var (message, attachment, conversation) = await Received();
        var failed = new MediaFailed(message.MessageId, attachment.Id, Some.Workspace, conversation.Partition, "http_404");

        await _host.Handle(failed);
        await _host.Handle(failed);

        Assert.That((await Shown(conversation.Id)).GetProperty("unavailable").GetString(), Is.EqualTo("http_404"));
        Assert.That(await Url(conversation.Id), Is.Null);
        Assert.That((await _host.Conversation(conversation.Address)).Revision, Is.EqualTo(conversation.Revision + 1), "told twice, it changes once");

        await Take(message, attachment.Id, s_png);
        await _host.Handle(new MediaStored(message.MessageId, attachment.Id, conversation.Id, Some.Workspace, conversation.Partition, "image", "image/png", s_png.Length));
        await _host.Handle(failed);
        Assert.That((await Shown(conversation.Id)).TryGetProperty("unavailable", out _), Is.False);
        Assert.That(await Url(conversation.Id), Is.Not.Null);
    }

    [Test]
    public async Task It_goes_with_the_customer()
    {
        var (message, attachment, conversation) = await Received();
        byte[] own = [.. s_png, .. RandomNumberGenerator.GetBytes(8)];
        await Take(message, attachment.Id, own);
        await _host.Handle(new MediaStored(message.MessageId, attachment.Id, conversation.Id, Some.Workspace, conversation.Partition, "image", "image/png", own.Length));
        var url = await Url(conversation.Id);

        Assert.That((await _host.Operator("owner").DeleteAsync($"/api/customers/{conversation.CustomerId}")).IsSuccessStatusCode);

        Assert.That((await _host.CreateClient().GetAsync(url)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Repeated_it_is_the_same_and_another_content_is_not_taken_for_it()
    {
        var (message, attachment, _) = await Received();

        var first = await Json(await Take(message, attachment.Id, s_png));
        var again = await Json(await Take(message, attachment.Id, "something else"u8.ToArray()));

        Assert.That(again.ToString(), Is.EqualTo(first.ToString()));
        Assert.That(await _host.Query<long>("select count(*) from media where id = $1", attachment.Id), Is.EqualTo(new[] { 1L }));
    }

    [Test]
    public async Task Nobody_but_our_services_and_for_known_attachments_only()
    {
        var (message, attachment, _) = await Received();

        Assert.That((await Take(message, attachment.Id, s_png, signature: "1.00")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Take(message, attachment.Id, s_png, announced: new string('0', 64))).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Take(message, Guid.NewGuid(), s_png)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Take(message with { MessageId = Guid.NewGuid() }, attachment.Id, s_png)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Take(message with { WorkspaceId = Guid.NewGuid() }, attachment.Id, s_png)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _host.Query<long>("select count(*) from media where id = $1", attachment.Id), Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public async Task The_assistant_is_told_of_a_picture_and_has_it_by_a_signed_call()
    {
        var (message, attachment, conversation) = await Received();
        var path = $"/internal/media/{attachment.Id}?workspaceId={Some.Workspace}";

        await Eventually.IsTrue(() => _host.Broker.All<ReplyRequested>().Any(
            request => request.ConversationId == conversation.Id && request.History.Single().Pictures is [var picture] && picture == attachment.Id));
        Assert.That((await Give(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "it is on its way");
        await Take(message, attachment.Id, s_png);
        var given = await Give(path);

        Assert.That((given.Content.Headers.ContentType!.MediaType, await given.Content.ReadAsByteArrayAsync()), Is.EqualTo(("image/png", s_png)));
        Assert.That((await Give(path, "1.00")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Give($"/internal/media/{attachment.Id}?workspaceId={Guid.NewGuid()}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_assistant_is_told_that_a_picture_will_never_come()
    {
        var (message, attachment, _) = await Received();
        var path = $"/internal/media/{attachment.Id}?workspaceId={Some.Workspace}&messageId={message.MessageId}";

        Assert.That((await Give(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "it is on its way");
        await _host.Handle(new MediaFailed(message.MessageId, attachment.Id, message.WorkspaceId, message.Partition, "gone"));

        Assert.That((await Give(path)).StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That((await Give($"/internal/media/{attachment.Id}?workspaceId={Guid.NewGuid()}&messageId={message.MessageId}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Give($"/internal/media/{Guid.NewGuid()}?workspaceId={Some.Workspace}&messageId={message.MessageId}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<HttpResponseMessage> Give(string path, string? signature = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(InternalCalls.Header, signature ?? _host.Services.GetRequiredService<InternalCalls>().Sign($"GET {path}"));
        return await _host.CreateClient().SendAsync(request);
    }

    private async Task<(CustomerMessageReceived Message, Attachment Attachment, Conversation Conversation)> Received()
    {
        var number = Some.Number();
        var attachment = new Attachment(Guid.NewGuid(), "image", "text/html", "photo.png", Source: "https://provider.example/1");
        var message = Some.Message(number, "look");
        message = message with { Content = message.Content with { Attachments = [attachment] } };
        await _host.Handle(message);
        return (message, attachment, await _host.Conversation(number));
    }

    private async Task<HttpResponseMessage> Take(
        CustomerMessageReceived message, Guid attachmentId, byte[] content, string? signature = null, string? announced = null)
    {
        var path = $"/internal/media/{message.MessageId}/{attachmentId}?workspaceId={message.WorkspaceId}&sha256={announced ?? Convert.ToHexStringLower(SHA256.HashData(content))}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(content) };
        request.Headers.Add(InternalCalls.Header, signature ?? _host.Services.GetRequiredService<InternalCalls>().Sign($"POST {path}"));
        return await _host.CreateClient().SendAsync(request);
    }

    private async Task<string?> Url(Guid conversationId) => (await Shown(conversationId)).TryGetProperty("url", out var url) ? url.GetString() : null;

    private async Task<JsonElement> Shown(Guid conversationId)
    {
        var page = await Json(await _host.Operator().GetAsync($"/api/messages/get_conversation_messages?conversationId={conversationId}"));
        return page.GetProperty("items")[0].GetProperty("attachments")[0];
    }

    private static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
