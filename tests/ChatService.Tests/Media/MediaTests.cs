using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Media;

public class MediaTests
{
    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    private ChatHost _host = null!;

    [OneTimeSetUp]
    public void Start() => _host = new ChatHost();

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

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
        Assert.That(file.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That((await anonymous.GetAsync(url[..^1] + (url[^1] == 'A' ? 'B' : 'A'))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await anonymous.GetAsync(url.Split('?')[0])).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
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

    private static async Task<HttpResponseMessage> Upload(HttpClient client, byte[] content, string name, string contentType)
    {
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var form = new MultipartFormDataContent { { file, "file", name } };
        return await client.PostAsync("/api/media", form);
    }

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
