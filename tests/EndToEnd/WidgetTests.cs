using System.Text.RegularExpressions;
using Assistify.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

[TestFixture]
public sealed class WidgetTests : ShopPage
{
    // One dark pixel.
    private static readonly byte[] s_picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Test]
    public async Task Visitor_of_a_shop_asks_sees_cards_and_comes_back()
    {
        _visit = await Shop("en");
        var requests = new List<string>();
        _visit.Page.Request += (_, request) => requests.Add(new Uri(request.Url).GetLeftPart(UriPartial.Authority));

        await Launcher.ClickAsync();
        await Expect(Field).ToBeFocusedAsync();
        await _visit.Page.GetByRole(AriaRole.Button, new() { Name = "A blue vase under 50 EUR" }).ClickAsync();

        await Expect(Panel.Locator(".card").First).ToContainTextAsync(new Regex("vase", RegexOptions.IgnoreCase));
        await _visit.Screenshot("widget-cards");
        Assert.That(await Axe.Findings(_visit.Page), Is.Empty);
        Assert.That(requests.Distinct(), Is.EqualTo(new[] { Shared.System.Address.GetLeftPart(UriPartial.Authority) }), "requests to others");

        await _visit.Page.ReloadAsync();
        await Launcher.ClickAsync();
        await Expect(Panel.Locator(".mine .bubble")).ToHaveTextAsync("A blue vase under 50 EUR");
        await Expect(Panel.Locator(".of-assistant")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Reply_of_a_person_that_comes_while_it_is_closed_is_counted()
    {
        _visit = await Shop("en");
        await Launcher.ClickAsync();
        await Field.FillAsync("Are you open on Sunday?");
        await Field.PressAsync("Enter");
        await Expect(Panel.Locator(".of-assistant")).ToContainTextAsync("Sunday");
        // Its time stands below it once it is more than a draft: an answer that is still being written when the chat is closed is unread.
        await Expect(Panel.Locator(".entry:has(.of-assistant) > .meta").Last).ToBeVisibleAsync();
        await Field.PressAsync("Escape");
        await Expect(Panel).ToBeHiddenAsync();
        await Expect(Launcher).ToHaveAccessibleNameAsync("Open the chat");

        await ReplyAsPerson("From ten, I open the door myself.");

        await Expect(Launcher).ToHaveAccessibleNameAsync("Open the chat, 1 unread");
        await Launcher.ClickAsync();
        await Expect(Panel.Locator(".bubble").Last).ToHaveTextAsync("From ten, I open the door myself.");
        await Expect(Panel.GetByText("People answer now")).ToBeVisibleAsync();
        await Field.PressAsync("Escape");
        await Expect(Launcher).ToHaveAccessibleNameAsync("Open the chat");
    }

    [Test]
    public async Task Page_that_nobody_writes_on_makes_no_customer()
    {
        var sessions = 0;
        _visit = await Shop("en", page => page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/api/chat/sessions", StringComparison.Ordinal)) sessions++;
        });

        await Expect(Launcher).ToBeVisibleAsync();
        Assert.That(sessions, Is.Zero);

        await _visit.Page.EvaluateAsync("() => window.Assistify.open()");
        await Expect(Panel).ToBeVisibleAsync();
        await Expect(Panel.GetByText("Assistant and team")).ToBeVisibleAsync();
        Assert.That(sessions, Is.EqualTo(1));
        await _visit.Page.EvaluateAsync("() => window.Assistify.close()");
        await Expect(Panel).ToBeHiddenAsync();
    }

    [Test]
    public async Task Picture_goes_with_a_message_and_each_side_sees_that_the_other_writes()
    {
        _visit = await Shop("en");
        await Launcher.ClickAsync();
        await Panel.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "vase.png", MimeType = "image/png", Buffer = s_picture });
        await Expect(Panel.Locator(".waiting-file")).ToContainTextAsync("vase.png");
        await Expect(Panel.Locator("progress")).ToHaveCountAsync(0);
        await _visit.Screenshot("widget-attaching");
        Assert.That(await Axe.Findings(_visit.Page), Is.Empty);
        var question = $"Do you have this one? {Guid.NewGuid():N}";
        await Field.FillAsync(question);
        await Field.PressAsync("Enter");
        await Expect(Panel.Locator(".mine .photo img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Expect(Panel.Locator(".waiting-file")).ToHaveCountAsync(0);
        await Expect(Panel.Locator(".of-assistant")).ToHaveCountAsync(1);

        await using var console = await Visit.To("/console", width: 1440, height: 900);
        await Colleague.Owner.SignIn(console);
        var row = await console.RowOf(_visit);
        await Expect(row).ToContainTextAsync("Assistant:");
        await row.ClickAsync();
        await Expect(console.Page.GetByText(question)).ToBeVisibleAsync();
        await Expect(console.Page.Locator(".attached-image")).ToHaveJSPropertyAsync("naturalWidth", 1);
        // Nobody is told of what was typed before he looked.
        await Eventually.IsTrue(
            async () =>
            {
                await Field.PressSequentiallyAsync("o");
                return await console.Page.GetByText("The customer is typing").IsVisibleAsync();
            },
            TimeSpan.FromSeconds(30));
        await console.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" }).PressSequentiallyAsync("We");
        await Expect(Panel.GetByText("The team is writing")).ToBeAttachedAsync();
        Assert.That(console.Errors, Is.Empty);
    }

    [Test]
    public async Task When_it_is_over_the_visitor_says_how_it_was_and_the_team_sees_it()
    {
        _visit = await Shop("en");
        await Launcher.ClickAsync();
        await Field.FillAsync("Are you open on Sunday?");
        await Field.PressAsync("Enter");
        await Expect(Panel.Locator(".of-assistant")).ToContainTextAsync("Sunday");
        var question = Panel.GetByRole(AriaRole.Group, new() { Name = "How well did we help?" });
        await Expect(question).ToBeHiddenAsync();

        await using var console = await Visit.To("/console", width: 1440, height: 900);
        await Colleague.Owner.SignIn(console);
        var row = await console.RowOf(_visit);
        await Expect(row).ToContainTextAsync("Sunday");
        await row.ClickAsync();
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Close conversation" }).ClickAsync();

        await question.GetByRole(AriaRole.Button, new() { Name = "4 of 5" }).ClickAsync();
        await Expect(question).ToContainTextAsync("Thank you");
        await _visit.Screenshot("widget-rated");
        Assert.That(await Axe.Findings(_visit.Page), Is.Empty);
        await console.Page.ReloadAsync();
        await Expect(console.Page.Locator(".turn-bar")).ToContainTextAsync("The customer rated it 4 of 5.");
        Assert.That(console.Errors, Is.Empty);
    }

    [Test]
    public async Task Shop_that_wants_to_know_who_writes_asks_first_and_once()
    {
        await Api.Settings(new { preChat = new { name = "required", email = "optional", message = "required" } });
        try
        {
            _visit = await Shop("de");
            await Launcher.ClickAsync();
            var form = Panel.GetByRole(AriaRole.Form, new() { Name = "Bevor wir beginnen" });
            var name = form.GetByRole(AriaRole.Textbox, new() { Name = "Ihr Name" });
            await Expect(name).ToBeFocusedAsync();
            await Expect(Field).ToBeHiddenAsync();
            await name.PressAsync("Enter");
            await Expect(name).ToHaveAccessibleDescriptionAsync("Das wird gebraucht.");
            await _visit.Screenshot("widget-introduction");
            Assert.That(await Axe.Findings(_visit.Page), Is.Empty);

            var (customer, question) = ($"Ada {Guid.NewGuid():N}", $"Sind Sie sonntags offen? {Guid.NewGuid():N}");
            await _visit.Page.Keyboard.TypeAsync(customer);
            await _visit.Page.Keyboard.PressAsync("Tab");
            await _visit.Page.Keyboard.TypeAsync("ada@shop.example");
            await _visit.Page.Keyboard.PressAsync("Tab");
            await _visit.Page.Keyboard.TypeAsync(question);
            await _visit.Page.Keyboard.PressAsync("Tab");
            await _visit.Page.Keyboard.PressAsync("Enter");

            await Expect(Panel.Locator(".mine .bubble")).ToHaveTextAsync(question);
            await Expect(form).ToBeHiddenAsync();
            await Expect(Field).ToBeFocusedAsync();
            await Expect(Panel.Locator(".of-assistant")).ToHaveCountAsync(1);
            var conversation = await Api.Ask(HttpMethod.Get, $"/api/conversations/{await _visit.ConversationId()}");
            Assert.That(conversation.GetProperty("customer").GetProperty("name").GetString(), Is.EqualTo(customer));

            await _visit.Page.ReloadAsync();
            await Launcher.ClickAsync();
            await Expect(Panel.Locator(".mine .bubble")).ToHaveTextAsync(question);
            await Expect(form).ToBeHiddenAsync();
        }
        finally
        {
            await Api.Settings(new Dictionary<string, object?> { ["preChat"] = null });
        }
    }

    [TestCase("ar", 360, ColorScheme.Dark)]
    [TestCase("el", 768, ColorScheme.Light)]
    [TestCase("de", 1440, ColorScheme.Dark)]
    public async Task It_fits_and_is_accessible_in(string language, int width, ColorScheme scheme)
    {
        _visit = await Shop(language, width: width, scheme: scheme);
        await Launcher.ClickAsync();
        await _visit.Page.GetByRole(AriaRole.Button, new() { Name = "A blue vase under 50 EUR" }).ClickAsync();
        await Expect(Panel.Locator(".card").First).ToBeVisibleAsync();

        Assert.That(await Panel.EvaluateAsync<string>("panel => getComputedStyle(panel).direction"), Is.EqualTo(language == "ar" ? "rtl" : "ltr"));
        Assert.That(await _visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        // The page has a font of 40 px and a root element of 30 px; neither comes in.
        Assert.That(await Panel.Locator(".mine .bubble").EvaluateAsync<string>("bubble => getComputedStyle(bubble).fontSize"), Is.EqualTo("15px"));
        Assert.That(await Axe.Findings(_visit.Page), Is.Empty);
        await _visit.Screenshot($"widget-{language}-{width}-{scheme}");
    }
}
