using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

[TestFixture]
public sealed class ConsoleTests
{
    private static readonly string[] s_pages =
    [
        "inbox", "notifications", "figures", "operations", "settings/workspace", "settings/users", "settings/teams", "settings/connections",
        "settings/knowledge", "settings/knowledge/documents", "settings/knowledge/questions", "settings/knowledge/understanding", "settings/products", "settings/assistant", "settings/assistant/tools",
        "settings/assistant/proposals", "settings/assistant/cases", "settings/assistant/sellers", "settings/answers", "settings/templates", "settings/macros", "settings/rules",
        "settings/keys", "settings/widget", "settings/flags", "settings/audit", "settings/security",
    ];

    private Visit _operator = null!;

    [SetUp]
    public async Task Open() => _operator = await Visit.To("/console", width: 1440, height: 900);

    [TearDown]
    public async Task No_console_errors()
    {
        await _operator.DisposeAsync();
        Assert.That(_operator.Errors, Is.Empty, "the browser's console");
    }

    [Test]
    public async Task Operator_takes_over_answers_and_hands_back_while_the_customer_watches()
    {
        await SignIn();
        await using var customer = await Visit.To("/");
        var question = $"Do you ship to Cyprus? {Guid.NewGuid():N}";
        await customer.Write(question);
        await Expect(customer.Answers).ToHaveCountAsync(1);

        // The list was open before: the conversation comes by itself.
        var row = await _operator.RowOf(customer);
        await Expect(row).ToContainTextAsync(new Regex("Assistant:.*Cyprus"));
        await row.ClickAsync();
        await Expect(Messages.GetByText(question)).ToBeVisibleAsync();
        await Expect(TurnBar).ToContainTextAsync("Assistant is answering");

        await TurnBar.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await Expect(TurnBar).ToContainTextAsync("You are answering");
        await Expect(customer.Page.GetByText("People answer now")).ToBeVisibleAsync();

        await _operator.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" }).FillAsync("It leaves today, I packed it myself.");
        await _operator.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(customer.Conversation.GetByText("It leaves today, I packed it myself.")).ToBeVisibleAsync();
        await Expect(Messages.GetByText("It leaves today, I packed it myself.")).ToHaveCountAsync(1);
        await _operator.Screenshot("console-conversation");

        await customer.Write("Thank you!");
        await Expect(Messages.GetByText("Thank you!")).ToBeVisibleAsync();
        await Expect(customer.Answers).ToHaveCountAsync(1);

        await TurnBar.GetByRole(AriaRole.Button, new() { Name = "Hand back" }).ClickAsync();
        await Expect(TurnBar).ToContainTextAsync("Assistant is answering");
        await customer.Write("Are you open on Sunday?");
        await Expect(customer.Answers.Last).ToContainTextAsync("Sunday");
        await Expect(Messages.Locator(".assistant-bubble").Last).ToContainTextAsync("Sunday");
    }

    [Test]
    public async Task Customer_who_asks_for_a_person_waits_in_the_list_and_a_note_stays_inside()
    {
        await SignIn();
        await using var customer = await Visit.To("/");
        await customer.Write("I would like to talk to a person");
        await Expect(customer.Page.GetByText("People answer now")).ToBeVisibleAsync();

        await _operator.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Waiting for people") }).ClickAsync();
        await (await _operator.RowOf(customer)).ClickAsync();
        await Expect(TurnBar).ToContainTextAsync("Waits for people");

        await _operator.Page.Keyboard.PressAsync("n");
        var note = _operator.Page.GetByRole(AriaRole.Textbox, new() { Name = "Private note" });
        await Expect(note).ToBeFocusedAsync();
        await note.FillAsync("Called before, be kind.");
        await _operator.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Messages.Locator(".note")).ToContainTextAsync("Called before, be kind.");

        await _operator.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" }).FillAsync("A draft that stays.");
        await _operator.Page.ReloadAsync();
        await Expect(Messages.Locator(".note")).ToContainTextAsync("Called before, be kind.");
        await Expect(_operator.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" })).ToHaveValueAsync("A draft that stays.");

        await customer.Page.ReloadAsync();
        await Expect(customer.Conversation.GetByText("I would like to talk to a person")).ToBeVisibleAsync();
        await Expect(customer.Page.GetByText("Called before")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Everything_in_the_inbox_works_by_keyboard()
    {
        await using (var customer = await Visit.To("/"))
        {
            await customer.Write("How do I return something?");
            await Expect(customer.Answers).ToHaveCountAsync(1);
        }

        await SignIn();
        await Expect(_operator.Page.Locator(".row").First).ToContainTextAsync("Assistant:");
        var keys = _operator.Page.Keyboard;

        await keys.PressAsync("j");
        await keys.PressAsync("Enter");
        await Expect(TurnBar).ToContainTextAsync("Assistant is answering");
        await keys.PressAsync("t");
        await Expect(TurnBar).ToContainTextAsync("You are answering");
        await keys.PressAsync("l");
        await keys.TypeAsync("returns");
        await keys.PressAsync("Enter");
        await Expect(_operator.Page.Locator(".conversation-actions")).ToContainTextAsync("returns");
        await keys.PressAsync("Escape");
        await keys.PressAsync("r");
        await keys.TypeAsync("Send it back within 30 days.");
        await keys.PressAsync("Control+Enter");
        await Expect(Messages.GetByText("Send it back within 30 days.")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("t");
        await Expect(TurnBar).ToContainTextAsync("Assistant is answering");
        await keys.PressAsync("e");
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Close conversation" }).PressAsync("Enter");
        await Expect(TurnBar).ToContainTextAsync("This conversation is closed");
        await keys.PressAsync("?");
        await Expect(_operator.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" })).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("Escape");
        await Expect(_operator.Page).ToHaveURLAsync(new Regex("/console/inbox$"));
        foreach (var (key, page) in new[] { ("n", "notifications"), ("f", "figures"), ("o", "operations"), ("s", "settings") })
        {
            await keys.PressAsync("g");
            await keys.PressAsync(key);
            await Expect(_operator.Page).ToHaveURLAsync(new Regex($"/console/{page}$"));
            await Expect(_operator.Page.Locator(".page h1")).ToBeVisibleAsync();
        }
    }

    [Test]
    public async Task Session_lasts_over_a_reload_and_ends_with_signing_out()
    {
        await SignIn();
        await _operator.Page.ReloadAsync();
        await Expect(_operator.Page.GetByRole(AriaRole.Button, new() { Name = "All", Exact = true })).ToBeVisibleAsync();

        await _operator.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Sign out") }).ClickAsync();
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to Assistify" })).ToBeVisibleAsync();
        await _operator.Page.ReloadAsync();
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to Assistify" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Figures_are_those_of_the_service()
    {
        await using (var customer = await Visit.To("/"))
        {
            await customer.Write("Are you open on Sunday?");
            await Expect(customer.Answers).ToHaveCountAsync(1);
        }

        await SignIn();
        // The page asks for the range itself, which ends today, and for the one before it.
        var before = Today();
        var answer = _operator.Page.WaitForResponseAsync(
            response => response.Url.Contains("/api/analytics/channel_stats", StringComparison.Ordinal)
                && (response.Url.Contains(before, StringComparison.Ordinal) || response.Url.Contains(Today(), StringComparison.Ordinal)));
        await _operator.Page.GotoAsync("/console/figures?span=7");

        using var stats = JsonDocument.Parse(await (await answer).TextAsync());
        var count = stats.RootElement.GetProperty("totals").EnumerateArray().Sum(total => total.GetProperty("count").GetInt64());
        var shown = _operator.Page.Locator(".key-figure", new() { HasText = "Messages from customers" }).Locator(".key-value");
        await Expect(shown).ToBeVisibleAsync();
        Assert.That(long.Parse(await shown.InnerTextAsync(), System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(count));
        await _operator.Screenshot("console-figures");

        await shown.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(_operator.Page.Locator(".behind-sum")).ToContainTextAsync(new Regex("^[0-9,]+ messages? in [0-9,]+ conversations?$"));
        await _operator.Screenshot("console-behind-a-figure");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "what is behind a figure");
        await _operator.Page.Locator("a.behind-row").First.ClickAsync();
        await Expect(Messages).ToBeVisibleAsync();

        // Midnight may be between the two.
        static string Today() => $"to={TimeProvider.System.GetUtcNow():yyyy-MM-dd}";
    }

    [Test]
    public async Task Knowledge_written_here_is_what_the_assistant_answers_from()
    {
        await SignIn();
        await _operator.Page.GotoAsync("/console/settings/knowledge");
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Add an entry" }).ClickAsync();
        var dialog = _operator.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Title").FillAsync("Wheelchair access");
        await dialog.GetByLabel("Text").FillAsync("The entrance on Harbour Street has a ramp for wheelchairs.");
        await dialog.GetByLabel("Keywords").FillAsync("wheelchair ramp accessible");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = "Wheelchair access" })).ToBeVisibleAsync();

        await using var customer = await Visit.To("/");
        await customer.Write("Is there a ramp for a wheelchair?");
        await Expect(customer.Answers.First).ToContainTextAsync("Harbour Street");
    }

    [Test]
    public async Task Connecting_a_system_ends_with_the_address_to_paste_there()
    {
        await SignIn();
        await _operator.Page.GotoAsync("/console/settings/connections");
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Connect an account" }).ClickAsync();
        var dialog = _operator.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Messenger").SelectOptionAsync("Custom");
        await dialog.GetByLabel("Name").FillAsync("Our booking system");
        await dialog.GetByLabel("Secret", new() { Exact = true }).FillAsync("whsec_" + Convert.ToBase64String(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray()));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();

        var address = dialog.GetByText(new Regex("/api/webhooks/custom/[0-9a-f-]{36}$"));
        await Expect(address).ToBeVisibleAsync();
        var pasted = await address.InnerTextAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        var connection = _operator.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Our booking system" });
        await Expect(connection).ToContainTextAsync(pasted);
    }

    [Test]
    public async Task Workspaces_hours_and_pages_of_the_widget_are_changed_here()
    {
        await SignIn();
        await _operator.Page.GotoAsync("/console/settings/workspace");
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Change hours" }).ClickAsync();
        var dialog = _operator.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("People answer at any time").SetCheckedAsync(false);
        await dialog.GetByLabel("Monday").FillAsync("morning");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Monday");
        await dialog.GetByLabel("Monday").FillAsync("9-13, 14-17:30");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(_operator.Page.Locator(".hours")).ToContainTextAsync("09:00–13:00, 14:00–17:30");
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Change hours" }).ClickAsync();
        await dialog.GetByLabel("People answer at any time").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(_operator.Page.GetByText("People answer at any time")).ToBeVisibleAsync();

        await _operator.Page.GotoAsync("/console/settings/widget");
        await Expect(_operator.Page.Locator("code").First).ToContainTextAsync("data-workspace-key=\"demo\"");
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Show the QR code" }).ClickAsync();
        await Expect(_operator.Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^QR code of http") })).ToBeVisibleAsync();
        await _operator.Screenshot("console-qr");
    }

    [TestCase(1440, ColorScheme.Light)]
    [TestCase(1440, ColorScheme.Dark)]
    [TestCase(768, ColorScheme.Light)]
    [TestCase(768, ColorScheme.Dark)]
    [TestCase(360, ColorScheme.Light)]
    [TestCase(360, ColorScheme.Dark)]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        await using (var customer = await Visit.To("/"))
        {
            await customer.Write("I am looking for a blue vase under 50 EUR");
            await Expect(customer.Answers).ToHaveCountAsync(1);
        }

        await _operator.Page.SetViewportSizeAsync(width, 800);
        await _operator.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await Check($"console-sign-in-{width}-{scheme}");
        await SignIn();
        foreach (var path in s_pages)
        {
            await _operator.Page.GotoAsync($"/console/{path}");
            await Expect(_operator.Page.Locator(".page h1, .row").First).ToBeAttachedAsync();
            await Expect(_operator.Page.Locator(".figure-skeleton, .skeleton-rows")).ToHaveCountAsync(0);
            await Check($"console-{path.Replace('/', '-')}-{width}-{scheme}");
        }

        await _operator.Page.GotoAsync("/console/inbox");
        await _operator.Page.Locator(".row").First.ClickAsync();
        await Expect(Messages.Locator(".entry").First).ToBeAttachedAsync();
        await Check($"console-conversation-{width}-{scheme}");

        async Task Check(string name)
        {
            await _operator.Screenshot(name);
            Assert.That(await Axe.Findings(_operator.Page), Is.Empty, name);
            var wider = await _operator.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.That(wider, Is.LessThanOrEqualTo(0), $"{name} scrolls sideways");
        }
    }

    [Test]
    public async Task Everything_on_every_page_is_reached_by_keyboard_and_shows_that_it_is()
    {
        await using (var customer = await Visit.To("/"))
        {
            await customer.Write("Do you ship to Cyprus?");
            await Expect(customer.Answers).ToHaveCountAsync(1);
        }

        await SignIn();
        foreach (var path in s_pages)
        {
            await _operator.Page.GotoAsync($"/console/{path}");
            await Expect(_operator.Page.Locator(".page h1, .row").First).ToBeAttachedAsync();
            await Expect(_operator.Page.Locator(".figure-skeleton, .skeleton-rows")).ToHaveCountAsync(0);

            // Rows of the inbox come while one walks through them: they are not counted.
            var all = await _operator.Page.EvaluateAsync<int>(
                """
                () => {
                  document.activeElement?.blur();
                  const all = [...document.querySelectorAll('a[href], button, input:not([type=radio]), select, textarea, summary, [tabindex="0"]')]
                    .filter(each => !each.disabled && each.tabIndex >= 0 && each.checkVisibility() && !each.closest('.row'));
                  all.forEach((each, index) => { each.dataset.walked = index; });
                  return all.length;
                }
                """);
            Assert.That(all, Is.GreaterThan(5), path);
            var reached = new HashSet<int>();
            for (var presses = 0; presses < 3 * all + 60 && reached.Count < all; presses++)
            {
                await _operator.Page.Keyboard.PressAsync("Tab");
                var (place, isSeen) = await Focused();
                if (place is null) continue;
                reached.Add(place.Value);
                Assert.That(isSeen, $"the focus is not seen on {path}, {await _operator.Page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 200)")}");
            }

            var missed = await _operator.Page.EvaluateAsync<string[]>(
                "reached => [...document.querySelectorAll('[data-walked]')].filter(each => !reached.includes(Number(each.dataset.walked))).map(each => each.outerHTML.slice(0, 160))", reached);
            Assert.That(missed, Is.Empty, path);
        }
    }

    private async Task<(int? Place, bool IsSeen)> Focused()
    {
        var focused = await _operator.Page.EvaluateAsync<string?>(
            """
            () => {
              const each = document.activeElement;
              if (!each?.dataset.walked) return null;
              const { outlineStyle, outlineWidth } = getComputedStyle(each);
              return `${each.dataset.walked} ${outlineStyle !== 'none' && parseFloat(outlineWidth) > 0}`;
            }
            """);
        if (focused?.Split(' ') is not [var place, var isSeen]) return (null, false);
        return (int.Parse(place, CultureInfo.InvariantCulture), isSeen == "true");
    }

    private ILocator Messages => _operator.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" });

    private ILocator TurnBar => _operator.Page.Locator(".turn-bar");

    private Task SignIn() => Colleague.Owner.SignIn(_operator);
}
