using Assistify.ChannelService.GoogleCalendar;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Tests.GoogleCalendar;

public sealed class GoogleCalendarAdapterTests
{
    [TestCase("first-token-of-16", "ch-1", null)]
    [TestCase("second-token-of-16", "ch-1", null)]
    [TestCase("third-token-of-16", "ch-1", "wrong_secret_token")]
    [TestCase("first-token-of-16", "ch-2", "unknown_channel")]
    [TestCase("", "ch-1", "missing_signature")]
    public void Either_token_proves_a_notification_of_the_own_watch(string token, string channel, string? reason) =>
        Assert.That(Adapter(null).Verify(Notification("exists", token, channel)), Is.EqualTo(reason));

    [TestCase("sync", "handshake")]
    [TestCase("exists", "changed")]
    [TestCase("not_exists", "removed")]
    public void A_notification_is_one_by_its_number(string state, string kind)
    {
        var notice = (NoticeItem)Adapter(null).Read(Notification(state)).Items.Single();

        Assert.That((notice.Kind, notice.ExternalId, notice.Account), Is.EqualTo((kind, "ch-1:10", "res-1")));
    }

    [Test]
    public void Another_watched_resource_is_foreign_where_one_is_named() =>
        Assert.That((Adapter(null).Serves("res-1"), Adapter("res-1").Serves("res-1"), Adapter("res-2").Serves("res-1")), Is.EqualTo((true, true, false)));

    [Test]
    public void Missing_headers_and_new_states_are_named()
    {
        Assert.That(Adapter(null).Read(FakeProvider.Webhook("")).Outcome, Is.EqualTo(WebhookOutcome.Malformed));
        Assert.That(Adapter(null).Read(Notification("renamed")).Reason, Is.EqualTo("state: renamed"));
    }

    private static GoogleCalendarAdapter Adapter(string? resource) => new GoogleCalendarAdapter(
        FakeProvider.Connection("GoogleCalendar", "google-calendar", resource ?? "any"),
        new GoogleCalendarOptions { Token = "first-token-of-16", TokenSecondary = "second-token-of-16", ChannelId = "ch-1", ResourceId = resource });

    private static WebhookRequest Notification(string state, string token = "first-token-of-16", string channel = "ch-1") => FakeProvider.Webhook(
        "", headers:
        [
            ("X-Goog-Channel-ID", channel), ("X-Goog-Channel-Token", token), ("X-Goog-Message-Number", "10"), ("X-Goog-Resource-ID", "res-1"), ("X-Goog-Resource-State", state),
        ]);
}
