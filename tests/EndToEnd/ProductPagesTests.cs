using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>An admin edits what the shop sells, and the assistant tells customers so.</summary>
[TestFixture]
public sealed class ProductPagesTests : ConsolePage
{
    [Test]
    public async Task Product_is_added_quoted_changed_taken_back_and_deleted()
    {
        var name = $"Theatre mask {Guid.NewGuid().ToString("N")[..8]}";
        await _operator.Page.GotoAsync("/console/settings/products");
        await Button("Add a product").ClickAsync();
        await Dialog.GetByLabel("Name").FillAsync(name);
        await Dialog.GetByLabel("Description").FillAsync("Papier-mâché, painted by hand.");
        await Dialog.GetByLabel("Price").FillAsync("12.345");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Dialog).ToBeVisibleAsync();
        await Dialog.GetByLabel("Price").FillAsync("61,70");
        await Dialog.GetByLabel("Currency").FillAsync("eur");
        await _operator.Screenshot("console-product");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "while a product is written");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Dialog).ToBeHiddenAsync();

        await _operator.Page.GetByLabel("Search products").FillAsync(name);
        var row = _operator.Page.GetByRole(AriaRole.List, new() { Name = "Products" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });
        await Expect(row).ToContainTextAsync("61.70");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "the list");
        await _operator.Screenshot("console-products");
        await using (var customer = await Visit.To("/"))
        {
            await customer.Write($"How much is the {name}?");
            await Expect(customer.Answers.First).ToContainTextAsync("61.70 EUR");
            Assert.That(customer.Errors, Is.Empty);
        }

        await row.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Edit ") }).ClickAsync();
        await Dialog.GetByLabel("Price").FillAsync("70.00");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(row).ToContainTextAsync("70.00");
        await Expect(Dialog).ToBeHiddenAsync();
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^History ") }).ClickAsync();
        await Expect(Dialog).ToContainTextAsync("61.70");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "its history");
        await Dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Go back to this") }).ClickAsync();
        await Expect(row).ToContainTextAsync("61.70");
        await _operator.Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog).ToBeHiddenAsync();

        _operator.Page.Dialog += (_, asked) => asked.AcceptAsync();
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Delete ") }).ClickAsync();
        await Expect(_operator.Page.GetByText("No product has these words.")).ToBeVisibleAsync();
    }
}
