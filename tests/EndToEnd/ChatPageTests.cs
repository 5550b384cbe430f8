using System.Text.RegularExpressions;
using Assistify.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

[TestFixture]
public sealed partial class ChatPageTests
{
    private Visit _visit = null!;

    [TearDown]
    public async Task No_console_errors()
    {
        await _visit.DisposeAsync();
        Assert.That(_visit.Errors, Is.Empty, "the browser's console");
    }

    [Test]
    public async Task Question_about_opening_hours_streams_an_answer_with_its_source()
    {
        _visit = await Visit.To("/");
        // Every length that the answer had on its way, as the page showed it.
        await _visit.Page.EvaluateAsync("""
            () => { window.lengths = new Set(); new MutationObserver(() => {
              const answers = document.querySelectorAll('.assistant-bubble');
              if (answers.length) window.lengths.add(answers[answers.length - 1].textContent.length);
            }).observe(document.body, { subtree: true, childList: true, characterData: true }); }
            """);

        await _visit.Write("What are your opening hours?");

        await Expect(_visit.Answers.First).ToContainTextAsync(new Regex("Sunday"));
        var source = _visit.Conversation.GetByRole(AriaRole.Button, new() { NameRegex = Source() }).First;
        await source.ClickAsync();
        await Expect(_visit.Conversation.Locator("blockquote")).ToContainTextAsync(new Regex("open", RegexOptions.IgnoreCase));
        Assert.That(await _visit.Page.EvaluateAsync<int>("() => window.lengths.size"), Is.GreaterThan(1), "the answer appeared in one piece");
        await _visit.Screenshot("chat-answer");
    }

    [Test]
    public async Task Product_question_shows_cards_with_prices()
    {
        _visit = await Visit.To("/");

        await _visit.Write("I am looking for a blue vase under 50 EUR");

        var cards = _visit.Conversation.GetByRole(AriaRole.List, new() { NameRegex = Products() });
        await Expect(cards).ToBeVisibleAsync();
        await Expect(cards.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(new Regex("vase", RegexOptions.IgnoreCase));
        await Expect(cards).ToContainTextAsync("€");
        await _visit.Screenshot("chat-cards");
    }

    [Test]
    public async Task Reload_keeps_the_history()
    {
        _visit = await Visit.To("/");
        await _visit.Write("Do you ship to Cyprus?");
        await Expect(_visit.Conversation.GetByRole(AriaRole.Button, new() { NameRegex = Source() }).First).ToBeVisibleAsync();
        var answer = await _visit.Answers.First.InnerTextAsync();

        await _visit.Page.ReloadAsync();

        await Expect(_visit.Conversation.GetByText("Do you ship to Cyprus?", new() { Exact = true })).ToHaveCountAsync(1);
        await Expect(_visit.Answers).ToHaveCountAsync(1);
        Assert.That(await _visit.Answers.First.InnerTextAsync(), Is.EqualTo(answer));
    }

    [Test]
    public async Task Everything_works_by_keyboard()
    {
        _visit = await Visit.To("/");
        await Expect(_visit.Field).ToBeVisibleAsync();
        await Tab(_visit.Field);

        await _visit.Page.Keyboard.TypeAsync("How do I return something?");
        await _visit.Page.Keyboard.PressAsync("Enter");

        var source = _visit.Conversation.GetByRole(AriaRole.Button, new() { NameRegex = Source() }).First;
        await Expect(source).ToBeVisibleAsync();
        await Expect(_visit.Field).ToBeFocusedAsync();
        await Tab(source, backwards: true);
        await _visit.Page.Keyboard.PressAsync("Enter");
        await Expect(_visit.Conversation.Locator("blockquote")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Shop_that_wants_to_know_who_writes_asks_first_and_once()
    {
        await Api.Settings(new { preChat = new { name = "required", message = "required" } });
        try
        {
            _visit = await Visit.To("/", width: 360, height: 740);
            var form = _visit.Page.GetByRole(AriaRole.Form, new() { Name = "Before we begin" });
            var name = form.GetByRole(AriaRole.Textbox, new() { Name = "Your name" });
            await Expect(name).ToBeFocusedAsync();
            await Expect(_visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToHaveCountAsync(0);
            await name.PressAsync("Enter");
            await Expect(name).ToHaveAccessibleDescriptionAsync("This is needed.");
            await _visit.Screenshot("chat-introduction-360");
            Assert.That(await Axe.Findings(_visit.Page), Is.Empty);

            var (customer, question) = ($"Ada {Guid.NewGuid():N}", $"Are you open on Sunday? {Guid.NewGuid():N}");
            await _visit.Page.Keyboard.TypeAsync(customer);
            await _visit.Page.Keyboard.PressAsync("Tab");
            await _visit.Page.Keyboard.TypeAsync(question);
            await _visit.Page.Keyboard.PressAsync("Tab");
            await _visit.Page.Keyboard.PressAsync("Enter");

            await Expect(_visit.Conversation.GetByText(question, new() { Exact = true })).ToHaveCountAsync(1);
            await Expect(_visit.Answers).ToHaveCountAsync(1);
            await Expect(form).ToHaveCountAsync(0);
            var conversation = await Api.Ask(HttpMethod.Get, $"/api/conversations/{await _visit.ConversationId()}");
            Assert.That(conversation.GetProperty("customer").GetProperty("name").GetString(), Is.EqualTo(customer));

            await _visit.Page.ReloadAsync();
            await Expect(_visit.Conversation.GetByText(question, new() { Exact = true })).ToHaveCountAsync(1);
            await Expect(form).ToHaveCountAsync(0);
        }
        finally
        {
            await Api.Settings(new Dictionary<string, object?> { ["preChat"] = null });
        }
    }

    [Test]
    public async Task Page_fits_a_phone_of_360_pixels()
    {
        _visit = await Visit.To("/", width: 360, height: 640);

        await _visit.Write("I am looking for a blue vase under 50 EUR");

        await Expect(_visit.Conversation.GetByRole(AriaRole.List, new() { NameRegex = Products() })).ToBeVisibleAsync();
        Assert.That(await _visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(360), "the page scrolls sideways");
        await Expect(_visit.Field).ToBeInViewportAsync();
        await Expect(_visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeInViewportAsync();
        await _visit.Screenshot("chat-360");
    }

    /// <summary>Presses Tab until the element has the focus.</summary>
    private async Task Tab(ILocator target, bool backwards = false)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await _visit.Page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
        }

        Assert.Fail("The focus never got there.");
    }

    [GeneratedRegex("^Source 1")]
    private static partial Regex Source();

    [GeneratedRegex("product")]
    private static partial Regex Products();
}
