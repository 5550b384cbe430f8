using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>What a team does the same way each time: teams that are given conversations, macros, and rules.</summary>
[TestFixture]
public sealed class WorkRulesTests : ConsolePage
{
    private string _mark = "";
    [SetUp]
    public void Mark() => _mark = Guid.NewGuid().ToString("N")[..12];

    [Test]
    public async Task What_is_given_to_a_team_is_in_its_list_and_in_a_view_of_it()
    {
        var team = $"Glaziers {_mark}";
        await Add("teams", "Add a team", async dialog =>
        {
            await dialog.GetByLabel("Name").FillAsync(team);
            // Else it is given what other tests' customers are handed over with.
            await dialog.GetByLabel("Takes what the assistant hands over").UncheckAsync();
        });
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = team })).ToBeVisibleAsync();

        await using var customer = await Asked("I would like to know more about glass");
        await Find(customer);
        await _operator.Page.Keyboard.PressAsync("a");
        await Starting(team).ClickAsync();
        await Expect(_operator.Page.Locator(".conversation-actions")).ToContainTextAsync(team);

        await More.ClickAsync();
        await Starting(team).ClickAsync();
        await Expect(_operator.Page.Locator(".row")).ToHaveCountAsync(1);
        await More.ClickAsync();
        var view = $"Panes {_mark}";
        await _operator.Page.GetByLabel("Keep what is shown now as").FillAsync(view);
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await Expect(More).ToHaveTextAsync(view);

        await _operator.Page.GotoAsync("/console/inbox");
        await More.ClickAsync();
        await Starting(view).ClickAsync();
        await Expect(_operator.Page).ToHaveURLAsync(new Regex("team="));
        await Expect(_operator.Page.Locator(".row")).ToHaveCountAsync(1);
        await Expect(await _operator.RowOf(customer)).ToBeVisibleAsync();
    }

    [Test]
    public async Task Macro_answers_labels_and_closes_by_one_choice()
    {
        var (macro, label) = ($"Sent {_mark}", $"parcel {_mark}");
        await Add("macros", "Add a macro", async dialog =>
        {
            await dialog.GetByLabel("Name").FillAsync(macro);
            await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Text" }).FillAsync($"It is on its way, {{{{customer.firstName|there}}}}. {_mark}");
            await dialog.GetByLabel("Labels to add").FillAsync(label);
            await dialog.GetByLabel("Close the conversation").CheckAsync();
        });
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = macro })).ToBeVisibleAsync();

        await using var customer = await Asked("Where is my parcel?");
        await Find(customer);
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = "Macros", Exact = true }).ClickAsync();
        await Starting(macro).ClickAsync();

        await Expect(_operator.Page.Locator(".turn-bar")).ToContainTextAsync("This conversation is closed");
        await Expect(_operator.Page.Locator(".conversation-actions")).ToContainTextAsync(label);
        await Expect(customer.Conversation.GetByText($"It is on its way, there. {_mark}")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Rule_replies_and_hands_over_what_has_its_word()
    {
        var (rule, word, said) = ($"Broken {_mark}", $"shard{_mark}", $"That should not happen, there. {_mark}");
        await using var earlier = await Asked($"I found a {word} in the box");
        await Add("rules", "Add a rule", async dialog =>
        {
            await dialog.GetByLabel("Name").FillAsync(rule);
            await dialog.GetByLabel("If the message has the words").FillAsync(word);
            await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Reply" }).FillAsync($"That should not happen, {{{{customer.firstName|there}}}}. {_mark}");
            await dialog.GetByLabel("Hand over to people").CheckAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Try it on the latest conversations" }).ClickAsync();
            await Expect(dialog).ToContainTextAsync("It would have been for 1 of");
            await _operator.Screenshot("console-rule-tried");
            Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "after a rule was tried");
        });
        var entry = _operator.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = rule });
        await Expect(entry).ToContainTextAsync("hand over to people");

        await using var customer = await Visit.To("/");
        await customer.Write($"Another {word}, again");
        await Expect(customer.Conversation.GetByText(said)).ToHaveCountAsync(1);
        await Expect(customer.Page.GetByText("People answer now")).ToBeVisibleAsync();
        await Expect(customer.Answers).ToHaveCountAsync(0);
        await Expect(earlier.Conversation.GetByText(said)).ToHaveCountAsync(0);

        _operator.Page.Dialog += (_, asked) => asked.AcceptAsync();
        await entry.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Delete") }).ClickAsync();
        await Expect(entry).ToHaveCountAsync(0);
        await _operator.Page.GotoAsync("/console/inbox");
        await (await _operator.RowOf(customer)).ClickAsync();
        await Expect(_operator.Page.Locator(".turn-bar")).ToContainTextAsync("Waits for people");
        await Expect(_operator.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" }).GetByText($"Rule “{rule}” was carried out.")).ToBeVisibleAsync();
    }

    private async Task Add(string section, string button, Func<ILocator, Task> fill)
    {
        await _operator.Page.GotoAsync($"/console/settings/{section}");
        await _operator.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await fill(Dialog);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
    }

    private static async Task<Visit> Asked(string text)
    {
        var customer = await Visit.To("/");
        await customer.Write(text);
        await Expect(customer.Answers).ToHaveCountAsync(1);
        return customer;
    }

    private async Task Find(Visit customer)
    {
        await _operator.Page.GotoAsync("/console/inbox");
        var row = await _operator.RowOf(customer);
        await Expect(row).ToContainTextAsync("Assistant:");
        await row.ClickAsync();
        await Expect(_operator.Page.Locator(".turn-bar")).ToContainTextAsync("Assistant is answering");
    }

    /// <summary>The lists that are needed less often; the button bears the name of the one that is shown.</summary>
    private ILocator More => _operator.Page.Locator(".filters .popover-place > button");

    private ILocator Starting(string name) => _operator.Page.Locator("button.choice").Filter(new() { HasText = name });
}
