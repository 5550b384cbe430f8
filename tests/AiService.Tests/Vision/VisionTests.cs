using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Tests.Providers;
using Assistify.AiService.Vision;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Vision;

/// <summary>Pictures are looked at by the providers' models, over real HTTP, and what is seen decides what is answered.</summary>
public sealed class VisionTests
{
    private const string BlueVase = """
        ```json
        {"kind":"product","description":"A tall blue ceramic vase on a table.","objects":[{"name":"Vase","colours":["Blue","cobalt"]},{"name":"table","colours":[]}],"text":"SALE 5 EUR"}
        ```
        """;

    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    private static readonly string[] s_three = [ProviderKinds.Anthropic, ProviderKinds.OpenAi, ProviderKinds.Compatible];

    private Shop _shop = null!;
    private ScriptedModel _model = null!;

    [OneTimeSetUp]
    public async Task Start() => (_shop, _model) = (await Shop.Shared, ScriptedModel.Start());

    [OneTimeTearDown]
    public async Task Stop() => await _model.DisposeAsync();

    [TestCase(ProviderKinds.Anthropic, "\"media_type\":\"image/png\",\"data\":\"")]
    [TestCase(ProviderKinds.OpenAi, "\"image_url\":\"data:image/png;base64,")]
    [TestCase(ProviderKinds.Compatible, "\"url\":\"data:image/png;base64,")]
    public async Task What_is_seen_is_searched_for_and_stands_in_the_trace(string kind, string wire)
    {
        await Sees(BlueVase, writes: "I am glad you like it, what a lovely thing to have at home.");
        var request = Sent("");

        var answer = await Answer(request, [kind]);

        Assert.That(answer.Trace.Wishes.Single().Kind, Is.EqualTo(WishKind.Products));
        Assert.That(answer.Trace.Sources.Select(source => source.Title), Does.Contain("Aegean blue vase"));
        Assert.That((answer.Reply.Model, answer.Reply.HandOver), Is.EqualTo(($"test-{kind}", false)));
        var seen = answer.Trace.Pictures.Single();
        Assert.That((seen.MediaId, seen.Model, seen.Facts!.Kind), Is.EqualTo((request.History[0].Pictures![0], "sees", "product")));
        Assert.That(seen.Facts.Objects[0], Has.Property("Name").EqualTo("vase").And.Property("Colours").EqualTo(new[] { "blue" }), "only colours that there are");
        Assert.That(answer.Trace.Stages.Select(stage => stage.Name), Is.EqualTo(new[] { "understand", "see", "decide", "gather", "write", "check" }));
        Assert.That((answer.Trace.Writers[0].Model, answer.Trace.Writers[0].Outcome), Is.EqualTo(("sees", "described")));

        var calls = await _model.Calls();
        Assert.That(calls.Select(call => call.GetProperty("model").GetString()), Is.EqualTo(new[] { "sees", $"test-{kind}" }), "the one that sees looks, the usual one writes");
        Assert.That(calls[0].GetProperty("request").GetRawText(), Does.Contain(wire + Convert.ToBase64String(s_png)));
        Assert.That(calls[1].GetProperty("request").GetRawText(), Does.Contain("seenInPicturesOfTheCustomer").And.Contain("A tall blue ceramic vase").And.Not.Contain(Convert.ToBase64String(s_png)));
    }

    [Test]
    public async Task A_price_in_a_picture_is_nobodys_price()
    {
        await Sees(BlueVase, writes: "The Aegean blue vase costs 5 EUR.");

        var answer = await Answer(Sent("how much is this?"), [ProviderKinds.OpenAi]);

        Assert.That(answer.Reply.Model, Is.EqualTo("offline"));
        Assert.That(answer.Reply.Text, Does.Contain("Aegean blue vase").And.Contain("39.00").And.Not.Contain("5 EUR"));
    }

    [Test]
    public async Task Without_words_a_damage_is_a_complaint()
    {
        await Sees("""{"kind":"damage","description":"A broken mug.","objects":[{"name":"mug","colours":["white"]}],"text":""}""", writes: "I am very sorry about that.");

        var answer = await Answer(Sent(""), [ProviderKinds.Anthropic]);

        Assert.That(answer.Trace.Wishes.Single(), Has.Property("Intent").EqualTo("complaint"));
    }

    [Test]
    public async Task The_next_provider_looks_where_one_fails_and_nothing_is_looked_at_twice()
    {
        await _model.Says(
            new { when = "Describe this picture", answers = new object[] { new { error = new { status = 400, type = "invalid_request_error" } }, new { text = "I see nothing." }, new { text = BlueVase } } },
            new { answers = new[] { new { text = "I am glad you like it, what a lovely thing to have at home." } } });
        var request = Sent("");

        var first = await Answer(request, s_three);
        var again = await Answer(request, s_three);
        var later = new HistoryMessage(Guid.NewGuid(), Author.Customer, "do you have it in white?", DateTimeOffset.UnixEpoch);
        var next = await Answer(request with { History = [.. request.History, later], Unanswered = [later.Id], Version = 2 }, s_three);

        Assert.That(first.Trace.Writers.Take(3).Select(writer => (writer.Provider, writer.Outcome, writer.Reason)), Is.EqualTo(new[]
        {
            ("anthropic", "failed", "invalid_request"), ("openai", "failed", "unreadable"), ("openai-compatible", "described", (string?)null),
        }));
        Assert.That((await _model.Calls()).Count(call => call.GetProperty("model").GetString() == "sees"), Is.EqualTo(3));
        Assert.That(new[] { again, next }.Select(answer => answer.Trace.Pictures.Single().Facts!.Description), Is.All.EqualTo("A tall blue ceramic vase on a table."));
    }

    [TestCase("", "I can't look at your picture myself")]
    [TestCase("When are you open on Sunday?", "11:00 to 15:00")]
    public async Task Without_a_provider_the_picture_goes_to_a_person_and_is_said_so(string text, string says)
    {
        var answer = await Answer(Sent(text), []);

        Assert.That(answer.Reply.Text, Does.Contain(says).And.Contain("I can't look at your picture myself, so I'm passing it to a colleague"));
        Assert.That((answer.Reply.HandOver, answer.Reply.Model, answer.Trace.Pictures.Single().Reason), Is.EqualTo((true, "offline", "no_provider")));
    }

    [Test]
    public async Task Everybody_who_fails_leaves_it_to_a_person()
    {
        await _model.Says(new { answers = new[] { new { error = new { status = 400, type = "invalid_request_error" } } } });

        var answer = await Answer(Sent("Πόσο κάνει αυτό;"), s_three);

        Assert.That(answer.Reply.Text, Does.Contain("Δεν μπορώ να δω ο ίδιος τη φωτογραφία σας"));
        Assert.That((answer.Reply.HandOver, answer.Trace.Pictures.Single().Reason), Is.EqualTo((true, "all_failed")));
        Assert.That(await _model.Calls(), Has.Count.EqualTo(3), "and no model writes");
    }

    [TestCase("vision")]
    [TestCase("models")]
    public async Task What_is_switched_off_is_not_looked_at(string feature)
    {
        await Sees(BlueVase, writes: "x");

        var answer = await Answer(Sent("") with { Assistant = new BusinessSettings("friendly", null, [feature]) }, [ProviderKinds.OpenAi]);

        Assert.That((answer.Reply.HandOver, answer.Trace.Pictures.Single().Reason), Is.EqualTo((true, "switched_off")));
        Assert.That(await _model.Calls(), Is.Empty);
    }

    [TestCase(false, "not_there")]
    [TestCase(true, "not_taken")]
    public async Task What_cannot_be_had_goes_to_a_person(bool there, string reason)
    {
        var answer = await Answer(Sent(""), [ProviderKinds.OpenAi], there ? new PictureContent([], "") : null);

        Assert.That((answer.Reply.HandOver, answer.Trace.Pictures.Single().Reason), Is.EqualTo((true, reason)));
    }

    [Test]
    public void A_server_that_only_speaks_like_the_makers_looks_at_nothing_unless_it_is_told_a_model_that_sees()
    {
        var models = _model.Services(_shop, [ProviderKinds.Compatible, ProviderKinds.OpenAi]).GetServices<VisionModel>().Select(model => model.Name);

        Assert.That(models, Is.EqualTo(new[] { "test-openai" }));
    }

    [Test]
    public async Task What_was_seen_goes_with_the_customer()
    {
        await Sees(BlueVase, writes: "I am glad you like it, what a lovely thing to have at home.");
        var request = Sent("");
        await Answer(request, [ProviderKinds.OpenAi]);
        var store = new PictureFactsStore(_shop.Database, TimeProvider.System);
        var media = request.History[0].Pictures!.ToArray();
        Assert.That(await store.Find(request.WorkspaceId, media, default), Has.Count.EqualTo(1));
        Assert.That(await store.Find(Guid.NewGuid(), media, default), Is.Empty, "another workspace");

        await new CustomerErasedConsumer(_shop.Database).Erase(new CustomerErased(request.WorkspaceId, [request.CustomerId], [request.ConversationId], []), default);

        Assert.That(await store.Find(request.WorkspaceId, media, default), Is.Empty);
    }

    [TestCase("no json")]
    [TestCase("{\"kind\":\"person\",\"description\":\"x\"}")]
    [TestCase("{\"kind\":\"product\"}")]
    [TestCase("{\"kind\":7,\"description\":\"x\"}")]
    [TestCase("{broken}")]
    public void What_is_no_description_is_none(string written) => Assert.That(PictureFacts.Read(written), Is.Null);

    private static ReplyRequested Sent(string text)
    {
        var message = new HistoryMessage(Guid.NewGuid(), Author.Customer, text, DateTimeOffset.UnixEpoch, Pictures: [Guid.NewGuid()]);
        return Some.Request(Guid.NewGuid(), 1, [message], [message.Id], locale: "en");
    }

    private Task Sees(string facts, string writes) => _model.Says(
        new { when = "Describe this picture", answers = new[] { new { text = facts } } },
        new { answers = new[] { new { text = writes } } });

    private Task<Answer> Answer(ReplyRequested request, string[] kinds) => Answer(request, kinds, new PictureContent(s_png, "image/png"));

    private Task<Answer> Answer(ReplyRequested request, string[] kinds, PictureContent? content)
    {
        var settings = kinds.Select((_, n) => ($"Ai:Providers:{n}:VisionModel", "sees")).ToArray();
        var services = _model.Services(_shop, kinds, settings);
        var reader = new PictureReader(services.GetServices<VisionModel>(), new Contents(content), services.GetRequiredService<PictureFactsStore>(), TimeProvider.System);
        return _shop.Pipeline(ScriptedModel.Writers(services), pictures: reader).Answer(request, 1, default);
    }

    private sealed class Contents(PictureContent? content) : IPictureContents
    {
        public Task<PictureContent?> Get(Guid workspaceId, Guid messageId, Guid mediaId, CancellationToken cancellationToken) => Task.FromResult(content);
    }
}
