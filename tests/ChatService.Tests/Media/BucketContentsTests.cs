using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Media;

public sealed class BucketContentsTests
{
    [Test]
    public async Task A_bucket_that_is_away_is_said_so_and_the_same_call_succeeds_later()
    {
        await using var bucket = await BucketStandIn.Start();
        await using var host = new ChatHost();
        bucket.Serve(host);
        var customer = await host.Customer();
        var content = RandomNumberGenerator.GetBytes(100_000);
        var media = await Json(await Upload(customer.Client, content));
        var link = host.Services.GetRequiredService<MediaLinks>().PathOf(media.GetProperty("id").GetGuid());

        bucket.IsAway = true;
        await IsUnavailable(await Upload(customer.Client, RandomNumberGenerator.GetBytes(10)));
        await IsUnavailable(await host.Operator("owner").DeleteAsync($"/api/customers/{customer.CustomerId}"));
        Assert.That(await host.Query<long>("select count(*) from media where customer_id = $1", customer.CustomerId), Is.EqualTo(new[] { 1L }), "kept what it could not store, or forgot what it could not remove");
        Assert.That(host.Broker.All<Contracts.CustomerErased>(), Is.Empty);

        bucket.IsAway = false;
        Assert.That(await host.CreateClient().GetByteArrayAsync(link), Is.EqualTo(content));
        Assert.That((await host.Operator("owner").DeleteAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(bucket.Objects, Is.Empty);
    }

    [Test]
    public async Task A_download_while_the_bucket_is_away_is_503_and_of_an_object_that_is_gone_404()
    {
        await using var bucket = await BucketStandIn.Start();
        await using var host = new ChatHost();
        bucket.Serve(host);
        var media = await Json(await Upload((await host.Customer()).Client, "some text"u8.ToArray()));
        var link = host.Services.GetRequiredService<MediaLinks>().PathOf(media.GetProperty("id").GetGuid());

        bucket.Objects.Clear();
        Assert.That((await host.CreateClient().GetAsync(link)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        bucket.IsAway = true;
        await IsUnavailable(await host.CreateClient().GetAsync(link));
    }

    [Test]
    public async Task A_bucket_that_refuses_the_key_is_as_good_as_away()
    {
        await using var bucket = await BucketStandIn.Start();
        await using var host = new ChatHost();
        bucket.Serve(host);
        host.Settings["Media:S3:AccessKey"] = "AKIAOFANOTHER";

        await IsUnavailable(await Upload((await host.Customer()).Client, "some text"u8.ToArray()));
        Assert.That(bucket.Objects, Is.Empty);
    }

    [Test]
    public async Task Without_its_keys_the_service_does_not_start()
    {
        await using var host = new ChatHost();
        host.Settings["Media:Kind"] = "s3";
        host.Settings["Media:S3:Bucket"] = "files";
        host.Settings["Media:S3:Region"] = "eu-central-1";
        host.Settings["Media:S3:AccessKey"] = "AKIA";

        Assert.That(() => host.CreateClient(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Media__S3__SecretKey is missing"));
    }

    private static async Task<HttpResponseMessage> Upload(HttpClient client, byte[] content)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "file.bin" } };
        return await client.PostAsync("/api/media", form);
    }

    private static async Task IsUnavailable(HttpResponseMessage response)
    {
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That((await Json(response)).GetProperty("status").GetInt32(), Is.EqualTo(503));
    }

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
