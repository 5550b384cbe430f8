using Assistify.Load.Systems;
using Microsoft.Playwright;

namespace Assistify.EndToEnd;

/// <summary>One running system and one browser for all pages.</summary>
[SetUpFixture]
public sealed class Shared
{
    private static readonly string[] s_flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static IPlaywright? s_playwright;
    private static IBrowser? s_browser;
    private static TestedSystem? s_system;
    private static ShopSite? s_shop;

    internal static TestedSystem System => s_system ?? throw new InvalidOperationException("The system is not running.");

    internal static ShopSite Shop => s_shop ?? throw new InvalidOperationException("The shop's site is not running.");

    internal static IBrowser Browser => s_browser ?? throw new InvalidOperationException("The browser is not running.");

    [OneTimeSetUp]
    public async Task Start()
    {
        // A busy machine is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(60_000);
        s_playwright = await Playwright.CreateAsync();
        s_browser = await s_playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Args = s_flags });
        s_shop = ShopSite.Start();
        s_system = await TestedSystem.Start(
            new SystemOptions().With(SystemOptions.RaisedLimits).With(("ASSISTIFY_ALLOWED_ORIGINS", Shop.Origin)), CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (s_system is not null) await s_system.DisposeAsync();
        if (s_shop is not null) await s_shop.DisposeAsync();
        if (s_browser is not null) await s_browser.DisposeAsync();
        s_playwright?.Dispose();
    }

    private static string Chromium() =>
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no browser: install the Debian package chromium.");
}
