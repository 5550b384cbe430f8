using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>What the widget does beside talking: it says what the page shows, asks with forms, tells who has read, and has a menu.</summary>
[TestFixture]
public sealed class WidgetErrandTests : ShopPage
{
    [Test]
    public async Task This_is_the_product_of_the_page_and_each_side_sees_that_the_other_has_read()
    {
        _visit = await Shop("en");
        await Expect(Launcher).ToBeVisibleAsync();
        await _visit.Page.EvaluateAsync(
            "() => Assistify.setContext({ url: 'https://shop.example/products/aegean-blue-vase', title: 'Aegean blue vase', product: 'aegean-blue-vase', plan: 'gold' })");
        await Launcher.ClickAsync();
        await Field.FillAsync("Is this in stock?");
        await Field.PressAsync("Enter");
        await Expect(Panel.Locator(".of-assistant")).ToContainTextAsync("Aegean blue vase costs 39.00 EUR.");
        await Expect(Panel.Locator(".mine .meta")).ToContainTextAsync("Sent");

        await using var console = await Visit.To("/console", width: 1440, height: 900);
        await Colleague.Owner.SignIn(console);
        var row = await console.RowOf(_visit);
        await row.ClickAsync();
        await Expect(console.Page.GetByText("On: Aegean blue vase")).ToBeVisibleAsync();
        await Expect(Panel.Locator(".mine .meta")).ToContainTextAsync("Read");
        await Expect(console.Page.Locator(".entry.right .stamp")).ToContainTextAsync("Read");
        await console.Screenshot("console-page-and-read");
        Assert.That(await Axe.Findings(console.Page), Is.Empty);

        // Closed, it shows nobody anything.
        await Field.PressAsync("Escape");
        await Expect(Panel).ToBeHiddenAsync();
        var reply = $"I put one aside. {Guid.NewGuid():N}";
        await ReplyAsPerson(reply);
        var said = console.Page.Locator(".entry.right", new() { HasText = reply }).Locator(".stamp");
        await Expect(said).ToContainTextAsync("Sent");
        await Expect(Launcher).ToHaveAccessibleNameAsync("Open the chat, 1 unread");
        await Expect(said).ToContainTextAsync("Sent");
        await Launcher.ClickAsync();
        await Expect(said).ToContainTextAsync("Read");
        Assert.That(console.Errors, Is.Empty);
    }

    [Test]
    public async Task Appointment_is_asked_for_with_a_form_that_the_keyboard_fills_in()
    {
        _visit = await Shop("en");
        await Launcher.ClickAsync();
        await Field.FillAsync("I would like to book an appointment");
        await Field.PressAsync("Enter");
        var form = Panel.GetByRole(AriaRole.Form, new() { Name = "An appointment" });
        var (day, time) = (form.GetByLabel("Day"), form.GetByLabel("Time"));
        await Expect(day).ToBeVisibleAsync();

        await form.GetByRole(AriaRole.Button, new() { Name = "Send answers" }).FocusAsync();
        await _visit.Page.Keyboard.PressAsync("Enter");
        await Expect(day).ToBeFocusedAsync();
        await Expect(day).ToHaveAccessibleDescriptionAsync("This is needed.");
        await Expect(time).ToHaveAccessibleDescriptionAsync("This is needed.");
        await _visit.Screenshot("widget-form");
        Assert.That(await Axe.Findings(_visit.Page), Is.Empty);

        await day.FillAsync("2031-03-11");
        await time.FillAsync("15:30");
        await time.PressAsync("Enter");

        await Expect(Panel.Locator(".mine .bubble").Last).ToHaveTextAsync("Day: 2031-03-11\nTime: 15:30");
        await Expect(Panel.GetByRole(AriaRole.Region, new() { Name = "Conversation" })).ToBeFocusedAsync();
        await Expect(Panel.Locator(".of-assistant").Last).ToContainTextAsync("I have noted: an appointment, Tuesday, March 11, 15:30.");
        await Expect(form).ToHaveCountAsync(0);
        var sent = Panel.GetByRole(AriaRole.Group, new() { Name = "An appointment" });
        await Expect(sent).ToContainTextAsync("Tuesday, March 11, 2031");
        await _visit.Screenshot("widget-form-sent");
        Assert.That(await Axe.Findings(_visit.Page), Is.Empty);

        await _visit.Page.ReloadAsync();
        await Launcher.ClickAsync();
        await Expect(sent).ToContainTextAsync("Tuesday, March 11, 2031");
        await Expect(Panel.GetByRole(AriaRole.Form, new() { Name = "An appointment" })).ToHaveCountAsync(0);
    }

    [Test]
    public async Task What_is_being_filled_in_keeps_the_focus_while_others_write()
    {
        _visit = await Shop("en");
        await Launcher.ClickAsync();
        await Field.FillAsync("I would like to book an appointment");
        await Field.PressAsync("Enter");
        var time = Panel.GetByRole(AriaRole.Form, new() { Name = "An appointment" }).GetByLabel("Time");
        await time.FocusAsync();

        var reply = $"I look after you. {Guid.NewGuid():N}";
        await ReplyAsPerson(reply);
        await Expect(Panel.Locator(".theirs .bubble", new() { HasText = reply })).ToBeVisibleAsync();
        await Expect(time).ToBeFocusedAsync();
    }

    [Test]
    public async Task Chat_page_asks_with_the_same_form()
    {
        _visit = await Visit.To("/");
        await _visit.Write("I would like to book an appointment");
        var form = _visit.Conversation.GetByRole(AriaRole.Form, new() { Name = "An appointment" });
        await form.GetByLabel("Day").FillAsync("2031-03-11");
        await form.GetByLabel("Time").FillAsync("15:30");
        await form.GetByLabel("Time").PressAsync("Enter");
        await Expect(_visit.Answers.Last).ToContainTextAsync("I have noted: an appointment, Tuesday, March 11, 15:30.");
        await Expect(_visit.Conversation).ToBeFocusedAsync();
        await Expect(form).ToHaveCountAsync(0);
        await Expect(_visit.Conversation.GetByRole(AriaRole.Group, new() { Name = "An appointment" })).ToContainTextAsync("Tuesday, March 11, 2031");
        await _visit.Screenshot("chat-form-sent");
        Assert.That(await Axe.Findings(_visit.Page), Is.Empty);
    }

    [TestCase("ar", 360, ColorScheme.Dark, "أريد حجز موعد")]
    [TestCase("de", 768, ColorScheme.Light, "Ich möchte einen Termin vereinbaren")]
    public async Task Forms_and_the_menu_fit_and_are_accessible_in(string language, int width, ColorScheme scheme, string wish)
    {
        _visit = await Shop(language, width: width, scheme: scheme);
        await Launcher.ClickAsync();
        await Field.FillAsync(wish);
        await Field.PressAsync("Enter");
        await Expect(Panel.Locator("form.asked input")).ToHaveCountAsync(2);
        Assert.That(await _visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        await _visit.Screenshot($"widget-form-{language}-{width}-{scheme}");
        await Panel.Locator(".menu-place > button").ClickAsync();
        await Expect(Panel.Locator(".menu")).ToBeVisibleAsync();
        await _visit.Screenshot($"widget-menu-{language}-{width}-{scheme}");
        Assert.That(await Axe.Findings(_visit.Page), Is.Empty);
        Assert.That(await _visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
    }

    [Test]
    public async Task Menu_changes_the_language_and_gives_the_conversation_as_a_text()
    {
        _visit = await Shop("en");
        await Launcher.ClickAsync();
        await Field.FillAsync("Are you open on Sunday?");
        await Field.PressAsync("Enter");
        await Expect(Panel.Locator(".of-assistant")).ToContainTextAsync("Sunday");
        var menu = Panel.GetByRole(AriaRole.Button, new() { Name = "Menu" });
        await menu.ClickAsync();
        var download = await _visit.Page.RunAndWaitForDownloadAsync(() => Panel.GetByRole(AriaRole.Button, new() { Name = "Save this conversation" }).ClickAsync());
        var text = await new StreamReader(await download.CreateReadStreamAsync()).ReadToEndAsync();
        Assert.That(text, Does.Contain("You\nAre you open on Sunday?").And.Contain("Assistant\n"));

        await menu.ClickAsync();
        await Panel.GetByLabel("Language").SelectOptionAsync("ar");
        await Expect(Panel).ToHaveCSSAsync("direction", "rtl");
        await Expect(Field).ToHaveAttributeAsync("placeholder", "رسالتك");
        await Expect(Panel.Locator(".mine .bubble")).ToHaveTextAsync("Are you open on Sunday?");
        await _visit.Page.ReloadAsync();
        await Launcher.ClickAsync();
        await Expect(Panel).ToHaveCSSAsync("direction", "rtl");
        await Expect(Panel.Locator(".mine .bubble")).ToHaveTextAsync("Are you open on Sunday?");
    }

    [Test]
    public async Task Header_says_how_soon_people_answer()
    {
        // Closed but for one minute in the night, whatever the time is now.
        await Api.Settings(new { businessHours = new { monday = new[] { new { from = "03:00", to = "03:01" } } } });
        try
        {
            _visit = await Shop("en");
            // Other replicas and sessions know within half a minute.
            await Expect(Launcher).ToBeVisibleAsync();
            await Testing.Eventually.IsTrue(
                async () =>
                {
                    await _visit.Page.ReloadAsync();
                    await Launcher.ClickAsync();
                    await Expect(Panel.Locator(".state")).ToContainTextAsync("Assistant and team");
                    return Regex.IsMatch(await Panel.Locator(".state").InnerTextAsync(), "People answer (from|until)");
                },
                TimeSpan.FromSeconds(90));
            await _visit.Screenshot("widget-hours");
        }
        finally
        {
            await Api.Settings(new Dictionary<string, object?> { ["businessHours"] = null });
        }
    }
}
