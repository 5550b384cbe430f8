using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>Two people at the console, and what they share.</summary>
[TestFixture]
public sealed class TeamworkTests
{
    private Colleague _adam = null!;
    private Visit _owner = null!;
    private Visit _second = null!;

    [SetUp]
    public async Task Open()
    {
        _adam = await Colleague.Add($"Adam{Guid.NewGuid().ToString("N")[..12]}");
        _owner = await Visit.To("/console", width: 1440, height: 900);
        _second = await Visit.To("/console", width: 1280, height: 800);
    }

    [TearDown]
    public async Task No_console_errors()
    {
        await _owner.DisposeAsync();
        await _second.DisposeAsync();
        Assert.That(_owner.Errors.Concat(_second.Errors), Is.Empty, "the browsers' consoles");
    }

    [Test]
    public async Task Of_two_who_take_over_at_once_one_answers_and_both_know_who()
    {
        await using var customer = await Customer("I would like to know more about vases");
        await Both();
        await Open(_owner, customer);
        await Open(_second, customer);
        await Expect(TurnBar(_owner)).ToContainTextAsync("Assistant is answering");
        await Expect(TurnBar(_second)).ToContainTextAsync("Assistant is answering");

        await Task.WhenAll(_owner.Page.Keyboard.PressAsync("t"), _second.Page.Keyboard.PressAsync("t"));

        foreach (var visit in new[] { _owner, _second }) await Expect(TurnBar(visit)).ToContainTextAsync(new Regex("is answering|You are answering"));
        await Expect(TurnBar(_owner)).Not.ToContainTextAsync("Assistant");
        await Expect(TurnBar(_second)).Not.ToContainTextAsync("Assistant");
        var said = new[] { await TurnBar(_owner).InnerTextAsync(), await TurnBar(_second).InnerTextAsync() };
        Assert.That(said.Count(text => text.Contains("You are answering", StringComparison.Ordinal)), Is.EqualTo(1), string.Join(" / ", said));

        // Both may write; the customer gets each word once, and nothing of the assistant's.
        await Reply(_owner, "From the owner");
        await Reply(_second, "From Adam");
        await Expect(customer.Conversation.GetByText("From the owner")).ToHaveCountAsync(1);
        await Expect(customer.Conversation.GetByText("From Adam")).ToHaveCountAsync(1);
        await customer.Write("Thank you both");
        await Expect(Messages(_owner).GetByText("Thank you both")).ToBeVisibleAsync();
        await Expect(customer.Answers).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Who_is_named_in_a_note_hears_of_it_and_sees_who_else_looks()
    {
        await using var customer = await Customer("My order is broken");
        await Both();
        await Open(_owner, customer);

        await _owner.Page.Keyboard.PressAsync("n");
        await _owner.Page.Keyboard.TypeAsync("Can you look, @" + _adam.Name[..^2]);
        await Expect(_owner.Page.Locator(".suggestion")).ToContainTextAsync(_adam.Name);
        await _owner.Screenshot("console-mention");
        Assert.That(await Axe.Findings(_owner.Page), Is.Empty, "with the list of colleagues");
        await _owner.Page.Keyboard.PressAsync("Enter");
        await _owner.Page.Keyboard.TypeAsync("?");
        await _owner.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Messages(_owner).Locator(".note")).ToContainTextAsync($"Can you look, @{_adam.Name} ?");

        var notifications = _second.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Notifications") });
        await Expect(notifications).ToContainTextAsync("1");
        await notifications.ClickAsync();
        var told = _second.Page.Locator(".notification");
        await Expect(told).ToContainTextAsync("named you");
        await Expect(told).ToContainTextAsync("Can you look");
        await _second.Screenshot("console-notifications");
        await told.ClickAsync();

        await Expect(Messages(_second).Locator(".note")).ToContainTextAsync("Can you look");
        await Expect(notifications).Not.ToContainTextAsync("unread");
        await Expect(_owner.Page.Locator(".also-here")).ToContainTextAsync($"{_adam.Name} is looking at this too");
        await Expect(_second.Page.Locator(".also-here")).ToContainTextAsync("is looking at this too");
        await _second.Page.Keyboard.PressAsync("r");
        await _second.Page.Keyboard.TypeAsync("I am");
        await Expect(_owner.Page.GetByText($"{_adam.Name} is typing")).ToBeVisibleAsync();
        await _owner.Screenshot("console-presence");

        await _second.Page.GotoAsync("/console/inbox?view=mentions");
        await Expect(_second.Page.Locator(".row")).ToHaveCountAsync(1);
        await Expect(_owner.Page.Locator(".also-here")).ToBeEmptyAsync();
    }

    [Test]
    public async Task Canned_answer_is_found_filled_taken_back_and_sent()
    {
        await Colleague.Owner.SignIn(_owner);
        var shortcut = $"hours-{Guid.NewGuid().ToString("N")[..12]}";
        await _owner.Page.GotoAsync("/console/settings/answers");
        await _owner.Page.GetByRole(AriaRole.Button, new() { Name = "Add an answer" }).ClickAsync();
        var dialog = _owner.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Shortcut").FillAsync(shortcut);
        await dialog.GetByLabel("Text").FillAsync("Hello {{customer.firstName|there}}, we open at ten.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(_owner.Page.GetByRole(AriaRole.Heading, new() { Name = $"/{shortcut}" })).ToBeVisibleAsync();

        await using var customer = await Customer("When do you open?");
        await _owner.Page.GotoAsync("/console/inbox");
        await Open(_owner, customer);
        await _owner.Page.Keyboard.PressAsync("r");
        await _owner.Page.Keyboard.TypeAsync("/" + shortcut);
        await Expect(_owner.Page.Locator(".suggestion")).ToContainTextAsync("Hello there, we open at ten.");
        await _owner.Page.Keyboard.PressAsync("Enter");
        var field = _owner.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" });
        await Expect(field).ToHaveValueAsync("Hello there, we open at ten.");

        await _owner.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(field).ToHaveValueAsync("");
        await Messages(_owner).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(field).ToHaveValueAsync("Hello there, we open at ten.");
        await field.FillAsync("Hello there, we open at nine.");
        await _owner.Page.GetByRole(AriaRole.Button, new() { Name = "Send and close" }).ClickAsync();

        await Expect(TurnBar(_owner)).ToContainTextAsync("This conversation is closed");
        await Expect(customer.Conversation.GetByText("we open at nine.")).ToBeVisibleAsync();
        await Expect(customer.Conversation.GetByText("we open at ten.")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Who_answers_is_suggested_an_answer_and_sends_it_as_his_own()
    {
        await using var customer = await Customer("I would like to know more about vases");
        await Colleague.Owner.SignIn(_owner);
        await Open(_owner, customer);
        await Expect(TurnBar(_owner)).ToContainTextAsync("Assistant is answering");
        var suggestion = _owner.Page.GetByRole(AriaRole.Region, new() { Name = "Suggested answer" });
        await Expect(suggestion).ToHaveCountAsync(0);
        await _owner.Page.Keyboard.PressAsync("t");
        await Expect(TurnBar(_owner)).ToContainTextAsync("You are answering");
        await customer.Write("Do you ship to Cyprus?");
        await Expect(Messages(_owner).GetByText("Do you ship to Cyprus?")).ToBeVisibleAsync();

        await _owner.Page.Keyboard.PressAsync("d");
        await Expect(suggestion.Locator(".assistant-bubble")).ToContainTextAsync("Cyprus");
        await suggestion.Locator(".chip").First.ClickAsync();
        await Expect(suggestion.Locator(".quote")).ToContainTextAsync("Cyprus");
        await _owner.Page.GetByRole(AriaRole.Button, new() { Name = "Sum up the conversation" }).ClickAsync();
        await Expect(_owner.Page.Locator(".summary-text")).ToContainTextAsync("ship to Cyprus");
        await _owner.Screenshot("console-suggestion");
        Assert.That(await Axe.Findings(_owner.Page), Is.Empty, "with a suggestion and a summary");

        await suggestion.GetByRole(AriaRole.Button, new() { Name = "Use" }).ClickAsync();
        var field = _owner.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" });
        await Expect(field).ToHaveValueAsync(new Regex("Cyprus"));
        await Expect(field).ToBeFocusedAsync();
        await Reply(_owner, "Yes, to Cyprus too.");
        await Expect(customer.Conversation.GetByText("Yes, to Cyprus too.")).ToHaveCountAsync(1);
        await Expect(customer.Answers).ToHaveCountAsync(1);
    }

    [Test]
    public async Task View_that_is_saved_for_everybody_is_in_a_colleagues_list()
    {
        await using var customer = await Customer("I want to send something back");
        await Both();
        await Open(_owner, customer);
        var label = $"returns {Guid.NewGuid().ToString("N")[..12]}";
        await _owner.Page.Keyboard.PressAsync("l");
        await _owner.Page.Keyboard.TypeAsync(label);
        await _owner.Page.Keyboard.PressAsync("Enter");
        await _owner.Page.GetByRole(AriaRole.Link, new() { Name = label }).ClickAsync();
        await Expect(_owner.Page.Locator(".row")).ToHaveCountAsync(1);

        await _owner.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        var name = $"View {label}";
        await _owner.Page.GetByLabel("Keep what is shown now as").FillAsync(name);
        await _owner.Page.GetByLabel("for everybody").CheckAsync();
        await _owner.Screenshot("console-save-view");
        Assert.That(await Axe.Findings(_owner.Page), Is.Empty, "with the list of views");
        await _owner.Page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await Expect(_owner.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })).ToBeVisibleAsync();

        await _second.Page.ReloadAsync();
        await _second.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await _second.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{Regex.Escape(name)}") }).ClickAsync();
        await Expect(_second.Page.Locator(".row")).ToHaveCountAsync(1);
        await Expect(_second.Page.Locator(".filter-label")).ToContainTextAsync(label);
    }

    [Test]
    public async Task Second_factor_is_set_up_and_every_browser_signed_out()
    {
        await _adam.SignIn(_owner);
        await _adam.SignIn(_second);
        await _owner.Page.GotoAsync("/console/settings/security");
        await _owner.Page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        var dialog = _owner.Page.GetByRole(AriaRole.Dialog);
        var secret = await dialog.Locator("code").InnerTextAsync();
        await _owner.Screenshot("console-second-factor");
        await dialog.GetByLabel("Code").FillAsync(Code(secret));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(_owner.Page.GetByText("It is on")).ToBeVisibleAsync();

        _owner.Page.Dialog += (_, asked) => asked.AcceptAsync();
        await _owner.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Expect(_owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to Assistify" })).ToBeVisibleAsync();

        // The other browser's token cannot be renewed; what the browser says of the refusal is expected.
        await _second.Page.RouteAsync("**/api/auth/refresh", async route =>
        {
            var answer = await route.FetchAsync();
            Assert.That(answer.Status, Is.EqualTo(401));
            await route.AbortAsync("blockedbyclient");
        });
        var refused = _second.Page.WaitForRequestAsync("**/api/auth/refresh");
        await _second.Page.ReloadAsync();
        await refused;
        await _second.Page.CloseAsync();
    }

    private async Task Both()
    {
        await Colleague.Owner.SignIn(_owner);
        await _adam.SignIn(_second);
    }

    private static async Task<Visit> Customer(string text)
    {
        var customer = await Visit.To("/");
        await customer.Write(text);
        await Expect(customer.Answers).ToHaveCountAsync(1);
        return customer;
    }

    private static async Task Open(Visit visit, Visit customer)
    {
        var row = await visit.RowOf(customer);
        await Expect(row).ToContainTextAsync("Assistant:");
        await row.ClickAsync();
        await Expect(Messages(visit).Locator(".assistant-bubble").First).ToBeVisibleAsync();
    }

    private static async Task Reply(Visit visit, string text)
    {
        await visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" }).FillAsync(text);
        await visit.Page.Keyboard.PressAsync("Control+Enter");
    }

    private static ILocator Messages(Visit visit) => visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" });

    private static ILocator TurnBar(Visit visit) => visit.Page.Locator(".turn-bar");

    /// <summary>As an authenticator app shows it: RFC 6238.</summary>
    private static string Code(string secret)
    {
        var bits = string.Concat(secret.Where(char.IsLetterOrDigit)
            .Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] key = [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The standard's own.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0x0F)) & 0x7FFF_FFFF;
        return (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
