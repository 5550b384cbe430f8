using Microsoft.Playwright;
using NUnit.Framework;

namespace Assistify.EndToEnd;

/// <summary>The console, to which the owner has signed in.</summary>
public abstract class ConsolePage
{
    private protected Visit _operator = null!;

    [SetUp]
    public async Task Sign_in()
    {
        _operator = await Visit.To("/console", width: 1440, height: 900);
        await Colleague.Owner.SignIn(_operator);
    }

    [TearDown]
    public async Task No_console_errors()
    {
        await _operator.DisposeAsync();
        Assert.That(_operator.Errors, Is.Empty, "the browser's console");
    }

    private protected ILocator Dialog => _operator.Page.GetByRole(AriaRole.Dialog);

    /// <summary>Beside a conversation.</summary>
    private protected ILocator Panel => _operator.Page.GetByRole(AriaRole.Complementary, new() { Name = "Customer" });

    private protected ILocator Button(string name) => _operator.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Of the list, by the customer's name.</summary>
    private protected ILocator Row(string name) => _operator.Page.Locator(".row").Filter(new() { HasText = name });
}
