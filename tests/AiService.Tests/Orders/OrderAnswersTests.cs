using Assistify.AiService.Evaluation.Cases;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Orders;

/// <summary>"Where is my order?", answered without a model.</summary>
public sealed class OrderAnswersTests
{
    private const string Contact = "maria@example.test";
    private Shop _shop = null!;

    [OneTimeSetUp]
    public async Task Start() => _shop = await Shop.Shared;

    [Test]
    public async Task Number_and_contact_are_asked_for_one_by_one_and_the_state_is_told_with_the_order_cited()
    {
        var orders = new KnownOrders(KnownOrders.Vase, Contact);
        var customer = new Customer(_shop, null, orders.Writer());

        Assert.That((await customer.Ask("where is my order?")).Text, Is.EqualTo("What is your order number?"));
        Assert.That((await customer.Ask("1001")).Text, Is.EqualTo("Which e-mail address or telephone number was the order made with?"));
        var reply = await customer.Ask(Contact);

        Assert.That(reply.Text, Does.Contain("Order #1001").And.Contain("39.00 EUR").And.Contain("being prepared").And.Contain("2 × Blue stoneware vase"));
        Assert.That(reply.Citations.Single(), Is.EqualTo(new Citation("order/820982911946154508", "#1001", null, reply.Text)));
        Assert.That(reply.HandOver, Is.False);
        Assert.That(orders.Asked, Is.EqualTo(new (string?, string?)[] { (null, null), ("1001", null), ("1001", Contact) }));
    }

    [TestCase("Where is order #1001? My e-mail is maria@example.test", "being prepared")]
    [TestCase("where is my order 1001, ordered with maria@example.test", "being prepared")]
    [TestCase("Πού είναι η παραγγελία 1001; Το e-mail μου είναι maria@example.test", "Ετοιμάζεται")]
    [TestCase("Wo ist meine Bestellung 1001? Meine E-Mail ist maria@example.test", "vorbereitet")]
    public async Task Told_at_once_nothing_is_asked(string text, string state) =>
        Assert.That((await new Customer(_shop, null, new KnownOrders(KnownOrders.Vase, Contact).Writer()).Ask(text)).Text, Does.Contain(state));

    // What looks like a number in a contact is none, and a number alone is what was asked for, even if it could be dialled.
    [TestCase("my phone is +30 691 234 5678", null, "+30 691 234 5678")]
    [TestCase("ana2024@example.test", null, "ana2024@example.test")]
    [TestCase("1001, ana2024@example.test", "1001", "ana2024@example.test")]
    [TestCase("6912345678", "6912345678", null)]
    public async Task What_answers_the_question_for_the_number_is_told_from_a_contact(string answer, string? number, string? contact)
    {
        var orders = new KnownOrders(KnownOrders.Vase, Contact);
        var customer = new Customer(_shop, null, orders.Writer());
        await customer.Ask("where is my order?");

        await customer.Ask(answer);

        Assert.That(orders.Asked[^1], Is.EqualTo((number, contact)));
    }

    [Test]
    public async Task A_wrong_contact_is_told_nothing_and_may_be_corrected()
    {
        var customer = new Customer(_shop, null, new KnownOrders(KnownOrders.Vase, Contact).Writer());
        await customer.Ask("where is my order 1001?");

        var wrong = await customer.Ask("eve@example.test");
        var right = await customer.Ask("sorry, it was maria@example.test");

        Assert.That(wrong.Text, Is.EqualTo("I found no order with this number and this contact. Would you like me to pass you to a colleague?"));
        Assert.That(wrong.Citations, Is.Empty);
        Assert.That(right.Text, Does.Contain("being prepared"));
    }

    [Test]
    public async Task Whoever_is_known_by_his_channel_proves_nothing_again()
    {
        var customer = new Customer(_shop, null, new KnownOrders(KnownOrders.Vase with { FulfilmentStatus = "fulfilled" }, Contact) { IsKnown = true }.Writer());

        Assert.That((await customer.Ask("where is my order?")).Text, Does.Contain("It has been shipped."));
    }

    [TestCase("I don't have it")]
    [TestCase("I can't find it")]
    [TestCase("I don't remember the number")]
    [TestCase("no idea, I lost the mail")]
    public async Task Who_cannot_prove_it_is_asked_once_and_offered_a_person(string answer)
    {
        var customer = new Customer(_shop, null, new KnownOrders(KnownOrders.Vase, Contact).Writer());
        await customer.Ask("where is my order?");

        var reply = await customer.Ask(answer);

        Assert.That(reply.Text, Does.Contain("Would you like me to pass you to a colleague?").And.Not.Contain("What is your order number?"));
    }

    [Test]
    public async Task Who_does_not_want_to_know_any_more_is_left_in_peace()
    {
        var customer = new Customer(_shop, null, new KnownOrders(KnownOrders.Vase, Contact).Writer());
        await customer.Ask("where is my order?");

        Assert.That((await customer.Ask("no")).Text, Is.EqualTo("All right. What else would you like to know?"));
    }

    [TestCase("Δεν το έχω", true)]
    [TestCase("δεν θυμάμαι τον αριθμό", true)]
    [TestCase("Das weiß ich leider nicht", true)]
    [TestCase("Ich habe sie nicht mehr", true)]
    [TestCase("No lo tengo", true)]
    [TestCase("No sé", true)]
    [TestCase("Hatırlamıyorum", true)]
    [TestCase("لا أتذكر الرقم", true)]
    [TestCase("ليس لدي", true)]
    [TestCase("no", false)]
    [TestCase("nein danke", false)]
    [TestCase("όχι", false)]
    [TestCase("1001", false)]
    public void What_one_does_not_have_is_told_from_what_one_does_not_want(string answer, bool lacks)
    {
        Assert.That(Errand.IsLacking(ErrandSlot.Order, answer), Is.EqualTo(lacks));
        Assert.That(Errand.IsLacking(ErrandSlot.Day, answer), Is.False);
    }

    [Test]
    public async Task While_nobody_can_say_it_says_so_and_offers_a_person()
    {
        var customer = new Customer(_shop, null, new KnownOrders(KnownOrders.Vase, Contact) { IsAway = true }.Writer());

        Assert.That((await customer.Ask("where is my order 1001?")).Text, Is.EqualTo("I can't look into orders at the moment. Would you like me to pass you to a colleague?"));
    }

    [Test]
    public async Task Such_an_answer_is_written_again_from_its_trace_and_becomes_a_case_without_what_is_the_customers()
    {
        await using var app = await AiApp.Start();
        var workspace = await Talks.NewShop(app);
        var orders = new KnownOrders(KnownOrders.Vase, Contact);
        var talk = new Talks(app, workspace, offline: orders.Writer());
        await talk.Say("where is my order?");
        await talk.Say("#1001");
        var reply = await talk.Say(Contact);
        orders.IsAway = true;

        var again = await app.Get<Reproducer>().Reproduce(reply.ReplyId, workspace, null, default);
        var made = await app.Get<CaseMaker>().Make(talk.Conversation, workspace, "order", default);

        Assert.That(reply.Text, Does.Contain("being prepared"));
        Assert.That((again!.Same, again.Text), Is.EqualTo((true, reply.Text)));
        Assert.That(made!.Unmet, Is.Empty);
        var file = made.Suite.Write();
        Assert.That(file, Does.Contain("being prepared").And.Not.Contain("1001").And.Not.Contain("maria").And.Not.Contain("820982911946154508"));
        Assert.That(Suite.Parse(file).Cases[0].Turns[2].Tools!.Single().Name, Is.EqualTo("look_up_order"));
    }
}
