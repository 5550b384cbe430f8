using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>Somebody who can sign in to the console.</summary>
internal sealed record Colleague(Guid Id, string Name, string Email, string Password)
{
    public static Colleague Owner => new(Guid.Empty, "Owner", Shared.System.Running.OwnerEmail, Shared.System.Running.OwnerPassword);

    /// <summary>A new one, as the owner adds people.</summary>
    public static async Task<Colleague> Add(string name, string role = "agent")
    {
        var (email, password) = ($"{Guid.NewGuid():N}@shop.example", "a password for tests");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/users") { Content = JsonContent.Create(new { name, email, role, password }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Shared.System.Operator.Login(CancellationToken.None));
        using var response = await Shared.System.Http.SendAsync(request);
        var user = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return new Colleague(user.GetProperty("id").GetGuid(), name, email, password);
    }

    public async Task SignIn(Visit visit)
    {
        await visit.Page.GetByLabel("E-mail").FillAsync(Email);
        await visit.Page.GetByLabel("Password").FillAsync(Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "All", Exact = true })).ToBeVisibleAsync();
    }
}
