using System.Globalization;
using Assistify.ChannelService.Deliveries;
using Assistify.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Assistify.ChannelService.Tests.Deliveries;

public sealed class TextSplitterTests
{
    private static readonly string[] s_words =
        ["a", "hello", "42", "3.50", "+44 7700 900123", "https://shop.example/vase?id=1&x=2", "👩‍👩‍👧", "é́", "\n\n", "\n", ". ", "! ", "ÄÖÜ", "日本語の文章。", "…", "‮abc", "  "];

    private static readonly Arbitrary<string> s_texts =
        Gen.Elements(s_words).ListOf().Zip(Gen.Elements(" ", "")).Select(pair => string.Join(pair.Item2, pair.Item1)).ToArbitrary();

    [Test]
    public void Nothing_is_lost_and_every_piece_fits() =>
        Prop.ForAll(s_texts, Gen.Choose(1, 60).ToArbitrary(), (text, limit) =>
        {
            var pieces = TextSplitter.Split(text, limit);

            Assert.That(Visible(string.Concat(pieces)), Is.EqualTo(Visible(text)));
            Assert.That(pieces, Has.All.Matches<string>(piece => piece!.Length > 0 && TextSplitter.Length(piece) <= limit && piece.Trim() == piece));
        }).Check();

    [Test]
    public void Graphemes_links_and_numbers_stay_whole_where_they_fit() =>
        Prop.ForAll(s_texts, Gen.Choose(40, 90).ToArbitrary(), (text, limit) =>
        {
            var pieces = TextSplitter.Split(text, limit);

            Assert.That(pieces.Sum(piece => new StringInfo(Visible(piece)).LengthInTextElements), Is.EqualTo(new StringInfo(Visible(text)).LengthInTextElements));
            foreach (var token in new[] { "https://shop.example/vase?id=1&x=2", "+44 7700 900123" })
                if (!Glued(text, token))
                    Assert.That(pieces.Sum(piece => Count(piece, token)), Is.EqualTo(Count(text, token)), string.Join("|", pieces));
        }).Check();

    [Test]
    public void A_text_within_the_limit_is_one_piece_as_it_is() =>
        Assert.That(TextSplitter.Split("One.\n\nTwo. https://a.example", 1600), Is.EqualTo(["One.\n\nTwo. https://a.example"]));

    [Test]
    public void Paragraphs_are_preferred_to_sentences_and_sentences_to_words()
    {
        Assert.That(TextSplitter.Split("First one here. And.\n\nSecond one.", 25), Is.EqualTo(["First one here. And.", "Second one."]));
        Assert.That(TextSplitter.Split("First sentence. Second sentence here.", 25), Is.EqualTo(["First sentence.", "Second sentence here."]));
        Assert.That(TextSplitter.Split("one two three four five", 10), Is.EqualTo(["one two", "three four", "five"]));
    }

    [Test]
    public void Four_thousand_emoji_arrive_whole()
    {
        var pieces = TextSplitter.Split(string.Concat(Enumerable.Repeat("🔥", 4000)), 1600, TextUnit.Utf16Units);

        Assert.That(pieces, Has.Count.EqualTo(5));
        Assert.That(string.Concat(pieces), Has.Length.EqualTo(8000));
    }

    [Test]
    public void A_letter_under_two_thousand_marks_is_still_cut()
    {
        var pieces = TextSplitter.Split("a" + new string('\u0301', 2000), 1600);

        Assert.That(pieces.Select(piece => piece.Length), Is.EqualTo([1600, 401]));
    }

    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static int Count(string text, string token) => text.Split(token).Length - 1;

    // Where words were joined without a space the token has become part of a longer one.
    private static bool Glued(string text, string token)
    {
        for (var at = text.IndexOf(token, StringComparison.Ordinal); at >= 0; at = text.IndexOf(token, at + 1, StringComparison.Ordinal))
        {
            var end = at + token.Length;
            if ((at > 0 && !char.IsWhiteSpace(text[at - 1])) || (end < text.Length && !char.IsWhiteSpace(text[end]))) return true;
            if (at > 1 && char.IsDigit(text[at - 2])) return true;
            if (end + 1 < text.Length && (char.IsDigit(text[end + 1]) || text[end + 1] == '+')) return true;
        }
        return false;
    }
}
