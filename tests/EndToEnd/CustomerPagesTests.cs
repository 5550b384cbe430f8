using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>Whom an operator talks to, and how he is still reached.</summary>
[TestFixture]
public sealed class CustomerPagesTests : ConsolePage
{
    [Test]
    public async Task Merge_is_taken_back_at_once_and_later_from_the_panel()
    {
        var (kept, mistaken) = (await Writes(), await Writes());
        await Row(kept).ClickAsync();

        await Merge(mistaken);
        await Expect(Panel).ToContainTextAsync("Merged from");
        await _operator.Screenshot("console-merged");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "after a merge");
        await _operator.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "was merged into" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Panel).Not.ToContainTextAsync("Merged from");

        await Merge(mistaken);
        await _operator.Page.ReloadAsync();
        await Panel.GetByRole(AriaRole.Button, new() { Name = $"Undo the merge of {mistaken}" }).ClickAsync();
        await Expect(Panel).Not.ToContainTextAsync("Merged from");
        await Row(mistaken).ClickAsync();
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = mistaken, Level = 1 })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Kept_template_is_filled_read_beforehand_and_sent_when_the_window_is_over()
    {
        var template = $"order_{Guid.NewGuid():N}"[..18];
        await _operator.Page.GotoAsync("/console/settings/templates");
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Add a template" }).ClickAsync();
        await _operator.Page.GetByLabel("Name").FillAsync(template);
        await _operator.Page.GetByLabel("Language").FillAsync("en");
        await _operator.Page.GetByLabel("Text").FillAsync("Your order {{1}} comes on {{2}}.");
        await _operator.Screenshot("console-template-form");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "the form");
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = template })).ToBeVisibleAsync();

        await _operator.Page.GotoAsync("/console/inbox");
        var name = await Writes();
        await Row(name).ClickAsync();
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
        await Late(name);
        await _operator.Page.ReloadAsync();
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Send a template" }).ClickAsync();
        await Dialog.Locator("select[name=template]").SelectOptionAsync(new SelectOptionValue { Label = $"{template} (en)" });
        await Dialog.GetByLabel("Value 1").FillAsync("1001");
        await Dialog.GetByLabel("Value 2").FillAsync("Friday");
        await Expect(Dialog.GetByRole(AriaRole.Region, new() { Name = "Preview" })).ToContainTextAsync("Your order 1001 comes on Friday.");
        await _operator.Screenshot("console-template-filled");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "the template with its values");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Send the template" }).ClickAsync();
        await Expect(_operator.Page.Locator(".entry:not(:has-text('Is sent in a moment'))").GetByText("Your order 1001 comes on Friday.", new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Somebody with a name of his own, in the list.</summary>
    private async Task<string> Writes()
    {
        var name = $"Zeno {Guid.NewGuid():N}"[..18];
        var number = RandomNumberGenerator.GetInt32(100_000).ToString("00000", CultureInfo.InvariantCulture);
        await Api.Write("whatsapp", new { from = $"+4477006{number}", text = "Are you open on Sunday?", profileName = name });
        await Expect(Row(name)).ToBeVisibleAsync();
        return name;
    }

    private static async Task Late(string name)
    {
        await using var database = NpgsqlDataSource.Create(Shared.System.EnvironmentOf("chat")["ConnectionStrings__chatdb"]);
        await using var command = database.CreateCommand(
            "update conversations c set window_expires_at = now() - interval '1 hour', turn = 1 from customers u where u.id = c.customer_id and u.name = $1");
        command.Parameters.AddWithValue(name);
        await command.ExecuteNonQueryAsync();
    }

    private async Task Merge(string other)
    {
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Merge with another customer" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Searchbox).FillAsync(other);
        await Dialog.Locator(".choice").Filter(new() { HasText = other }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = $"Merge {other} into" }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
    }
}
