using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>Everything by its name, without the pointer.</summary>
[TestFixture]
public sealed class PaletteTests : ConsolePage
{
    [Test]
    public async Task Page_customer_action_and_canned_answer_are_found_by_their_names()
    {
        var name = $"Quentin {Guid.NewGuid():N}"[..20];
        var shortcut = $"k{Guid.NewGuid():N}"[..12];
        await Api.Ask(HttpMethod.Post, "/api/canned_answers", new { shortcut, text = "Good day, {{customer.firstName|you}}." });
        await Api.Write("whatsapp", new { from = $"+4477007{Random.Shared.Next(100_000):00000}", text = "Are you open on Sunday?", profileName = name });
        await Expect(Row(name)).ToBeVisibleAsync();

        await Choose("templ", "Templates");
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = "Templates" })).ToBeVisibleAsync();
        await Choose(name, name);
        await Expect(_operator.Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
        await Choose("take ov", "Take over");
        await Expect(_operator.Page.GetByText("You are answering")).ToBeVisibleAsync();
        await Choose($"/{shortcut}", $"/{shortcut}");
        var reply = _operator.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" });
        await Expect(reply).ToHaveValueAsync("Good day, Quentin.");
        await Expect(reply).ToBeFocusedAsync();

        await _operator.Page.Keyboard.PressAsync("Control+k");
        await Expect(_operator.Page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("^Hand back") })).ToBeVisibleAsync();
        await _operator.Screenshot("console-palette");
        Assert.That(await Axe.Findings(_operator.Page), Is.Empty, "the palette");
        await _operator.Page.Keyboard.PressAsync("Escape");
        await Expect(reply).ToBeFocusedAsync();
    }

    [Test]
    public async Task Edge_of_the_list_moves_by_keys_and_by_pulling_and_stays_where_it_was_put()
    {
        var edge = _operator.Page.GetByRole(AriaRole.Separator, new() { Name = "Width of the list" });
        await edge.FocusAsync();
        await _operator.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(edge).ToHaveAttributeAsync("aria-valuenow", "356");
        Assert.That(await Width(), Is.EqualTo(356).Within(1));

        var box = (await edge.BoundingBoxAsync())!;
        await _operator.Page.Mouse.MoveAsync(box.X + (box.Width / 2), 400);
        await _operator.Page.Mouse.DownAsync();
        await _operator.Page.Mouse.MoveAsync(box.X + (box.Width / 2) + 60, 400, new() { Steps = 5 });
        await _operator.Page.Mouse.UpAsync();
        await Expect(edge).ToHaveAttributeAsync("aria-valuenow", "416");

        await _operator.Page.ReloadAsync();
        await Expect(edge).ToHaveAttributeAsync("aria-valuenow", "416");
        Assert.That(await Width(), Is.EqualTo(416).Within(1));
    }

    private async Task Choose(string typed, string option)
    {
        await _operator.Page.Keyboard.PressAsync("Control+k");
        await _operator.Page.Keyboard.TypeAsync(typed);
        await Expect(_operator.Page.Locator("[role=option][aria-selected=true]")).ToContainTextAsync(option);
        await _operator.Page.Keyboard.PressAsync("Enter");
        await Expect(_operator.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private async Task<float> Width() => (await _operator.Page.Locator(".inbox-list").BoundingBoxAsync())!.Width;
}
