using Assistify.ChannelService.Deliveries;
using Assistify.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Assistify.ChannelService.Tests.Deliveries;

public sealed class LedgerStatusTests
{
    private static readonly Arbitrary<LedgerStatus[]> s_reports = Gen.Elements(Enum.GetValues<LedgerStatus>()).ArrayOf().ToArbitrary();

    [Test]
    public void Reports_in_any_order_and_number_end_the_same() =>
        Prop.ForAll(s_reports, Gen.Choose(0, int.MaxValue).ToArbitrary(), (reports, seed) =>
        {
            var end = reports.Aggregate(LedgerStatus.Queued, LedgerStatuses.Merge);
            var twice = reports.Concat(reports).ToArray();
            new Random(seed).Shuffle(twice);

            Assert.That(twice.Aggregate(LedgerStatus.Queued, LedgerStatuses.Merge), Is.EqualTo(end));
        }).Check();

    [Test]
    public void A_status_never_goes_back() =>
        Prop.ForAll(s_reports, reports =>
        {
            var status = LedgerStatus.Queued;
            foreach (var report in reports)
            {
                var next = LedgerStatuses.Merge(status, report);
                Assert.That(next.Rank(), Is.GreaterThanOrEqualTo(status.Rank()));
                status = next;
            }
        }).Check();

    [Test]
    public void A_delivery_is_no_further_than_its_slowest_part() =>
        Prop.ForAll(s_reports, parts =>
        {
            if (parts.Length == 0) return;
            var whole = LedgerStatuses.Whole(parts);

            if (parts.Contains(LedgerStatus.Failed)) Assert.That(whole, Is.EqualTo(LedgerStatus.Failed));
            else Assert.That(parts.Where(part => part != LedgerStatus.Cancelled).Select(part => part.Rank()), Has.All.GreaterThanOrEqualTo(whole.Rank()).Or.Empty);
        }).Check();
}
