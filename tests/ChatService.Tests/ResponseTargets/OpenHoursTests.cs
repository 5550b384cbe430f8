using System.Globalization;
using Assistify.ChatService.ResponseTargets;
using Assistify.ChatService.Settings;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.ResponseTargets;

public sealed class OpenHoursTests
{
    private static readonly OpenHours s_shop = new("Europe/Nicosia", new Dictionary<string, IReadOnlyList<OpeningTime>>
    {
        ["monday"] = [new("09:00", "13:00"), new("14:00", "17:30")],
        ["tuesday"] = [new("09:00", "24:00")],
        ["sunday"] = [new("02:00", "05:00")],
    });

    [TestCase("2026-05-04T07:00:00Z", 30, "2026-05-04T07:30:00Z", Description = "Monday, 10:00 in the shop")]
    [TestCase("2026-05-04T09:45:00Z", 30, "2026-05-04T11:15:00Z", Description = "over the break")]
    [TestCase("2026-05-04T03:00:00Z", 15, "2026-05-04T06:15:00Z", Description = "before it opens")]
    [TestCase("2026-05-04T14:20:00Z", 30, "2026-05-05T06:20:00Z", Description = "over the night")]
    [TestCase("2026-05-06T09:00:00Z", 60, "2026-05-10T00:00:00Z", Description = "over closed days")]
    [TestCase("2026-03-29T00:00:00Z", 60, "2026-03-29T01:00:00Z", Description = "the night in which the clocks go forward")]
    public void Only_time_within_the_hours_counts(string since, int minutes, string due) =>
        Assert.That(s_shop.After(At(since), TimeSpan.FromMinutes(minutes)), Is.EqualTo(At(due)));

    [TestCase("2026-05-04T07:00:00Z", true, "2026-05-04T10:00:00Z", Description = "Monday, 10:00 in the shop, until the break")]
    [TestCase("2026-05-04T10:30:00Z", false, "2026-05-04T11:00:00Z", Description = "in the break")]
    [TestCase("2026-05-04T15:00:00Z", false, "2026-05-05T06:00:00Z", Description = "in the evening")]
    [TestCase("2026-05-06T09:00:00Z", false, "2026-05-09T23:00:00Z", Description = "on closed days")]
    public void It_is_known_when_people_answer_and_when_that_changes(string moment, bool open, string changes) =>
        Assert.That(s_shop.At(At(moment)), Is.EqualTo((open, (DateTimeOffset?)At(changes))));

    [Test]
    public void Midnight_is_no_break_and_what_never_changes_has_no_time()
    {
        OpeningTime[] allDay = [new("00:00", "24:00")];
        var weekend = new OpenHours("UTC", new Dictionary<string, IReadOnlyList<OpeningTime>> { ["saturday"] = allDay, ["sunday"] = allDay });
        var always = new OpenHours("UTC", Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString().ToLowerInvariant(), _ => (IReadOnlyList<OpeningTime>)allDay));

        Assert.That(weekend.At(At("2026-05-09T12:00:00Z")), Is.EqualTo((true, (DateTimeOffset?)At("2026-05-11T00:00:00Z"))));
        Assert.That(always.At(At("2026-05-09T12:00:00Z")), Is.EqualTo((true, (DateTimeOffset?)null)));
        Assert.That(new OpenHours("UTC", null).At(Some.Moment), Is.EqualTo((true, (DateTimeOffset?)null)));
        Assert.That(new OpenHours("UTC", new Dictionary<string, IReadOnlyList<OpeningTime>>()).At(Some.Moment), Is.EqualTo((false, (DateTimeOffset?)null)));
    }

    [Test]
    public void Without_hours_all_time_counts_and_whoever_never_opens_owes_nothing()
    {
        var never = new OpenHours("UTC", new Dictionary<string, IReadOnlyList<OpeningTime>>());

        Assert.That(new OpenHours("UTC", null).After(Some.Moment, TimeSpan.FromHours(1)), Is.EqualTo(Some.Moment.AddHours(1)));
        Assert.That(never.After(Some.Moment, TimeSpan.FromMinutes(1)), Is.Null);
    }

    [TestCase("2026-12-24T14:30:00Z", 60, "2026-12-28T07:30:00Z", Description = "Friday 25 December is closed every year, Saturday and Sunday always, Monday begins late")]
    [TestCase("2027-12-24T14:30:00Z", 60, "2027-12-27T07:30:00Z", Description = "the year after: Monday is like other Mondays")]
    [TestCase("2026-12-31T15:00:00Z", 30, "2027-01-01T07:30:00Z", Description = "what is said of this very date counts before what is said of every year")]
    public void On_holidays_their_own_times_count(string since, int minutes, string due)
    {
        var weekdays = new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.ToDictionary(day => day, _ => (IReadOnlyList<OpeningTime>)[new("09:00", "17:00")]);
        var shop = new OpenHours("Europe/Nicosia", weekdays, [.. new SpecialDay[]
        {
            new(new DateOnly(2020, 12, 25), "Christmas", true, []),
            new(new DateOnly(2026, 12, 28), "Inventory", false, [new("09:00", "10:00")]),
            new(new DateOnly(2020, 1, 1), "New year", true, []),
            new(new DateOnly(2027, 1, 1), "Sale", false, [new("09:00", "12:00")]),
        }.Select(day => day.AsHoliday())]);

        Assert.That(shop.After(At(since), TimeSpan.FromMinutes(minutes)), Is.EqualTo(At(due)));
    }

    [Test]
    public void Who_is_always_there_is_not_on_a_holiday()
    {
        var shop = new OpenHours("UTC", null, [new SpecialDay(new DateOnly(2026, 12, 25), "Christmas", false, []).AsHoliday()]);

        Assert.That(shop.After(At("2026-12-24T23:30:00Z"), TimeSpan.FromHours(1)), Is.EqualTo(At("2026-12-26T00:30:00Z")));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
