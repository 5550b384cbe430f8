using System.Text.RegularExpressions;
using Assistify.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

[TestFixture]
public sealed class ReconnectTests
{
    private const float Patience = 120_000;

    [TestCase("gateway")]
    [TestCase("chat")]
    public async Task What_is_written_while_a_service_is_away_is_stored_once_and_answered(string service)
    {
        await using var visit = await Visit.To("/");
        await visit.Write("Are you open on Sunday?");
        await Expect(visit.Answers).ToHaveCountAsync(1);

        Assert.That(Shared.System.Running.Kill(service));
        await visit.Write("Do you ship to Cyprus?");

        await Expect(visit.Answers).ToHaveCountAsync(2, new() { Timeout = Patience });
        await Expect(visit.Answers.Nth(1)).ToContainTextAsync(new Regex("Cyprus"), new() { Timeout = Patience });
        await Expect(visit.Conversation.GetByText("Do you ship to Cyprus?", new() { Exact = true })).ToHaveCountAsync(1);
        await visit.Page.ReloadAsync();
        await Expect(visit.Conversation.GetByText("Do you ship to Cyprus?", new() { Exact = true })).ToHaveCountAsync(1);
        await Expect(visit.Answers).ToHaveCountAsync(2);
        await Eventually.IsTrue(() => Shared.System.Running.Replicas(service).All(instance => instance.Healthy), TimeSpan.FromSeconds(120));
    }

    [Test]
    public async Task Answer_given_while_the_page_was_cut_off_appears_when_it_is_back()
    {
        await using var visit = await Visit.To("/");
        await visit.Write("Are you open on Sunday?");
        await Expect(visit.Answers).ToHaveCountAsync(1);

        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Write("How do I return something?");
        await Expect(visit.Conversation.GetByText("How do I return something?", new() { Exact = true })).ToBeVisibleAsync();
        await visit.Page.Context.SetOfflineAsync(false);

        await Expect(visit.Answers).ToHaveCountAsync(2, new() { Timeout = Patience });
        await Expect(visit.Conversation.GetByText("How do I return something?", new() { Exact = true })).ToHaveCountAsync(1);
    }

    [Test]
    public async Task What_operator_and_customer_write_while_the_broker_is_away_is_there_once_and_in_order_on_both_sides()
    {
        await using var customer = await Visit.To("/");
        await using var desk = await Answering(customer);
        var mark = Guid.NewGuid().ToString("N");
        string[] written = [$"First reply {mark}", $"Second reply {mark}"];
        string[] asked = [$"First question {mark}", $"Second question {mark}"];

        await Away();
        foreach (var text in written) await Write(desk, text);
        foreach (var text in asked) await customer.Write(text);
        var waits = desk.Page.GetByText("Waits for the service").First;
        // It is back in no time: it stays away until the page has said what it waits for.
        await Eventually.IsTrue(async () => await waits.IsVisibleAsync() || await Away(), TimeSpan.FromSeconds(120));
        await Expect(desk.Page.GetByText(written[1])).ToBeVisibleAsync();
        await Eventually.IsTrue(() => Broker.Healthy, TimeSpan.FromSeconds(120));

        foreach (var visit in new[] { desk, customer })
        {
            var place = visit == desk ? desk.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" }) : customer.Conversation;
            await Once(place);
            await Expect(desk.Page.GetByText("Waits for the service")).ToHaveCountAsync(0, new() { Timeout = Patience });
            await visit.Page.ReloadAsync();
            await Once(place);
        }

        async Task Once(ILocator place)
        {
            foreach (var text in written.Concat(asked)) await Expect(place.GetByText(text, new() { Exact = true })).ToHaveCountAsync(1, new() { Timeout = Patience });
            var seen = await place.GetByText(mark).AllInnerTextsAsync();
            Assert.That(seen.Where(written.Contains), Is.EqualTo(written), "the replies");
            Assert.That(seen.Where(asked.Contains), Is.EqualTo(asked), "the questions");
        }

        static Task<bool> Away()
        {
            if (Broker.Healthy) Shared.System.Running.Kill("messaging");
            return Task.FromResult(false);
        }
    }

    [Test]
    public async Task Reply_that_the_service_could_not_take_arrives_once_though_its_writer_went_on_and_closed_the_page()
    {
        await using var customer = await Visit.To("/");
        await using var desk = await Answering(customer);
        await desk.Page.RouteAsync(Replies, route => route.AbortAsync());
        var reply = $"It leaves today {Guid.NewGuid():N}";
        await Write(desk, reply);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Figures" }).ClickAsync();
        await Eventually.IsTrue(() => desk.Page.EvaluateAsync<bool>("text => (localStorage.getItem('assistify.console.outbox') ?? '').includes(text)", reply));

        await desk.Page.GotoAsync("about:blank");
        await desk.Page.UnrouteAsync(Replies);
        await desk.Page.GotoAsync("/console/figures");

        await Expect(customer.Conversation.GetByText(reply)).ToBeVisibleAsync(new() { Timeout = Patience });
        await customer.Page.ReloadAsync();
        await Expect(customer.Conversation.GetByText(reply)).ToHaveCountAsync(1);
        await Expect(desk.Page.GetByText("was not sent")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Refusal_reaches_a_writer_who_went_on()
    {
        await using var customer = await Visit.To("/");
        await using var desk = await Answering(customer);
        var conversation = await customer.ConversationId();
        await desk.Page.RouteAsync(Replies, async route =>
        {
            await Api.Ask(HttpMethod.Post, $"/api/conversations/{conversation}/close_conversation", new { });
            await route.ContinueAsync();
        });
        await Write(desk, "Just one more thing");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Figures" }).ClickAsync();

        var strip = desk.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "was not sent" });
        await Expect(strip).ToContainTextAsync("closed");
        await desk.Screenshot("console-refusal");
        await strip.GetByRole(AriaRole.Link, new() { Name = "Open the conversation" }).ClickAsync();
        await Expect(strip).ToHaveCountAsync(0);
        await desk.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" }).GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(desk.Page.GetByText("Just one more thing")).ToHaveCountAsync(0);
        await desk.Page.ReloadAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" })).ToBeVisibleAsync();
        await Expect(desk.Page.GetByText("Just one more thing")).ToHaveCountAsync(0);
    }

    private const string Replies = "**/api/conversations/*/messages";

    /// <summary>An operator who has taken the conversation over.</summary>
    private static async Task<Visit> Answering(Visit customer)
    {
        await customer.Write("Are you open on Sunday?");
        await Expect(customer.Answers).ToHaveCountAsync(1);
        var desk = await Visit.To("/console", width: 1440, height: 900);
        await Colleague.Owner.SignIn(desk);
        await desk.Page.GotoAsync($"/console/inbox/{await customer.ConversationId()}");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await Expect(desk.Page.GetByText("You are answering")).ToBeVisibleAsync();
        return desk;
    }

    private static async Task Write(Visit desk, string text)
    {
        await desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" }).FillAsync(text);
        await desk.Page.Keyboard.PressAsync("Control+Enter");
    }

    private static RunningResource Broker => Shared.System.Running.Resources.Single(static resource => resource.Name == "messaging");
}
