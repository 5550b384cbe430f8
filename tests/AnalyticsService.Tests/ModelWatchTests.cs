using System.Globalization;
using Assistify.AnalyticsService.Alerts;
using Assistify.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NUnit.Framework;

namespace Assistify.AnalyticsService.Tests;

public sealed class ModelWatchTests
{
    private AnalyticsUnderTest _analytics = null!;

    [OneTimeSetUp]
    public void Start() => _analytics = new AnalyticsUnderTest();

    [OneTimeTearDown]
    public async Task Stop() => await _analytics.DisposeAsync();

    [Test]
    public async Task Many_corrections_are_an_event_once_a_day_and_few_are_none()
    {
        var (bad, good) = (Guid.NewGuid(), Guid.NewGuid());
        await Understood(bad, daysAgo: 20, messages: 100, wrong: 2);
        await Understood(bad, daysAgo: 1, messages: 40, wrong: 20);
        await Understood(good, daysAgo: 20, messages: 100, wrong: 2);
        await Understood(good, daysAgo: 1, messages: 40, wrong: 2);
        var people = new People();
        var watch = new ModelWatch(_analytics.Get<NpgsqlDataSource>(), _analytics.Log, people, TimeProvider.System, NullLogger<ModelWatch>.Instance);

        Assert.That(await watch.Look(default), Is.EqualTo(new[] { bad }));
        Assert.That(await watch.Look(default), Is.Empty, "told already");
        var told = people.Told.Single();
        Assert.That((told.WorkspaceId, told.Model, told.Accuracy, told.Messages), Is.EqualTo((bad, "intents", 0.5, 40L)));

        using var viewer = _analytics.As("viewer", bad);
        var totals = System.Text.Json.JsonDocument.Parse(await viewer.GetStringAsync("/api/analytics/model_metrics")).RootElement.GetProperty("totals");
        Assert.That((totals[0].GetProperty("key").GetString(), totals[0].GetProperty("drops").GetInt64(), totals[0].GetProperty("corrected").GetInt64()), Is.EqualTo(("intents", 1L, 22L)));
    }

    [TestCase(29, 29, 500, 5, false)]
    [TestCase(30, 10, 0, 0, true)]
    [TestCase(100, 6, 400, 20, false)]
    [TestCase(1000, 80, 4000, 200, false)]
    [TestCase(1000, 110, 4000, 200, true)]
    public void A_drop_is_more_than_chance_and_enough_to_matter(long messages, long wrong, long messagesBefore, long wrongBefore, bool dropped) =>
        Assert.That(ModelWatch.HasDropped(messages, wrong, messagesBefore, wrongBefore), Is.EqualTo(dropped));

    private sealed class People : IQualityAlerts
    {
        public List<QualityDropped> Told { get; } = [];

        public Task Tell(QualityDropped dropped, CancellationToken cancellationToken)
        {
            Told.Add(dropped);
            return Task.CompletedTask;
        }
    }

    private async Task Understood(Guid workspace, int daysAgo, int messages, int wrong)
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(-daysAgo).ToString("O", CultureInfo.InvariantCulture);
        var events = new List<RecordedEvent>();
        for (var i = 0; i < messages; i++)
        {
            var message = Guid.NewGuid();
            events.Add(Some.Received(at, message: message, workspace: workspace));
            events.Add(Some.Understood(at, message, "shipping", workspace: workspace));
            if (i < wrong) events.Add(Some.Corrected(at, message, workspace: workspace));
        }
        await _analytics.Record([.. events]);
    }
}
