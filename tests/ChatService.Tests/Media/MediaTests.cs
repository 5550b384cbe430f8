using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Media;

[TestFixture("disk")]
[TestFixture("s3")]
public sealed class MediaTests(string kind)
{
    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
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
    public async Task A_file_is_what_is_in_it_and_is_read_by_its_signed_link_only()
    {
        _host.AnswerWith("Nice picture.");
        var customer = await _host.Customer();
        var media = await Json(await Upload(customer.Client, s_png, "evil.html", "text/html"));
        Assert.That((media.GetProperty("kind").GetString(), media.GetProperty("contentType").GetString()), Is.EqualTo(("image", "image/png")));

        var sent = await Json(await customer.Client.PostAsJsonAsync(
            "/api/messages/process_message", new { attachments = new[] { media.GetProperty("id").GetGuid() } }));
        var url = sent.GetProperty("message").GetProperty("attachments")[0].GetProperty("url").GetString()!;

        var anonymous = _host.CreateClient();
        var file = await anonymous.GetAsync(url);
        Assert.That(await file.Content.ReadAsByteArrayAsync(), Is.EqualTo(s_png));
        Assert.That((file.Content.Headers.ContentType?.MediaType, file.Content.Headers.ContentLength), Is.EqualTo(("image/png", s_png.Length)));
        Assert.That(file.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That((await anonymous.GetAsync(url[..^1] + (url[^1] == 'A' ? 'B' : 'A'))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await anonymous.GetAsync(url.Split('?')[0])).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("bytes=1-3", HttpStatusCode.PartialContent, "bytes 1-3/11", "PNG")]
    [TestCase("bytes=-2", HttpStatusCode.PartialContent, "bytes 9-10/11", "\u0002\u0003")]
    [TestCase("bytes=50-", HttpStatusCode.RequestedRangeNotSatisfiable, "bytes */11", null)]
    [TestCase("bytes=nonsense", HttpStatusCode.OK, null, null)]
    public async Task A_part_is_had_by_its_range(string range, HttpStatusCode status, string? answered, string? content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Link(await Upload((await _host.Customer()).Client, s_png)));
        request.Headers.TryAddWithoutValidation("Range", range);

        var part = await _host.CreateClient().SendAsync(request);

        Assert.That((part.StatusCode, part.Content.Headers.ContentRange?.ToString()), Is.EqualTo((status, answered)));
        if (content is not null) Assert.That(await part.Content.ReadAsStringAsync(), Is.EqualTo(content));
        if (status == HttpStatusCode.OK) Assert.That(await part.Content.ReadAsByteArrayAsync(), Is.EqualTo(s_png));
    }

    [Test]
    public async Task What_two_customers_have_goes_with_the_second()
    {
        byte[] same = [.. s_png, .. RandomNumberGenerator.GetBytes(8)];
        var (one, other) = (await _host.Customer(), await _host.Customer());
        var (ofOne, ofOther) = (await Upload(one.Client, same), await Upload(other.Client, same));

        Assert.That((await _host.Operator("owner").DeleteAsync($"/api/customers/{one.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _host.CreateClient().GetAsync(Link(ofOne))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _host.CreateClient().GetByteArrayAsync(Link(ofOther)), Is.EqualTo(same));
        Assert.That(Kept(), Has.Some.EqualTo(BucketStandIn.NameOf(same)));

        Assert.That((await _host.Operator("owner").DeleteAsync($"/api/customers/{other.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Kept(), Has.None.EqualTo(BucketStandIn.NameOf(same)));
    }

    [Test]
    public async Task A_large_picture_has_a_small_version_that_goes_with_it()
    {
        _host.AnswerWith("Nice picture.");
        var customer = await _host.Customer();
        var picture = Picture(1600, 800);
        var media = await Upload(customer.Client, picture);
        var sent = await Json(await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { attachments = new[] { media } }));
        var attachment = sent.GetProperty("message").GetProperty("attachments")[0];
        var anonymous = _host.CreateClient();

        // Some look at once, before there is one, and one later.
        var looks = await Task.WhenAll(Enumerable.Range(1, 3).Select(_ => anonymous.GetAsync(attachment.GetProperty("thumbnailUrl").GetString())));
        foreach (var small in looks.Append(await anonymous.GetAsync(attachment.GetProperty("thumbnailUrl").GetString())))
        {
            Assert.That((small.StatusCode, small.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "image/jpeg")));
            Assert.That(SizeOfJpeg(await small.Content.ReadAsByteArrayAsync()), Is.EqualTo((640, 320)));
        }
        Assert.That(await anonymous.GetByteArrayAsync(attachment.GetProperty("url").GetString()), Is.EqualTo(picture));
        Assert.That(Kept().Where(name => name.StartsWith(BucketStandIn.NameOf(picture), StringComparison.Ordinal)).Count(), Is.EqualTo(2));

        Assert.That((await _host.Operator("owner").DeleteAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Kept(), Has.None.StartsWith(BucketStandIn.NameOf(picture)));
    }

    [Test]
    public async Task A_picture_that_cannot_be_made_small_is_shown_as_it_is()
    {
        byte[] damaged = [.. s_png, .. RandomNumberGenerator.GetBytes(100_000)];
        var media = await Upload((await _host.Customer()).Client, damaged);
        var small = _host.Services.GetRequiredService<MediaLinks>().ThumbnailPathOf(media);

        for (var look = 1; look <= 2; look++) Assert.That(await _host.CreateClient().GetByteArrayAsync(small), Is.EqualTo(damaged));
    }

    [Test]
    public async Task A_picture_that_is_small_already_stays_what_it_is()
    {
        var media = await Upload((await _host.Customer()).Client, [.. s_png, .. RandomNumberGenerator.GetBytes(8)]);
        var small = await _host.CreateClient().GetAsync(_host.Services.GetRequiredService<MediaLinks>().ThumbnailPathOf(media));

        Assert.That((small.StatusCode, small.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "image/png")));
    }

    [Test]
    public async Task Contents_are_in_one_place_and_under_the_same_names_everywhere()
    {
        byte[] own = [.. s_png, .. RandomNumberGenerator.GetBytes(8)];
        await Upload((await _host.Customer()).Client, own);

        Assert.That(Kept(), Has.Some.EqualTo(BucketStandIn.NameOf(own)));
        Assert.That(kind == "s3" ? OnDisk() : _bucket.Objects.Keys, Is.Empty);
    }

    [Test]
    public async Task Markup_is_only_downloaded_and_other_customers_files_cannot_be_attached()
    {
        var (mine, theirs) = (await _host.Customer(), await _host.Customer());
        var media = await Json(await Upload(theirs.Client, Encoding.UTF8.GetBytes("<script>alert(1)</script>"), "page.html", "text/html"));

        Assert.That(media.GetProperty("contentType").GetString(), Does.StartWith("text/plain"));
        var response = await mine.Client.PostAsJsonAsync("/api/messages/process_message", new { attachments = new[] { media.GetProperty("id").GetGuid() } });
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task What_is_no_file_is_refused()
    {
        var customer = await _host.Customer();

        Assert.That((await customer.Client.PostAsJsonAsync("/api/media", new { })).StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That((await Upload(customer.Client, [], "empty", "text/plain")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Upload(customer.Client, new byte[25 * 1024 * 1024 + 1], "big", "text/plain")).StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        using var broken = new StringContent("--x\r\nnonsense");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        Assert.That((await customer.Client.PostAsync("/api/media", broken)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    /// <summary>A PNG of noise that says which camera took it.</summary>
    private static byte[] Picture(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write(s_png.AsSpan(0, 8));
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 0);
        Chunk("IHDR"u8, header);
        Chunk("eXIf"u8, [.. "II*\0\u0008\0\0\0\u0001\0"u8, 0x0F, 0x01, .. "\u0002\0\u0006\0\0\0\u001A\0\0\0\0\0\0\0Secret"u8]);
        using (var packed = new MemoryStream())
        {
            using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                for (var row = 0; row < height; row++) zlib.Write([0, .. RandomNumberGenerator.GetBytes(width)]);
            }
            Chunk("IDAT"u8, packed.ToArray());
        }
        Chunk("IEND"u8, []);
        return file.ToArray();

        static uint Crc(byte[] bytes)
        {
            var crc = uint.MaxValue;
            foreach (var value in bytes)
            {
                crc ^= value;
                for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
            return ~crc;
        }

        void Chunk(ReadOnlySpan<byte> name, byte[] content)
        {
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            file.Write(number);
            byte[] named = [.. name, .. content];
            file.Write(named);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
            file.Write(number);
        }
    }

    /// <summary>Where and with what it was taken is not in it.</summary>
    private static (int Width, int Height) SizeOfJpeg(byte[] file)
    {
        Assert.That((file.AsSpan().IndexOf("Exif"u8), file.AsSpan().IndexOf("Secret"u8)), Is.EqualTo((-1, -1)));
        var frame = file.AsSpan(file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0, 0x00, 0x11]) + 5);
        return (BinaryPrimitives.ReadUInt16BigEndian(frame[2..]), BinaryPrimitives.ReadUInt16BigEndian(frame));
    }

    private IEnumerable<string> Kept() => kind == "s3" ? _bucket.Objects.Keys : OnDisk();

    private IEnumerable<string> OnDisk() => Directory.EnumerateFiles(_host.MediaFolder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_host.MediaFolder, path));

    private string Link(Guid media) => _host.Services.GetRequiredService<MediaLinks>().PathOf(media);

    private static async Task<Guid> Upload(HttpClient client, byte[] content) =>
        (await Json(await Upload(client, content, "file.png", "image/png"))).GetProperty("id").GetGuid();

    private static async Task<HttpResponseMessage> Upload(HttpClient client, byte[] content, string name, string contentType)
    {
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var form = new MultipartFormDataContent { { file, "file", name } };
        return await client.PostAsync("/api/media", form);
    }

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
