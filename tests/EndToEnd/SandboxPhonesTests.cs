using System.Text.Json;
using Assistify.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

[TestFixture]
public sealed class SandboxPhonesTests
{
    // A red dot.
    private static readonly byte[] s_picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==");

    [Test]
    public async Task Each_channels_phone_gets_its_text_its_picture_and_its_choice_answered()
    {
        await using var visit = await Visit.To("/sandbox");
        var places = visit.Page.Locator("[data-channel]");
        await Expect(places).ToHaveCountAsync(9);
        var phones = new List<ILocator>();
        foreach (var place in await places.AllAsync())
        {
            // The other tests write as the first person.
            await place.GetByLabel("You are").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            phones.Add(place);
        }

        foreach (var phone in phones) await Write(phone, "Are you open on Sunday?");
        foreach (var phone in phones) await Answered(phone, "Sunday");

        var tapped = await Those(phones, "Button");
        foreach (var phone in tapped)
        {
            await phone.GetByRole(AriaRole.Button, new() { Name = "Button", Exact = true }).ClickAsync();
            await phone.GetByLabel("What it says").FillAsync("How do I return something?");
            await phone.GetByRole(AriaRole.Button, new() { Name = "Tap the button" }).ClickAsync();
        }

        foreach (var phone in tapped) await Answered(phone, "return");

        var pictured = await Those(phones, "Picture");
        foreach (var phone in pictured)
        {
            await phone.GetByRole(AriaRole.Textbox, new() { Name = "Message on the phone" }).FillAsync("Do you ship to Cyprus?");
            await phone.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "dot.png", MimeType = "image/png", Buffer = s_picture });
        }

        foreach (var phone in pictured)
        {
            await Expect(phone.GetByRole(AriaRole.Img, new() { Name = "The picture sent" })).ToBeVisibleAsync();

            // Without a model that sees, the picture goes to people after the words beside it are answered; on WeChat it has none.
            if (await phone.GetAttributeAsync("data-channel") == "wechat") await Expect(phone.Locator(".said-theirs").Nth(2)).ToBeVisibleAsync();
            else await Answered(phone, "Cyprus");
        }

        await visit.Screenshot("sandbox-phones");

        // A storefront's script sends text alone; everybody else can do both.
        Assert.That((pictured.Count, tapped.Count), Is.EqualTo((8, 8)));
        await Eventually.IsTrue(async () => await StoredPictures() == 8);
        Assert.That(visit.Errors, Is.Empty, "the browser's console");
    }

    private static async Task Write(ILocator phone, string text)
    {
        await phone.GetByRole(AriaRole.Textbox, new() { Name = "Message on the phone" }).FillAsync(text);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
    }

    private static Task Answered(ILocator phone, string with) => Expect(phone.Locator(".said-theirs").Filter(new() { HasText = with }).First).ToBeVisibleAsync();

    private static async Task<List<ILocator>> Those(List<ILocator> phones, string ability)
    {
        var able = new List<ILocator>();
        foreach (var phone in phones)
        {
            if (await phone.GetByRole(AriaRole.Button, new() { Name = ability, Exact = true }).CountAsync() > 0) able.Add(phone);
        }

        return able;
    }

    /// <summary>How many conversations of channels show a picture that can be opened.</summary>
    private static async Task<int> StoredPictures()
    {
        var pictured = 0;
        // The newest, among which all of this test's are; the others are closed long ago.
        var newest = await Shared.System.Operator.Get<JsonElement>("/api/conversations/list?limit=100", CancellationToken.None);
        foreach (var conversation in newest.GetProperty("items").EnumerateArray()
            .Where(conversation => conversation.GetProperty("channel").GetString() != "web" && conversation.GetProperty("status").GetString() != "closed"))
        {
            var page = await Shared.System.Operator.Get<JsonElement>(
                $"/api/messages/get_conversation_messages?conversationId={conversation.GetProperty("id").GetGuid()}&limit=200", CancellationToken.None);
            if (page.GetProperty("items").EnumerateArray().Where(message => message.GetProperty("direction").GetString() == "inbound")
                .SelectMany(message => message.GetProperty("attachments").EnumerateArray()).Any(attachment => attachment.TryGetProperty("url", out _)))
            {
                pictured++;
            }
        }

        return pictured;
    }
}
