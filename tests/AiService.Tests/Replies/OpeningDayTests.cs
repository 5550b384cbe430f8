using Assistify.AiService.Understanding;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

/// <summary>Days are those of the workspace's zone at the moment in which the customer wrote.</summary>
public sealed class OpeningDayTests
{
    // 2026-11-20 is a Friday.
    [TestCase("are you open tomorrow?", "2026-11-20T10:00:00Z", "UTC", "On Saturday we are open from 9:30 to 17:00.")]
    [TestCase("are you open today?", "2026-11-20T10:00:00Z", "UTC", "Our shop is open Monday to Friday from 9:00 to 19:00.")]
    [TestCase("are you open today?", "2026-11-20T22:30:00Z", "Asia/Nicosia", "On Saturday we are open from 9:30 to 17:00.")]
    [TestCase("are you open on Wednesday?", "2026-11-20T10:00:00Z", "UTC", "Our shop is open Monday to Friday from 9:00 to 19:00.")]
    [TestCase("what are your opening hours on 25 December?", "2026-11-20T10:00:00Z", "UTC", "Our shop is open Monday to Friday from 9:00 to 19:00. On public holidays we are closed.")]
    [TestCase("are you open on Christmas?", "2026-11-20T10:00:00Z", "UTC", "Our shop is open Monday to Friday from 9:00 to 19:00. On public holidays we are closed.")]
    [TestCase("when do you open on 29/11/2026", "2026-11-20T10:00:00Z", "UTC", "On Sunday we are open from 11:00 to 15:00.")]
    [TestCase("είστε ανοιχτά αύριο;", "2026-11-20T10:00:00Z", "UTC", "Το Σάββατο είμαστε ανοιχτά 9:30 με 17:00.")]
    [TestCase("τι ώρα ανοίγετε την Τετάρτη;", "2026-11-20T10:00:00Z", "UTC", "Το κατάστημά μας είναι ανοιχτό από Δευτέρα έως Παρασκευή, 9:00 με 19:00.")]
    [TestCase("haben Sie morgen geöffnet?", "2026-11-20T10:00:00Z", "UTC", "On Saturday we are open from 9:30 to 17:00.")]
    public async Task What_is_open_on_a_day_is_answered_for_that_day(string question, string at, string zone, string answer) =>
        Assert.That(await Ask(question, at, zone), Is.EqualTo(answer));

    [Test]
    public async Task A_follow_up_may_name_the_day_in_any_way()
    {
        var before = new HistoryMessage(Guid.NewGuid(), Author.Customer, "are you open on Sunday?", DateTimeOffset.Parse("2026-11-20T09:00:00Z", null));

        Assert.That(await Ask("and tomorrow?", "2026-11-20T10:00:00Z", "UTC", before), Is.EqualTo("On Saturday we are open from 9:30 to 17:00."));
        Assert.That(await Ask("and on 25 December?", "2026-11-20T10:00:00Z", "UTC", before), Does.Contain("On public holidays we are closed."));
    }

    // What the knowledge says of public holidays, closed, is not what these settings say.
    [TestCase("are you open on 25 December?", "On December 25 (Christmas) we are closed.")]
    [TestCase("what are your opening hours on 28/12/2026?", "On December 28 (Inventory) we are open 10:00–13:00, 15:00–17:00.")]
    [TestCase("are you open on 25/12/2027?", "On December 25 (Christmas) we are closed.")]
    [TestCase("when are you open during inventory?", "On December 28 (Inventory) we are open 10:00–13:00, 15:00–17:00.")]
    [TestCase("are you open on 28/12/2027?", "Our shop is open Monday to Friday from 9:00 to 19:00.")]
    [TestCase("are you open tomorrow?", "On Saturday we are open from 9:30 to 17:00.")]
    [TestCase("haben Sie am 25. Dezember geöffnet?", "Am 25. Dezember (Christmas) haben wir geschlossen.")]
    [TestCase("είστε ανοιχτά στις 25 Δεκεμβρίου;", "Στις 25 Δεκεμβρίου (Christmas) είμαστε κλειστά.")]
    public async Task A_day_with_hours_of_its_own_in_the_settings_is_answered_from_them(string question, string answer)
    {
        Holiday[] holidays =
        [
            new(new DateOnly(2020, 12, 25), "Christmas", true, []),
            new(new DateOnly(2026, 12, 28), "Inventory", false,
                [new HolidayTime(TimeSpan.FromHours(15), TimeSpan.FromHours(17)), new HolidayTime(TimeSpan.FromHours(10), TimeSpan.FromHours(13))]),
        ];
        var reply = await Reply(question, "2026-11-20T10:00:00Z", "UTC", new BusinessSettings("friendly", null, [], holidays));

        Assert.That(reply.Text, Is.EqualTo(answer));
        Assert.That(reply.Citations.Select(citation => citation.Quote), Is.EqualTo(new[] { answer }));
    }

    [TestCase("Monday to Friday", "monday tuesday wednesday thursday")]
    [TestCase("Mo–Fr: Montag – Mittwoch", "monday tuesday")]
    [TestCase("Δευτέρα έως Τετάρτη", "monday tuesday")]
    [TestCase("Saturday to Monday", "saturday sunday")]
    [TestCase("Monday, Friday", "")]
    [TestCase("from 9 to 17", "")]
    public void Days_between_are_meant_too(string text, string days) => Assert.That(string.Join(' ', WeekdaySpans.In(text)), Is.EqualTo(days));

    private static async Task<string> Ask(string question, string at, string zone, params HistoryMessage[] before) => (await Reply(question, at, zone, null, before)).Text;

    private static async Task<ReplyGenerated> Reply(string question, string at, string zone, BusinessSettings? settings, params HistoryMessage[] before)
    {
        var message = new HistoryMessage(Guid.NewGuid(), Author.Customer, question, DateTimeOffset.Parse(at, null));
        var request = Some.Request(Guid.NewGuid(), 1, [.. before, message], [message.Id]) with { TimeZone = zone, RequestedAt = message.At, Assistant = settings };
        return await (await Shop.Shared).Answer(request);
    }
}
