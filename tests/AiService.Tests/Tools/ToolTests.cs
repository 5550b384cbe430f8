using System.Text.Json.Nodes;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Tests.Providers;
using Assistify.AiService.Tools;
using Assistify.Contracts;
using Assistify.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Tools;

public sealed class ToolTests
{
    private Shop _shop = null!;
    private ScriptedModel _model = null!;
    private ToolRunner _runner = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        (_shop, _model) = (await Shop.Shared, ScriptedModel.Start());
        _runner = _model.Services(_shop, [ProviderKinds.OpenAi]).GetRequiredService<ToolRunner>();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _model.DisposeAsync();

    [Test]
    public async Task Totals_are_worked_out_and_become_a_source()
    {
        var task = NewTask("two blue vases");
        await Run(task, "search_products", new { query = "vase", colour = "blue", maxPrice = 50 });
        var vase = task.Sources.Products.Single(product => product.Slug == "aegean-blue-vase");

        var quote = await Run(task, "quote_price", new { productId = vase.Id, quantity = 2 });
        var available = await Run(task, "check_availability", new { productId = vase.Id, quantity = 500 });
        var details = await Run(task, "product_details", new { productId = vase.Id });

        Assert.That(quote, Is.EqualTo("2 × Aegean blue vase: 78.00 EUR"));
        Assert.That(task.Sources.All.Select(source => source.Text), Does.Contain(quote));
        Assert.That(available, Does.Contain("\"available\":false").And.Not.Contain("14"));
        Assert.That(details, Does.Contain("39.00 EUR"));
    }

    [Test]
    public async Task A_product_that_was_not_found_cannot_be_asked_for()
    {
        var task = NewTask("x");

        Assert.That(await Run(task, "product_details", new { productId = Guid.NewGuid() }), Does.Contain("Search first"));
        Assert.That(task.Notes.Tools.Single().Status, Is.EqualTo("rejected"));
    }

    [Test]
    public async Task An_order_is_looked_up_only_for_whoever_named_it_and_its_contact()
    {
        var stranger = NewTask("where is order 1001?");
        var owner = NewTask("where is order 1001? I ordered as maria@example.test");

        Assert.That(await Run(stranger, "look_up_order", new { orderNumber = "1001", contact = "maria@example.test" }), Does.Contain("Ask for both"));
        Assert.That(await Run(stranger, "look_up_order", new { contact = "maria@example.test" }), Does.Contain("Ask for both"));
        Assert.That(await Run(owner, "look_up_order", new { orderNumber = "1001", contact = "maria@example.test" }), Does.Contain("no shop is connected"));
        Assert.That(owner.Notes.Tools.Single().Status, Is.EqualTo("unavailable"));
    }

    [Test]
    public async Task A_preference_is_remembered_once_in_the_customers_own_words()
    {
        var task = NewTask("I like dark blue");

        var invented = await Run(task, "remember_preference", new { kind = "colour", value = "bright red" });
        var first = await Run(task, "remember_preference", new { kind = "colour", value = "dark blue" });
        var again = await Run(task, "remember_preference", new { value = "dark blue", kind = "colour" });

        Assert.That(invented, Does.Contain("proposed only"));
        Assert.That((first, again), Is.EqualTo(("Remembered.", "Remembered.")));
        var kept = await new CustomerPreferences(_shop.Database).Of(task.Request.WorkspaceId, task.Request.CustomerId, default);
        Assert.That(kept, Is.EqualTo(new[] { new Preference("colour", "dark blue") }));
        Assert.That(await Count("SELECT count(*) FROM tool_runs WHERE customer_id = $1", task.Request.CustomerId), Is.EqualTo(1));
        Assert.That(await new CustomerPreferences(_shop.Database).Of(Guid.NewGuid(), task.Request.CustomerId, default), Is.Empty);
    }

    [Test]
    public async Task A_model_cannot_hand_over_by_itself()
    {
        var task = NewTask("which mugs do you have?");

        Assert.That(await Run(task, "hand_over", new { reason = "I am tired" }), Does.Contain("Offer one instead"));
        Assert.That(task.Notes.HandOver, Is.False);
    }

    [Test]
    public void Whatever_the_validator_lets_through_can_be_used()
    {
        string[] names = ["query", "colour", "minPrice", "maxPrice", "onlyAvailable", "productId", "quantity", "strange", "kind", "value"];
        Func<JsonNode?>[] values =
        [
            () => null, () => JsonValue.Create("x"), () => JsonValue.Create(""), () => JsonValue.Create("blue"), () => JsonValue.Create(5), () => JsonValue.Create(-1), () => JsonValue.Create(1.5),
            () => JsonValue.Create(1e300), () => JsonValue.Create(long.MaxValue), () => JsonValue.Create(true), () => new JsonArray(1), () => new JsonObject { ["a"] = 1 },
            () => JsonValue.Create(Guid.NewGuid().ToString()), () => JsonValue.Create(new string('x', 5000)), () => JsonValue.Create("' OR 1=1 --"), () => JsonNode.Parse("1e-400"), () => JsonNode.Parse("99999999999999999999999999999999"),
        ];
        var objects = Gen.Elements(names).Zip(Gen.Elements(values)).ListOf();
        var definitions = new ITool[] { new SearchProducts(_shop.Search, false), new QuotePrice(), new CheckAvailability(), new RememberPreference(TimeProvider.System) }.Select(tool => tool.Definition).ToList();

        foreach (var pairs in objects.SameSample(3000, 6))
        {
            var json = new JsonObject();
            foreach (var (name, value) in pairs) json[name] = value();
            foreach (var definition in definitions)
            {
                if (definition.Errors(json).Count > 0) continue;
                var arguments = new ToolArguments(json);
                foreach (var parameter in definition.Parameters.Where(parameter => json[parameter.Name] is not null))
                {
                    switch (parameter.Kind)
                    {
                        case ParameterKind.Text: Assert.That(arguments.Text(parameter.Name).Length, Is.InRange(1, parameter.MaxLength)); break;
                        case ParameterKind.Id: Assert.That(arguments.Id(parameter.Name), Is.Not.EqualTo(Guid.Empty)); break;
                        case ParameterKind.Flag: Assert.DoesNotThrow(() => arguments.Flag(parameter.Name)); break;
                        case ParameterKind.Integer: Assert.That(arguments.Integer(parameter.Name, 0), Is.InRange((int)parameter.Least, (int)parameter.Most)); break;
                        default: Assert.That(arguments.Amount(parameter.Name), Is.InRange(parameter.Least, parameter.Most)); break;
                    }
                }
                Assert.That(json.Select(pair => pair.Key), Is.SubsetOf(definition.Parameters.Select(parameter => parameter.Name)));
                Assert.That(definition.Parameters.Where(parameter => parameter.Required).Select(parameter => json[parameter.Name]), Is.All.Not.Null);
            }
        }
    }

    [Test]
    public async Task Who_is_passed_to_people_while_nobody_is_there_is_told_so_by_the_model_too()
    {
        var asked = NewTask("x");
        var task = asked with
        {
            Plan = asked.Plan with { HandOver = true },
            Request = asked.Request with { Assistant = new BusinessSettings("friendly", [new StaffedTime(DayOfWeek.Monday, TimeSpan.FromHours(9), TimeSpan.FromHours(17))], []) },
        };

        // The request is of a Thursday, 1 January 1970.
        var said = await Run(task, "hand_over", new { reason = "wants a person" });

        Assert.That(said, Does.EndWith("Nobody is there right now. Colleagues are back on Monday at 09:00."));
        Assert.That(task.Notes.HandOver);
        Assert.That(task.Sources.All.Select(source => source.Text), Does.Contain("Nobody is there right now. Colleagues are back on Monday at 09:00."));
    }

    [Test]
    public async Task An_appointment_goes_to_people_with_what_the_customer_said_himself()
    {
        var unasked = Planned("which mugs do you have?");
        Assert.That(await Run(unasked, "request_appointment", new { what = "book", day = "1970-01-02" }), Does.Contain("proposed only: the customer has not asked"));

        // The request is of Thursday, 1 January 1970.
        const string Wish = "I would like to book an appointment for tomorrow";
        var asked = Planned(Wish);
        var missing = await Run(asked, "request_appointment", new { what = "book", day = "1970-01-02" });
        Assert.That(missing, Does.EndWith("Ask in these words: At what time would you like it?"));
        Assert.That(await Run(asked, "request_appointment", new { what = "book", day = "1970-01-03" }), Does.Contain("another day: 1970-01-02"));
        Assert.That(await Run(asked, "request_appointment", new { what = "book", time = "15:30" }), Does.Contain("no time that can be read"));
        Assert.That(await Run(asked, "request_appointment", new { what = "cancel" }), Does.Contain("has not asked"));
        Assert.That(asked.Notes.HandOver, Is.False);

        var answered = Planned("15:30 please", Wish, "Gladly. At what time would you like it?");
        var arguments = new { what = "book", day = "1970-01-02", time = "15:30" };
        var done = await Run(answered, "request_appointment", arguments);
        Assert.That(done, Does.EndWith("I have noted: an appointment, Friday, January 2, 15:30."));
        Assert.That(answered.Notes.HandOver);
        Assert.That(answered.Sources.All.Select(source => source.Text), Does.Contain("I have noted: an appointment, Friday, January 2, 15:30."));

        var again = answered with { Notes = new AnswerNotes(TimeProvider.System), Sources = new Sources("en") };
        Assert.That(await Run(again, "request_appointment", arguments), Is.EqualTo(done), "the answer is written again after a crash");
        Assert.That((again.Notes.HandOver, again.Sources.All.Count), Is.EqualTo((true, 1)));
    }

    private static ReplyTask Planned(string text, params string[] before)
    {
        var history = before.Select((said, index) => new HistoryMessage(Guid.NewGuid(), index % 2 == 0 ? Author.Customer : Author.Assistant, said, DateTimeOffset.UnixEpoch)).ToList();
        var task = NewTask(text);
        var message = task.Unanswered[0];
        var plan = new Planner(Shop.Reader).Decide(task.Request, [(message, Shop.Reader.Read(task.Request.WorkspaceId, message.Id, text, null))], history);
        return task with { Plan = plan, Before = history };
    }

    private static ReplyTask NewTask(string text)
    {
        var request = Some.Question(text);
        var notes = new AnswerNotes(TimeProvider.System);
        return new ReplyTask(
            request, new Plan("en", [], false), [], [], request.History, [], new Sources("en"), notes, 1);
    }

    private async Task<string> Run(ReplyTask task, string tool, object arguments)
    {
        var call = WireClient.Call($"call-{task.Notes.Tools.Count}", tool, System.Text.Json.JsonSerializer.Serialize(arguments));
        return await _runner.Run(call, task, 1, new WriterNotes("openai", "test", TimeProvider.System), default);
    }

    private async Task<long> Count(string sql, Guid id)
    {
        await using var command = _shop.Database.CreateCommand(sql);
        command.Parameters.AddWithValue(id);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
