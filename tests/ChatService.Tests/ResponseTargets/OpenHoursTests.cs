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

    [Test]
    public void Without_hours_all_time_counts_and_whoever_never_opens_owes_nothing()
    {
        var never = new OpenHours("UTC", new Dictionary<string, IReadOnlyList<OpeningTime>>());

        Assert.That(new OpenHours("UTC", null).After(Some.Moment, TimeSpan.FromHours(1)), Is.EqualTo(Some.Moment.AddHours(1)));
        Assert.That(never.After(Some.Moment, TimeSpan.FromMinutes(1)), Is.Null);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
