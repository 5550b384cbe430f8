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
}
