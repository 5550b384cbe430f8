using System.Net;
using System.Security.Cryptography;
using System.Text;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Tests.Media;

public sealed class MediaDownloadsTests
{
    private const string Address = "http://twilio.test/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
    private static readonly byte[] s_picture = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3];
    private static readonly string s_credentials =
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ChannelApp.AccountSid}:{ChannelApp.AuthToken}"));

    [Test]
    public async Task A_message_is_there_before_its_picture_which_is_fetched_stored_and_told_of()
    {
        await using var app = await ChannelApp.Start(workers: false);
        app.Media.Keep(Address, s_picture, s_credentials);

        await Receive(app, Address);
        var message = app.Broker.Messages.Single();
        Assert.That(message.Content.Attachments!.Single().Source, Is.EqualTo(Address));
        Assert.That(app.Media.Fetched, Is.Empty);
        Assert.That(await app.Get<MediaDownloads>().Run(default), Is.EqualTo(1));

        var (path, content, signature) = app.Media.Taken.Single();
        Assert.That(content, Is.EqualTo(s_picture));
        Assert.That(path, Is.EqualTo(
            $"/internal/media/{message.MessageId}/{message.Content.Attachments![0].Id}?workspaceId={Identifiers.DefaultWorkspace}&sha256={Convert.ToHexStringLower(SHA256.HashData(s_picture))}"));
        Assert.That(app.Get<InternalCalls>().IsAuthentic($"POST {path}", signature), Is.True);
        Assert.That(
            app.Broker.Published.OfType<MediaStored>().Single(),
            Is.EqualTo(new MediaStored(
                message.MessageId, message.Content.Attachments[0].Id, FakeMedia.Conversation, Identifiers.DefaultWorkspace, 3, "image", "image/png", s_picture.Length)));
        Assert.That(await app.Scalar("SELECT count(*) FROM media_jobs"), Is.EqualTo(0L));
    }

    [Test]
    public async Task By_itself_it_happens_soon()
    {
        await using var app = await ChannelApp.Start();
        app.Media.Keep(Address, s_picture);

        await Receive(app, Address);

        await Poll.Get(() => app.Broker.Published.OfType<MediaStored>().Count(), count => count == 1, "the picture is stored");
    }

    [Test]
    public async Task A_redirect_elsewhere_is_followed_without_credentials()
    {
        await using var app = await ChannelApp.Start(workers: false);
        const string Elsewhere = "https://cdn.example.net/file";
        app.Media.Files[Address] = _ => new HttpResponseMessage(HttpStatusCode.TemporaryRedirect) { Headers = { Location = new Uri(Elsewhere) } };
        app.Media.Keep(Elsewhere, s_picture);

        await Receive(app, Address);
        await app.Get<MediaDownloads>().Run(default);

        Assert.That(app.Media.Fetched, Is.EqualTo(new[] { (Address, s_credentials), (Elsewhere, (string?)null) }));
        Assert.That(app.Media.Taken, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Addresses_of_others_get_no_credentials()
    {
        await using var app = await ChannelApp.Start(workers: false);
        const string Elsewhere = "https://twilio.test.evil.example/file";
        app.Media.Keep(Elsewhere, s_picture);

        await Receive(app, Elsewhere);
        await app.Get<MediaDownloads>().Run(default);

        Assert.That(app.Media.Fetched.Single().Authorization, Is.Null);
    }

    [Test]
    public async Task What_fails_is_tried_again_and_a_store_that_is_away_uses_no_attempts_up()
    {
        await using var app = await ChannelApp.Start(workers: false);
        await Receive(app, Address);

        await app.Get<MediaDownloads>().Run(default);
        Assert.That(await app.Scalar("SELECT attempts || ' ' || error FROM media_jobs"), Is.EqualTo("1 http_404"));
        Assert.That(await app.Get<MediaDownloads>().Run(default), Is.Zero, "not at once");

        app.Media.Keep(Address, s_picture);
        foreach (var (status, error) in new[] { (HttpStatusCode.ServiceUnavailable, "store_away"), (HttpStatusCode.NotFound, "no_message") })
        {
            app.Media.Store = status;
            app.Time.Advance(TimeSpan.FromMinutes(1));
            await app.Get<MediaDownloads>().Run(default);
            Assert.That(await app.Scalar("SELECT attempts || ' ' || error FROM media_jobs"), Is.EqualTo($"1 {error}"));
        }

        app.Media.Store = HttpStatusCode.OK;
        app.Broker.IsAway = true;
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.Get<MediaDownloads>().Run(default);
        app.Broker.IsAway = false;
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.Get<MediaDownloads>().Run(default);
        Assert.That(app.Broker.Published.OfType<MediaStored>().Count(), Is.EqualTo(1));
        Assert.That(app.Media.Taken, Has.Count.EqualTo(2), "taken twice, told of once");
    }

    [Test]
    public async Task What_never_comes_is_given_up_without_keeping_its_address()
    {
        await using var app = await ChannelApp.Start(workers: false);
        await Receive(app, Address);

        for (var attempt = 0; attempt < 10; attempt++)
        {
            await app.Get<MediaDownloads>().Run(default);
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(await app.Scalar("SELECT failed AND error = 'http_404' AND attachment->>'source' IS NULL FROM media_jobs"), Is.True);
        Assert.That(await app.Get<MediaDownloads>().Run(default), Is.Zero);
        var (told, message) = (app.Broker.Published.OfType<MediaFailed>().Single(), app.Broker.Messages.Single());
        Assert.That((told.MessageId, told.AttachmentId, told.Partition, told.Reason), Is.EqualTo((message.MessageId, message.Content.Attachments![0].Id, message.Partition, "http_404")));
    }

    [Test]
    public async Task What_is_given_up_while_the_broker_is_away_is_told_afterwards()
    {
        await using var app = await ChannelApp.Start(workers: false);
        app.Media.Files[Address] = _ => new HttpResponseMessage(HttpStatusCode.Gone);
        await Receive(app, Address);
        app.Broker.IsAway = true;
        await app.Get<MediaDownloads>().Run(default);
        Assert.That(await app.Scalar("SELECT failed FROM media_jobs"), Is.False);

        app.Broker.IsAway = false;
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.Get<MediaDownloads>().Run(default);

        Assert.That(app.Broker.Published.OfType<MediaFailed>().Count(), Is.EqualTo(1));
        Assert.That(await app.Scalar("SELECT failed FROM media_jobs"), Is.True);
    }

    [TestCase("gone", "http_410")]
    [TestCase("announced", "too_large")]
    [TestCase("endless", "too_large")]
    [TestCase("script", "no_address")]
    public async Task What_cannot_succeed_is_given_up_at_once(string kind, string error)
    {
        await using var app = await ChannelApp.Start(workers: false);
        var address = kind == "script" ? "file:///etc/passwd" : Address;
        app.Media.Files[Address] = _ => kind switch
        {
            "gone" => new HttpResponseMessage(HttpStatusCode.Gone),
            "announced" => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) { Headers = { ContentLength = 26 * 1024 * 1024 } } },
            _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Endless()) },
        };

        await Receive(app, address);
        await app.Get<MediaDownloads>().Run(default);

        Assert.That(await app.Scalar("SELECT failed::text || ' ' || error FROM media_jobs"), Is.EqualTo($"true {error}"));
        Assert.That(app.Media.Taken, Is.Empty);
    }

    [Test]
    public async Task A_webhook_seen_twice_makes_one_job_and_an_unverified_one_none()
    {
        await using var app = await ChannelApp.Start(
            workers: false, settings: new Dictionary<string, string?> { ["Channels:Twilio:SignatureMode"] = "Observe" });
        await app.Get<Observations>().Load(app.Get<ChannelAdapters>().All.Single().Connection, default);

        await Receive(app, Address);
        await Receive(app, Address);
        Assert.That(await app.Scalar("SELECT count(*) FROM media_jobs"), Is.EqualTo(1L));

        await Receive(app, Address, "SM2", signature: Convert.ToBase64String(new byte[20]));
        Assert.That(app.Broker.Messages, Has.Count.EqualTo(2));
        Assert.That(await app.Scalar("SELECT count(*) FROM media_jobs"), Is.EqualTo(1L));
    }

    [Test]
    public async Task What_the_customer_took_back_or_is_only_shown_where_it_lies_is_not_fetched()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var connection = app.Get<ChannelAdapters>().All.Single().Connection;
        await Receive(app, Address);
        var deletion = new ChangeItem("delete-1", connection.Account, new CustomerAddress("whatsapp", ChannelApp.Customer), MessageChange.Deleted, "MM1");
        await app.Get<PersonIntake>().Accept(connection, deletion, null, null, app.Time.GetUtcNow(), logDuplicate: true, default);
        Assert.That(await app.Scalar("SELECT count(*) FROM media_jobs"), Is.EqualTo(0L));

        var story = new Attachment(Guid.NewGuid(), "story_mention", "application/octet-stream", Source: Address);
        var mention = new InboundItem("m1", connection.Account, new CustomerAddress("whatsapp", ChannelApp.Customer), new MessageContent("", [story]));
        await app.Get<PersonIntake>().Accept(connection, mention, null, null, app.Time.GetUtcNow(), logDuplicate: true, default);
        Assert.That(await app.Scalar("SELECT count(*) FROM media_jobs"), Is.EqualTo(0L));
    }

    private static async Task Receive(ChannelApp app, string address, string sid = "MM1", string? signature = null)
    {
        var form = ChannelApp.Message(sid, "look");
        (form["NumMedia"], form["MediaUrl0"], form["MediaContentType0"]) = ("1", address, "image/png");
        Assert.That((await app.Post(form, signature: signature)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
