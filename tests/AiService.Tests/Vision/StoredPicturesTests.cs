using System.Collections.Concurrent;
using Assistify.AiService.Vision;
using Assistify.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Vision;

/// <summary>Pictures come from our own store by signed calls, and are waited for while they are on their way.</summary>
public sealed class StoredPicturesTests
{
    private static readonly Guid s_workspace = Guid.NewGuid();
    private static readonly Guid s_message = Guid.NewGuid();
    private readonly ConcurrentDictionary<Guid, int> _asked = [];
    private WebApplication _chat = null!;
    private ServiceProvider _services = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _chat = builder.Build();
        _chat.MapGet("/internal/media/{id:guid}", Give);
        await _chat.StartAsync();

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]), ["services:chat:http:0"] = "http://127.0.0.1:9", ["services:chat:http:1"] = _chat.Urls.Single(),
        }).Build();
        _services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System).AddLogging().AddVision().BuildServiceProvider();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _services.DisposeAsync();
        await _chat.DisposeAsync();
    }

    [Test]
    public async Task A_picture_on_its_way_is_waited_for()
    {
        var picture = await Get(Guid.NewGuid(), "late");

        Assert.That((picture!.ContentType, picture.Bytes), Is.EqualTo(("image/png", new byte[] { 1, 2, 3 })));
    }

    [TestCase("large")]
    [TestCase("drawing")]
    public async Task What_no_model_takes_is_not_fetched(string which) => Assert.That((await Get(Guid.NewGuid(), which))!.ContentType, Is.Empty);

    [Test]
    public async Task What_never_comes_is_not_waited_for_for_ever() => Assert.That(await Get(Guid.NewGuid(), "never"), Is.Null);

    [Test]
    public async Task What_is_known_never_to_come_is_waited_for_no_longer()
    {
        var id = Guid.NewGuid();

        Assert.That(await Get(id, "gone"), Is.Null);
        Assert.That(_asked[id], Is.EqualTo(3), "while it may come, and then no more");
    }

    private readonly ConcurrentDictionary<Guid, string> _which = [];

    private Task<PictureContent?> Get(Guid id, string which)
    {
        _which[id] = which;
        return _services.GetRequiredService<IPictureContents>().Get(s_workspace, s_message, id, default);
    }

    private IResult Give(Guid id, Guid workspaceId, Guid messageId, HttpContext http)
    {
        var authentic = _services.GetRequiredService<InternalCalls>().IsAuthentic($"GET {http.Request.Path}{http.Request.QueryString}", http.Request.Headers[InternalCalls.Header]);
        if (!authentic || (workspaceId, messageId) != (s_workspace, s_message)) return Results.Unauthorized();
        return _which[id] switch
        {
            "gone" when _asked.AddOrUpdate(id, 1, (_, n) => n + 1) > 2 => Results.StatusCode(StatusCodes.Status410Gone),
            "late" when _asked.AddOrUpdate(id, 1, (_, n) => n + 1) > 2 => Results.Bytes([1, 2, 3], "image/png"),
            "large" => Results.Bytes(new byte[StoredPictures.Largest + 1], "image/png"),
            "drawing" => Results.Bytes([1], "image/svg+xml"),
            _ => Results.NotFound(),
        };
    }
}
