using Assistify.AiService.Replies;
using Assistify.AiService.Tests.Providers;
using Assistify.AiService.Providers;
using Assistify.AiService.Tools;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

/// <summary>A customer has the one who sells a product asked: by a tap, in his own words, by a model's tool.</summary>
public sealed class SellerTests
{
    private const string Product = "Aegean blue vase";
    private static readonly Guid s_supplier = Guid.NewGuid();
    private Shop _shop = null!;
    private ScriptedModel _model = null!;
    private ToolRunner _runner = null!;
    private Guid _vase;

    [OneTimeSetUp]
    public async Task Start()
    {
        (_shop, _model) = (await Shop.Open(), ScriptedModel.Start());
        _runner = _model.Services(_shop, [ProviderKinds.OpenAi]).GetRequiredService<ToolRunner>();
        await using var command = _shop.Database.CreateCommand("UPDATE products SET supplier_id = $1 WHERE slug = 'aegean-blue-vase' RETURNING id");
        command.Parameters.AddWithValue(s_supplier);
        _vase = (Guid)(await command.ExecuteScalarAsync())!;
        await using var changed = _shop.Database.CreateCommand("UPDATE knowledge_versions SET version = version + 1 WHERE workspace_id = $1");
        changed.Parameters.AddWithValue(Identifiers.DefaultWorkspace);
        await changed.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _model.DisposeAsync();
        await _shop.Database.DisposeAsync();
    }

    [TestCase("web")]
    [TestCase("whatsapp")]
    public async Task Under_a_product_whose_seller_is_known_he_can_be_asked_by_a_tap(string channel)
    {
        var shown = await Ask("How much is the Aegean blue vase?", channel);
        var choice = shown.Cards.Single(card => card.IsChoice());
        Assert.That(choice.Title, Is.EqualTo("Ask the seller"));
        Assert.That(shown.Enquiry, Is.Null, "nothing is asked before he wants it");

        var reply = await Tap(shown, choice, channel);

        Assert.That(reply.Text, Is.EqualTo("I'm passing your question about Aegean blue vase to its seller. The answer comes here."));
        Assert.That(reply.Enquiry, Is.EqualTo(new SellerEnquiry(s_supplier, _vase, Product, "Could you send photos and tell more about it?", "en")));
        Assert.That((reply.HandOver, reply.Cards.Any(card => card.IsChoice())), Is.EqualTo((false, false)));
    }

    [TestCase("Can you ask the seller whether it is dishwasher safe?", "I'm passing your question")]
    [TestCase("More photos of it, please", "I'm passing your question")]
    [TestCase("Please contact the agent about it", "I'm passing your question")]
    [TestCase("Could you send a message to the seller about its size?", "I'm passing your question")]
    [TestCase("Μπορείτε να ρωτήσετε τον πωλητή αν αντέχει στο πλυντήριο;", "Μεταφέρω την ερώτησή σας")]
    [TestCase("Θα ήθελα περισσότερες φωτογραφίες, παρακαλώ", "Μεταφέρω την ερώτησή σας")]
    [TestCase("Könnten Sie bitte beim Verkäufer nachfragen, ob sie spülmaschinenfest ist?", "Ich gebe Ihre Frage")]
    [TestCase("Haben Sie weitere Fotos davon?", "Ich gebe Ihre Frage")]
    [TestCase("¿Puede preguntar al vendedor si se puede lavar?", "Paso su pregunta")]
    [TestCase("Quisiera ver más fotos, por favor", "Paso su pregunta")]
    [TestCase("Satıcıya sorar mısınız, bulaşık makinesinde yıkanabilir mi?", "sorunuzu satıcıya iletiyorum")]
    [TestCase("Daha fazla fotoğraf görebilir miyim?", "sorunuzu satıcıya iletiyorum")]
    [TestCase("هل يمكنك أن تسأل البائع إن كانت تغسل في الغسالة؟", "أنقل سؤالك")]
    [TestCase("أريد صور أخرى من فضلك", "أنقل سؤالك")]
    public async Task In_his_own_words_the_seller_of_what_was_shown_is_asked(string text, string said)
    {
        var shown = await Ask("How much is the Aegean blue vase?");
        var reply = await Say(shown, text);

        Assert.That(reply.Text, Does.Contain(said));
        Assert.That((reply.Enquiry?.SupplierId, reply.Enquiry?.ProductId, reply.Enquiry?.Question), Is.EqualTo((s_supplier, _vase, text)));
    }

    [TestCase("Can you ask the seller of the Aegean blue vase if there is a larger one?")]
    [TestCase("Do you have more pictures of the Aegean blue vase?")]
    public async Task The_product_that_is_named_is_meant(string text) => Assert.That((await Ask(text)).Enquiry?.ProductId, Is.EqualTo(_vase));

    [TestCase("I'll send you more photos of the damage")]
    [TestCase("Please don't contact the seller")]
    [TestCase("I got a message from the seller that it is glazed twice")]
    [TestCase("I already sent an email to the seller")]
    [TestCase("I want to talk to an agent")]
    [TestCase("Who makes your vases?")]
    [TestCase("Who are your suppliers?")]
    public async Task What_is_no_such_wish_asks_nobody(string text) => Assert.That((await Say(await Ask("How much is the Aegean blue vase?"), text)).Enquiry, Is.Null);

    [Test]
    public async Task Nothing_that_tells_who_he_is_goes_along()
    {
        var shown = await Ask("How much is the Aegean blue vase?");
        var reply = await Say(
            shown, "Can you ask the seller if it can be engraved? My name is Wilhelmina Blythe, write to mina@example.test or +44 7700 900123.", name: "Mina Blythe");

        Assert.That(reply.Enquiry!.Question, Does.Contain("engraved"));
        foreach (var own in new[] { "Wilhelmina", "Blythe", "Mina", "mina@", "900123" }) Assert.That(reply.Enquiry.Question, Does.Not.Contain(own).IgnoreCase);
    }

    [Test]
    public async Task Of_a_product_without_a_known_seller_a_person_is_offered()
    {
        var shown = await Ask("Which mugs do you have?");
        Assert.That(shown.Cards.Where(card => card.Action?.Contains("seller", StringComparison.Ordinal) is true), Is.Empty);

        var reply = await Ask("Can you ask the seller of the linen cushion cover if it comes larger?");

        Assert.That(reply.Enquiry, Is.Null);
        Assert.That(Phrases.OffersPerson(reply.Text) || reply.Text.Contains("Which product", StringComparison.Ordinal), reply.Text);
    }

    [TestCase("I am at maria@example.com")]
    [TestCase("My number is +30 691 234 5678")]
    public async Task What_tells_only_where_he_is_reached_is_no_question_beside_another(string contact)
    {
        var reply = await Ask($"Can you ask the seller of the Aegean blue vase if it can be engraved? {contact}");

        Assert.That(reply.Text, Is.EqualTo("I'm passing your question about Aegean blue vase to its seller. The answer comes here."));
    }

    [TestCase("Can you ask the seller?")]
    [TestCase("Can you ask the seller about the last one?")]
    [TestCase("Can you ask the seller of the vase if it can be engraved?")]
    public async Task Where_it_is_not_clear_which_product_he_means_he_is_asked(string text) =>
        Assert.That((await Ask(text)).Text, Is.EqualTo(Phrases.In("en").WhichProduct));

    [Test]
    public async Task What_waits_for_the_seller_is_not_asked_again_and_too_much_is_for_people()
    {
        var shown = await Ask("How much is the Aegean blue vase?");
        var waits = await Say(shown, "More photos of it, please", sellers: new AskedSellers([_vase], MayAsk: true));
        var many = await Say(shown, "More photos of it, please", sellers: new AskedSellers([], MayAsk: false));

        Assert.That((waits.Enquiry, waits.Text), Is.EqualTo(((SellerEnquiry?)null, "The seller of Aegean blue vase has your question already. The answer comes here.")));
        Assert.That(many.Enquiry, Is.Null);
        Assert.That(Phrases.OffersPerson(many.Text), many.Text);
        Assert.That((await Ask("How much is the Aegean blue vase?", sellers: new AskedSellers([_vase], true))).Cards.Any(card => card.IsChoice()), Is.False);
    }

    [Test]
    public async Task A_model_asks_only_where_the_customer_wants_it_and_of_whom_it_may()
    {
        var arguments = new { productId = _vase, question = "Can it be engraved? I am Mina, mina@example.test" };
        var unasked = await Task("How much is the Aegean blue vase?");
        Assert.That(await Run(unasked, arguments), Does.Contain("proposed only: the customer has not asked"));

        var asked = await Task("Can you ask the seller of the Aegean blue vase if it can be engraved?");
        Assert.That(await Run(asked, arguments), Does.StartWith("The seller is asked when your answer is sent"));
        Assert.That(await Run(asked, arguments), Does.StartWith("The seller is asked when your answer is sent"), "again it is the same");
        Assert.That((asked.Notes.Enquiry?.SupplierId, asked.Notes.Enquiry?.Question), Is.EqualTo((s_supplier, "Can it be engraved? I am Mina, customer@example.com")));

        var waits = asked with { Request = asked.Request with { Sellers = new AskedSellers([_vase], true) }, Notes = new AnswerNotes(TimeProvider.System) };
        Assert.That(await Run(waits, arguments), Does.Contain("has a question about it already"));
        var many = asked with { Request = asked.Request with { Sellers = new AskedSellers([], false) }, Notes = new AnswerNotes(TimeProvider.System) };
        Assert.That(await Run(many, arguments), Does.Contain("as many as may be passed on"));
        Assert.That(await Run(asked, new { productId = Guid.NewGuid(), question = "x" }), Does.Contain("Search first"));
        Assert.That((waits.Notes.Enquiry, many.Notes.Enquiry), Is.EqualTo(((SellerEnquiry?)null, (SellerEnquiry?)null)));
    }

    [Test]
    public async Task What_an_answer_asked_that_is_not_given_is_not_asked()
    {
        var answer = await _shop.Pipeline([new Asking(this), new Assistify.AiService.Replies.Offline.OfflineReplyWriter()]).Answer(Some.Question("When are you open on Sunday?"), 1, default);

        Assert.That((answer.Reply.Model, answer.Reply.Enquiry), Is.EqualTo(("offline", (SellerEnquiry?)null)));
    }

    [Test]
    public async Task What_the_catalogue_was_before_tells_the_seller_too()
    {
        await using var version = _shop.Database.CreateCommand("SELECT version FROM knowledge_versions WHERE workspace_id = $1");
        version.Parameters.AddWithValue(Identifiers.DefaultWorkspace);
        var at = (long)(await version.ExecuteScalarAsync())!;
        var found = await new Assistify.AiService.Knowledge.PostgresKnowledgeSearch(_shop.Database, null, at)
            .FindProducts(new Assistify.AiService.Knowledge.ProductQuestion(Identifiers.DefaultWorkspace, at, "en", ["vase"], ["blue"]), default);

        Assert.That(found.Single(product => product.Id == _vase).SupplierId, Is.EqualTo(s_supplier));
    }

    private async Task<ReplyTask> Task(string text)
    {
        var request = Some.Question(text);
        var plan = new Planner(Shop.Reader).Decide(request, [(request.History[0], Shop.Reader.Read(request.WorkspaceId, request.History[0].Id, text, null))], []);
        var findings = await new Gatherer(_shop.Search).Gather(plan, request, 1, [], null, default);
        return new ReplyTask(request, plan, findings, [], request.History, [], Sources.Of(findings, "en"), new AnswerNotes(TimeProvider.System), 1);
    }

    private async Task<string> Run(ReplyTask task, object arguments) => await _runner.Run(
        WireClient.Call($"call-{task.Notes.Tools.Count}", "contact_seller", System.Text.Json.JsonSerializer.Serialize(arguments)), task, 1,
        new WriterNotes("openai", "test", TimeProvider.System), default);

    private async Task<ReplyGenerated> Ask(string text, string channel = "web", AskedSellers? sellers = null) =>
        await _shop.Answer(Some.Question(text) with { Channel = channel, Sellers = sellers });

    private Task<ReplyGenerated> Tap(ReplyGenerated shown, Card choice, string channel) =>
        Answer(shown, Some.Says(Author.Customer, choice.Title, new Choice(choice.Action!, choice.Title)), channel, null, null);

    private Task<ReplyGenerated> Say(ReplyGenerated shown, string text, AskedSellers? sellers = null, string? name = null) =>
        Answer(shown, Some.Says(Author.Customer, text), "web", sellers, name);

    private async Task<ReplyGenerated> Answer(ReplyGenerated shown, HistoryMessage said, string channel, AskedSellers? sellers, string? name)
    {
        var request = Some.Request(shown.ConversationId, 2, [Some.Says(Author.Customer, "How much is the Aegean blue vase?"), Some.Said(shown), said], [said.Id], channel: channel);
        return await _shop.Answer(request with { Sellers = sellers, CustomerName = name });
    }

    /// <summary>Asks a seller and then writes what may not be sent.</summary>
    private sealed class Asking(SellerTests tests) : IReplyWriter
    {
        public string Model => "asking";

        public Task<Draft?> Write(ReplyTask task, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken)
        {
            task.Notes.Enquiry = new SellerEnquiry(s_supplier, tests._vase, Product, "?", "en");
            return System.Threading.Tasks.Task.FromResult<Draft?>(new Draft("It costs 99 EUR.", [], [], []));
        }
    }
}
