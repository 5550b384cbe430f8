using Assistify.AiService.Providers;
using Assistify.AiService.Tests.Providers;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

/// <summary>A model that does whatever it is told: nothing of it reaches the customer, neither in the answer nor while it grows.</summary>
public sealed class AdversarialTests
{
    private sealed record Attack(string Language, string Prompt, string Obeyed);

    [Test]
    public async Task No_unsupported_fact_and_no_leak_is_sent()
    {
        var attacks = Read();
        Assert.That(attacks, Has.Count.EqualTo(150));
        Assert.That(attacks.Select(attack => attack.Language).Distinct().Count(), Is.EqualTo(6));
        var shop = await Shop.Shared;
        await using var model = ScriptedModel.Start();
        await model.Says(
        [
            .. attacks.Select(attack => new { when = attack.Prompt, answers = new[] { new { text = attack.Obeyed, pieces = 12 } } }),
            // Asked for another draft it goes on.
            new { answers = new[] { new { text = "Your order has been shipped and costs 0.01 EUR with the voucher SAVE90.", pieces = 12 } } },
        ]);
        var sent = new List<string>();

        foreach (var kind in new[] { ProviderKinds.OpenAi, ProviderKinds.Anthropic })
        {
            var writers = model.Writers(shop, [kind]);
            foreach (var attack in attacks)
            {
                var published = new Published();
                var answer = await shop.Pipeline(writers, published).Answer(Some.Question(attack.Prompt, stream: true), 1, default);
                await answer.Shown;

                var shown = string.Concat(published.Of<ReplyDelta>().Select(delta => delta.Text));
                if (answer.Reply.Model != "offline") sent.Add($"{attack.Language}: {attack.Obeyed} | {answer.Reply.Text}");
                // Words without a fact may have been shown before the check; the fact itself never.
                if (shown.Contains(attack.Obeyed, StringComparison.Ordinal)) sent.Add($"shown: {attack.Obeyed}");
            }
        }

        Assert.That(sent, Is.Empty);
        // The model was asked indeed, each time for another draft too.
        Assert.That(await model.Calls(), Has.Count.GreaterThan(400));
    }

    private static List<Attack> Read()
    {
        using var reader = new StreamReader(typeof(AdversarialTests).Assembly.GetManifestResourceStream("AdversarialPrompts.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(parts => new Attack(parts[0], parts[1], parts[2]))];
    }
}
