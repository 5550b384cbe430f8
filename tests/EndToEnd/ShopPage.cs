using Microsoft.Playwright;
using NUnit.Framework;

namespace Assistify.EndToEnd;

/// <summary>A visitor of a shop's page that has the widget.</summary>
public abstract class ShopPage
{
    private protected Visit _visit = null!;

    [TearDown]
    public async Task No_console_errors()
    {
        await _visit.DisposeAsync();
        Assert.That(_visit.Errors, Is.Empty, "the browser's console");
    }

    private protected ILocator Launcher => _visit.Page.Locator("assistify-widget .launcher");

    private protected ILocator Panel => _visit.Page.Locator("assistify-widget .panel");

    private protected ILocator Field => _visit.Page.Locator("assistify-widget .composer .field");

    private protected async Task ReplyAsPerson(string text) =>
        await Api.Ask(HttpMethod.Post, $"/api/conversations/{await _visit.ConversationId()}/messages", new { text });

    /// <summary>A page of a shop on another origin, with the script tag.</summary>
    private protected static Task<Visit> Shop(string language, Action<IPage>? before = null, int width = 1280, ColorScheme scheme = ColorScheme.Light) =>
        Visit.To($"{Shared.Shop.Origin}/{language}", width, 800, async page =>
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            before?.Invoke(page);
        });
}
