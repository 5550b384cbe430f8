using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Assistify.ChatService.Media;
using Assistify.ChatService.Tests.Support;
using Assistify.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Media;

/// <summary>Two customers have the same file: who is erased takes it from nobody else, however close together that is.</summary>
public sealed class SharedContentTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private ChatHost _host = null!;
    private InterruptedContents _contents = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _host = new ChatHost();
        _host.Configure = services => services.Replace(ServiceDescriptor.Singleton<IMediaContents>(
            provider => _contents = new InterruptedContents(ActivatorUtilities.CreateInstance<DiskContents>(provider))));
    }

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task A_file_that_is_being_uploaded_survives_the_erasure_of_somebody_who_has_the_same()
    {
        var content = RandomNumberGenerator.GetBytes(64);
        var (one, other) = (await _host.Customer(), await _host.Customer());
        await Upload(one.Client, content);

        Task<HttpResponseMessage> erasing = null!;
        _contents.Kept = async () =>
        {
            // The content is there, and what says whose it is is not: only now is the first customer erased.
            erasing = _host.Operator("owner").DeleteAsync($"/api/customers/{one.CustomerId}");
            await EndedOrWaiting(erasing);
        };
        var uploaded = await Upload(other.Client, content);
        using var erased = await erasing;

        Assert.That(erased.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await _host.CreateClient().GetByteArrayAsync(Link(uploaded)), Is.EqualTo(content));
    }

    [Test]
    public async Task A_file_that_is_uploaded_while_the_same_is_removed_is_kept_anew()
    {
        var content = RandomNumberGenerator.GetBytes(64);
        var (one, other) = (await _host.Customer(), await _host.Customer());
        await Upload(one.Client, content);

        Task<Guid> uploading = null!;
        _contents.Removing = async () =>
        {
            uploading = Upload(other.Client, content);
            await EndedOrWaiting(uploading);
        };
        using var erased = await _host.Operator("owner").DeleteAsync($"/api/customers/{one.CustomerId}");

        Assert.That(await _host.CreateClient().GetByteArrayAsync(Link(await uploading)), Is.EqualTo(content));
    }

    [Test]
    public async Task What_an_operator_wrote_to_a_customer_goes_with_him()
    {
        var customer = await _host.Customer();
        var operators = _host.Operator();
        var content = RandomNumberGenerator.GetBytes(64);
        var media = await Upload(operators, content);
        using var sent = await operators.PostAsJsonAsync($"/api/conversations/{customer.ConversationId}/messages", new { text = "Your invoice", attachments = new[] { media } });
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(await _host.CreateClient().GetByteArrayAsync(Link(media)), Is.EqualTo(content));

        using var erased = await _host.Operator("owner").DeleteAsync($"/api/customers/{customer.CustomerId}");

        using var gone = await _host.CreateClient().GetAsync(Link(media));
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _host.Query<long>("select count(*) from media where id = $1", media), Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public async Task A_file_of_two_customers_stays_for_one_when_the_other_is_erased_and_goes_with_the_last()
    {
        var content = RandomNumberGenerator.GetBytes(64);
        var (one, other, owner) = (await _host.Customer(), await _host.Customer(), _host.Operator("owner"));
        var (ofOne, ofOther) = (await Upload(one.Client, content), await Upload(other.Client, content));
        Assert.That(Kept(content), Is.EqualTo(1), "stored once");

        using var first = await owner.DeleteAsync($"/api/customers/{one.CustomerId}");
        using var gone = await _host.CreateClient().GetAsync(Link(ofOne));
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _host.CreateClient().GetByteArrayAsync(Link(ofOther)), Is.EqualTo(content));

        using var second = await owner.DeleteAsync($"/api/customers/{other.CustomerId}");
        using var both = await _host.CreateClient().GetAsync(Link(ofOther));
        Assert.That(both.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Kept(content), Is.Zero);
    }

    private int Kept(byte[] content) =>
        Directory.EnumerateFiles(_host.MediaFolder, Convert.ToHexStringLower(SHA256.HashData(content)), SearchOption.AllDirectories).Count();

    // Whoever comes second waits for a lock in the database.
    private Task EndedOrWaiting(Task task) => Eventually.IsTrue(
        async () => task.IsCompleted
            || (await _host.Query<long>("select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.locktype = 'advisory' and not l.granted"))[0] > 0,
        s_patience);

    private string Link(Guid media) => _host.Services.GetRequiredService<MediaLinks>().PathOf(media);

    private static async Task<Guid> Upload(HttpClient client, byte[] content)
    {
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse("application/octet-stream");
        using var form = new MultipartFormDataContent { { file, "file", "file.bin" } };
        using var response = await client.PostAsync("/api/media", form);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Lets a test do something once in the middle of another call.</summary>
    private sealed class InterruptedContents(IMediaContents inner) : IMediaContents
    {
        public Func<Task>? Kept { get; set; }

        public Func<Task>? Removing { get; set; }

        public async Task Keep(string file, string sha256, CancellationToken cancellationToken)
        {
            await inner.Keep(file, sha256, cancellationToken);
            var interruption = Kept;
            Kept = null;
            if (interruption is not null) await interruption();
        }

        public Task<IResult?> Answer(HttpRequest request, MediaFacts media, CancellationToken cancellationToken) => inner.Answer(request, media, cancellationToken);

        public Task<Stream?> Open(string sha256, CancellationToken cancellationToken) => inner.Open(sha256, cancellationToken);

        public async Task Remove(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken)
        {
            var interruption = Removing;
            Removing = null;
            if (interruption is not null) await interruption();
            await inner.Remove(hashes, cancellationToken);
        }
    }
}
