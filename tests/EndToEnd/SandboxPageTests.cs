using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

[TestFixture]
public sealed class SandboxPageTests
{
    [Test]
    public async Task WhatsApp_message_is_answered_on_the_phone()
    {
        await using var visit = await Visit.To("/sandbox");
        var phone = visit.Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex(@"Phone for WhatsApp \(Twilio\)") });

        await phone.GetByRole(AriaRole.Button, new() { Name = "Are you open on Sunday?" }).ClickAsync();

        var chat = phone.GetByRole(AriaRole.Region, new() { NameRegex = new Regex("Chat of") });
        await Expect(chat.Locator(".said-mine")).ToContainTextAsync("Delivered");
        await Expect(chat.Locator(".said-theirs")).ToContainTextAsync("Sunday");
        await visit.Screenshot("sandbox-phone");
        Assert.That(visit.Errors, Is.Empty, "the browser's console");
    }

    [Test]
    public async Task What_a_phone_writes_is_in_the_inbox_beside_it()
    {
        await using var visit = await Visit.To("/sandbox", width: 1440, height: 900);
        var phone = visit.Page.Locator("[data-channel=telegram]");
        var person = $"Nora {Guid.NewGuid():N}"[..16];
        await phone.GetByRole(AriaRole.Button, new() { Name = "New person" }).ClickAsync();
        await phone.GetByLabel("Name").FillAsync(person);
        await phone.GetByLabel("Address").FillAsync(RandomNumberGenerator.GetInt32(1_000_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture));
        await phone.GetByRole(AriaRole.Button, new() { Name = "Add person" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Inbox", Exact = true }).ClickAsync();
        var inbox = visit.Page.FrameLocator("iframe.inbox");
        await inbox.GetByLabel("E-mail").FillAsync(Colleague.Owner.Email);
        await inbox.GetByLabel("Password").FillAsync(Colleague.Owner.Password);
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(inbox.GetByRole(AriaRole.Button, new() { Name = "All", Exact = true })).ToBeVisibleAsync();

        var question = $"A person, please. {Guid.NewGuid():N}";
        await phone.GetByRole(AriaRole.Textbox, new() { Name = "Message on the phone" }).FillAsync(question);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await inbox.Locator(".row").Filter(new() { HasText = person }).ClickAsync();
        await Expect(inbox.GetByRole(AriaRole.Region, new() { Name = "Messages" }).GetByText(question)).ToBeVisibleAsync();
        await visit.Screenshot("sandbox-inbox");
        Assert.That(visit.Errors, Is.Empty, "the browser's console");
    }
}
