using Assistify.AiService.Replies;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

/// <summary>What a workspace decided about its assistant shows in what customers read.</summary>
public sealed class BusinessSettingsTests
{
    // 2026-11-20 is a Friday.
    private const string Friday = "2026-11-20T10:00:00Z";
    private static readonly StaffedTime[] s_weekdays =
    [
        .. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }
            .Select(day => new StaffedTime(day, TimeSpan.FromHours(9), TimeSpan.FromHours(17))),
    ];

    [TestCase(Friday, "UTC", "I'm passing you to a colleague, who will answer you here.")]
    [TestCase("2026-11-20T16:59:59Z", "UTC", "I'm passing you to a colleague, who will answer you here.")]
    [TestCase("2026-11-20T17:00:00Z", "UTC", "I'm passing you to a colleague, who will answer you here. Nobody is there right now. Colleagues are back on Monday at 09:00.")]
    [TestCase("2026-11-19T23:30:00Z", "UTC", "I'm passing you to a colleague, who will answer you here. Nobody is there right now. Colleagues are back on Friday at 09:00.")]
    [TestCase("2026-11-20T16:00:00Z", "Asia/Nicosia", "I'm passing you to a colleague, who will answer you here. Nobody is there right now. Colleagues are back on Monday at 09:00.")]
    [TestCase("2026-03-29T00:30:00Z", "Europe/Berlin", "I'm passing you to a colleague, who will answer you here. Nobody is there right now. Colleagues are back on Monday at 09:00.")]
    public async Task Who_is_passed_to_people_outside_business_hours_is_told_when_they_are_back(string at, string zone, string said)
    {
        var reply = await Ask("I want to talk to a human", new BusinessSettings("friendly", s_weekdays, []), at, zone);

        Assert.That(reply.HandOver);
        Assert.That(reply.Text, Is.EqualTo(said));
        Assert.That(reply.Model, Is.EqualTo("offline"));
    }

    [TestCase("2026-12-25T10:00:00Z", "Colleagues are back on Monday at 10:00.", Description = "Christmas; what the weekday says does not count")]
    [TestCase("2026-12-28T11:00:00Z", "", Description = "open, and later than usual")]
    [TestCase("2026-12-28T17:30:00Z", "Colleagues are back on January 4 at 09:00.", Description = "closed for the rest of the week; the day is further away than weekdays tell")]
    public async Task On_holidays_their_own_hours_count(string at, string back)
    {
        Holiday[] holidays =
        [
            new(new DateOnly(2020, 12, 25), "Christmas", true, []),
            new(new DateOnly(2026, 12, 28), "Inventory", false, [new HolidayTime(TimeSpan.FromHours(10), TimeSpan.FromHours(17))]),
            .. Enumerable.Range(29, 3).Select(day => new Holiday(new DateOnly(2026, 12, day), "Closed", false, [])),
            new(new DateOnly(2027, 1, 1), "New year", true, []),
        ];

        var reply = await Ask("I want to talk to a human", new BusinessSettings("friendly", s_weekdays, [], holidays), at, "UTC");

        var closed = back == "" ? "" : $" Nobody is there right now. {back}";
        Assert.That(reply.Text, Is.EqualTo($"I'm passing you to a colleague, who will answer you here.{closed}"));
    }

    [Test]
    public async Task Where_nobody_is_ever_there_no_day_is_promised() =>
        Assert.That(
            (await Ask("I want to talk to a human", new BusinessSettings("friendly", [], []))).Text,
            Is.EqualTo("I'm passing you to a colleague, who will answer you here. Nobody is there right now."));

    [Test]
    public async Task The_day_is_named_in_the_customers_language()
    {
        var reply = await Ask("Ich möchte bitte mit einem Menschen sprechen", new BusinessSettings("friendly", s_weekdays, []), "2026-11-20T20:00:00Z");

        Assert.That(reply.Text, Does.EndWith("Im Moment ist niemand da. Wir sind wieder da am Montag um 09:00 Uhr."));
    }

    [TestCase("friendly", "hello", "Hello! How can I help you?")]
    [TestCase("Formal", "hello", "Hello. How can I help you?")]
    [TestCase("brief", "hello, when are you open on Sunday?", "On Sunday we are open from 11:00 to 15:00.")]
    [TestCase("formal", "hello, when are you open on Sunday?", "Hello. On Sunday we are open from 11:00 to 15:00.")]
    public async Task Set_phrases_keep_to_the_tone(string tone, string text, string said) =>
        Assert.That((await Ask(text, new BusinessSettings(tone, null, []))).Text, Is.EqualTo(said));

    [Test]
    public async Task What_is_switched_off_is_left_out()
    {
        const string Question = "Do you have blue vases under 50 euros?";
        var all = await Ask(Question, new BusinessSettings("friendly", null, []));
        var without = await Ask(Question, new BusinessSettings("friendly", null, [Features.Recommendations]));

        Assert.That((all.Cards, all.Recommendations), Is.Not.EqualTo((Array.Empty<Card>(), Array.Empty<Recommendation>())));
        Assert.That(without.Cards, Is.Empty);
        Assert.That(without.Recommendations, Is.Empty);
        Assert.That(without.Text, Is.EqualTo(all.Text));
    }

    [Test]
    public async Task The_trace_tells_what_was_decided()
    {
        var settings = new BusinessSettings("formal", s_weekdays, [Features.Recommendations]);

        var answer = await Answer("hello", settings, Friday, "UTC");

        Assert.That(answer.Trace.Settings, Is.EqualTo(settings));
    }

    private static async Task<ReplyGenerated> Ask(string text, BusinessSettings settings, string at = Friday, string zone = "UTC") =>
        (await Answer(text, settings, at, zone)).Reply;

    private static async Task<Answer> Answer(string text, BusinessSettings settings, string at, string zone)
    {
        var request = Some.Question(text) with { Assistant = settings, RequestedAt = DateTimeOffset.Parse(at, null), TimeZone = zone };
        return await (await Shop.Shared).Pipeline().Answer(request, 1, default);
    }
}
