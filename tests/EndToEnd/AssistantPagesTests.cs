using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>What an admin decides about the assistant, and what it is tried on.</summary>
[TestFixture]
public sealed class AssistantPagesTests : ConsolePage
{
    [Test]
    public async Task Version_is_made_compared_tried_used_and_taken_back()
    {
        var note = $"Shorter answers {Guid.NewGuid():N}";
        await _operator.Page.GotoAsync("/console/settings/assistant");
        var state = _operator.Page.GetByText(new Regex("^The assistant works by "));
        await Expect(state).ToBeVisibleAsync();
        await Button("Make a version").ClickAsync();
        await Dialog.GetByLabel("Longest answer").FillAsync("700");
        await Dialog.GetByLabel("Why it is made").FillAsync(note);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Make the version" }).ClickAsync();

        var made = _operator.Page.GetByRole(AriaRole.List, new() { Name = "Versions" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = note });
        await Expect(made).ToContainTextAsync("Answers of at most 700 characters");
        await made.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Compare ") }).ClickAsync();
        await Expect(Dialog).ToContainTextAsync("700");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "while versions are compared");
        await _operator.Page.Keyboard.PressAsync("Escape");

        await made.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Try ") }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Start the trial" }).ClickAsync();
        var trial = _operator.Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex("is being tried$") });
        await Expect(trial).ToContainTextAsync("On 10 % of the conversations");
        await _operator.Screenshot("console-trial");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "while a version is tried");
        await trial.GetByRole(AriaRole.Button, new() { Name = "Stop the trial" }).ClickAsync();
        await Expect(_operator.Page.GetByRole(AriaRole.Region, new() { Name = "The last trial" })).ToContainTextAsync("stopped by hand");

        await made.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Use ") }).ClickAsync();
        await Expect(made.Locator(".success-text")).ToHaveTextAsync("in use");
        await Button("Back to the one before").ClickAsync();
        await Expect(made.Locator(".success-text")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Answer_that_was_wrong_becomes_a_correction_and_a_case()
    {
        await using var customer = await Visit.To("/");
        var question = $"Do you ship to Cyprus? {Guid.NewGuid():N}";
        await customer.Write(question);
        await Expect(customer.Answers).ToHaveCountAsync(1);
        var row = await _operator.RowOf(customer);
        await Expect(row).ToContainTextAsync("Assistant:");
        await row.ClickAsync();
        await Button("Why this answer").ClickAsync();

        await Dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Correct it") }).ClickAsync();
        await Dialog.GetByLabel("Was really for").FillAsync("Delivery abroad");
        await _operator.Screenshot("console-correct-intent");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "while an intent is corrected");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Say so" }).ClickAsync();
        await Expect(Dialog).ToContainTextAsync("An admin lets the next model learn it.");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Write it again" }).ClickAsync();
        await Expect(Dialog).ToContainTextAsync(new Regex("It comes out (the same|differently)"));
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Make the conversation a case" }).ClickAsync();
        await Expect(Dialog).ToContainTextAsync("It is the case");

        await _operator.Page.GotoAsync("/console/settings/knowledge/understanding");
        var correction = _operator.Page.GetByRole(AriaRole.Region, new() { Name = "Corrections to review" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = question });
        await Expect(correction).ToContainTextAsync("Should be Delivery abroad");
        await correction.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Reject") }).ClickAsync();
        await Expect(correction).ToHaveCountAsync(0);

        await _operator.Page.GotoAsync("/console/settings/assistant/cases");
        var kept = _operator.Page.GetByRole(AriaRole.List, new() { Name = "Cases" }).GetByRole(AriaRole.Listitem)
            .Filter(new() { Has = _operator.Page.Locator($"a[href*='{await customer.ConversationId()}']") });
        await Expect(kept).ToContainTextAsync("1 answer");
        var name = await kept.GetByRole(AriaRole.Heading).InnerTextAsync();
        await Button("Run the suite").ClickAsync();
        var result = _operator.Page.GetByRole(AriaRole.List, new() { Name = "Results" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });
        await result.Locator("summary").ClickAsync();
        await Expect(result.Locator(".case-turns")).ToContainTextAsync("Do you ship to Cyprus?");
        await _operator.Screenshot("console-suite");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "after the suite was run");
        _operator.Page.Dialog += (_, asked) => asked.AcceptAsync();
        await kept.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Delete") }).ClickAsync();
        await Expect(kept).ToHaveCountAsync(0);
    }
}
