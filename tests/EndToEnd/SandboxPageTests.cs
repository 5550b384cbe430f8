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
}
