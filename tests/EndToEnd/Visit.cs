using Assistify.Load.Systems;
using Microsoft.Playwright;

namespace Assistify.EndToEnd;

/// <summary>A visitor of a page, with nothing left of earlier visits.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(60_000);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _errors.Add($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What the browser complained about, the content security policy included.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public ILocator Field => Page.GetByRole(AriaRole.Textbox, new() { Name = "Your message" });

    public ILocator Conversation => Page.GetByRole(AriaRole.Region, new() { Name = "Conversation" });

    /// <summary>The assistant's answers, also one that is being written.</summary>
    public ILocator Answers => Conversation.Locator(".assistant-bubble");

    /// <param name="before">What the page needs before it is opened.</param>
    public static async Task<Visit> To(string path, int width = 1280, int height = 800, Func<IPage, Task>? before = null)
    {
        var context = await Shared.Browser.NewContextAsync(new()
        {
            BaseURL = Shared.System.Address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            Locale = "en-GB",
        });
        var visit = new Visit(context, await context.NewPageAsync());
        if (before is not null) await before(visit.Page);
        await visit.Page.GotoAsync(path);
        return visit;
    }

    public async Task Write(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    /// <summary>The conversation of a customer who has written here.</summary>
    public Task<string> ConversationId() => Page.EvaluateAsync<string>("() => JSON.parse(localStorage.getItem('assistify.session')).conversationId");

    /// <summary>The customer's conversation in the console's list, wherever others have moved it to.</summary>
    public async Task<ILocator> RowOf(Visit customer) => Page.Locator($".row:has(a[href*='{await customer.ConversationId()}'])");

    public Task Screenshot(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Artifacts, $"{name}.png") });

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
