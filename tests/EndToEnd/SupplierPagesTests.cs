using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>An operator has a supplier asked for a customer, and the picture that comes is on both their pages.</summary>
[TestFixture]
public sealed class SupplierPagesTests : ConsolePage
{
    // A red dot.
    private const string Picture =
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==";

    [Test]
    public async Task Supplier_is_asked_for_a_customer_and_his_picture_is_the_customers_card()
    {
        var (supplier, number, subject) = ($"Boris {Guid.NewGuid():N}"[..14], Number(), $"Blue vase {Guid.NewGuid():N}"[..20]);
        await using var customer = await Visit.To("/");
        await customer.Write($"Have you a photo of the blue vase? {Guid.NewGuid():N}");
        await Expect(customer.Answers).ToHaveCountAsync(1);
        await Api.Write("whatsapp", new { from = number, text = "I sell vases", profileName = supplier });

        await Row(supplier).ClickAsync();
        await Button("Make a supplier").ClickAsync();
        await Expect(Panel).ToContainTextAsync("A supplier since");
        await Button("Undo").ClickAsync();
        await Expect(Button("Make a supplier")).ToBeVisibleAsync();
        await Button("Make a supplier").ClickAsync();
        await Expect(Panel).ToContainTextAsync("A supplier since");
        await _operator.Screenshot("console-supplier");

        await (await _operator.RowOf(customer)).ClickAsync();
        await Button("Ask a supplier").ClickAsync();
        await Dialog.Locator("select[name=supplier]").SelectOptionAsync(new SelectOptionValue { Label = $"{supplier}, WhatsApp" });
        await Dialog.GetByLabel("What it is about").FillAsync(subject);
        await Dialog.GetByLabel("Message to the supplier").FillAsync("Have you a photo?");
        await _operator.Screenshot("console-ask-supplier");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "while a supplier is asked");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        var enquiry = Panel.GetByRole(AriaRole.Listitem).Filter(new() { HasText = subject });
        await Expect(enquiry.First).ToContainTextAsync("no picture yet");

        await Api.Write("whatsapp", new { from = number, text = "Here", profileName = supplier, media = new[] { new { contentType = "image/png", base64 = Picture } } });

        await Expect(enquiry.GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await Expect(customer.Conversation.Locator(".card").Filter(new() { HasText = subject })).ToBeVisibleAsync();
        await Expect(_operator.Page.Locator(".entry .card").Filter(new() { HasText = subject })).ToBeVisibleAsync();
        await _operator.Screenshot("console-supplier-picture");
        await customer.Screenshot("chat-supplier-picture");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "with the picture");
        Assert.That(await Axe.Findings(customer.Page), Is.Empty, "the customer's page");
        Assert.That(customer.Errors, Is.Empty);
        await Expect(_operator.Page.GetByText(new Regex("Something went wrong"))).ToHaveCountAsync(0);
    }

    private static string Number() => $"+4477009{RandomNumberGenerator.GetInt32(100_000).ToString("00000", CultureInfo.InvariantCulture)}";
}
