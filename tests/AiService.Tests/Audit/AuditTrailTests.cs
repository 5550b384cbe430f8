using System.Security.Claims;
using Assistify.AiService.Assistants;
using Assistify.AiService.Audit;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using MassTransit;
using MassTransit.Testing;
using Npgsql;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Audit;

/// <summary>What is done and its note for the audit log are one, whatever the broker does.</summary>
public sealed class AuditTrailTests
{
    private AiApp _app = null!;
    private ClaimsPrincipal _admin = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await AiApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [SetUp]
    public void SignIn() => _admin = new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(TokenClaims.Subject, Guid.NewGuid().ToString()), new Claim(TokenClaims.Workspace, Guid.NewGuid().ToString()), new Claim(TokenClaims.Login, Guid.NewGuid().ToString())], "test"));

    [Test]
    public async Task A_note_that_the_broker_did_not_take_is_told_once_it_is_back()
    {
        var (store, database) = (_app.Get<AssistantStore>(), _app.Get<NpgsqlDataSource>());
        var away = Bus.Factory.CreateUsingRabbitMq(broker => broker.Host(new Uri("amqp://127.0.0.1:9"))); // nobody is there
        var outbox = new Outbox(database, away, TimeProvider.System);
        var without = new AuditTrail(outbox, TimeProvider.System);
        var workspace = _admin.WorkspaceId();

        Assert.That(await without.With(_admin, "assistant_version.activated", () => store.Activate(workspace, 0, _admin.Id(), default), done => done ? "0" : null, default), Is.True);
        Assert.That((await Notes(database), Told().Count), Is.EqualTo((1L, 0)), "done, noted, not told");
        Assert.That(await outbox.TellRest(TimeSpan.Zero, default), Is.False);

        Assert.That(await _app.Get<Outbox>().TellRest(TimeSpan.Zero, default), Is.True);

        Assert.That(Told().Select(entry => (entry.Action, entry.SubjectId, entry.ActorId)), Is.EqualTo(new[] { ("assistant_version.activated", "0", (Guid?)_admin.Id()) }));
        Assert.That(await Notes(database), Is.Zero);
    }

    [Test]
    public async Task What_was_not_done_is_not_noted_and_what_cannot_be_noted_is_not_done()
    {
        var (store, database, trail) = (_app.Get<AssistantStore>(), _app.Get<NpgsqlDataSource>(), _app.Get<AuditTrail>());
        var workspace = _admin.WorkspaceId();

        Assert.That(await trail.With(_admin, "assistant_version.activated", () => store.Activate(workspace, 7, _admin.Id(), default), done => done ? "7" : null, default), Is.False);
        Assert.That(Told(), Is.Empty);

        var version = 0;
        Assert.That(
            async () => await trail.With(
                async () => version = await store.Add(workspace, AssistantSettings.BuiltIn, null, _admin.Id(), default), _ => throw new InvalidOperationException("cannot be noted"), default),
            Throws.InvalidOperationException);
        Assert.That((version, await store.Find(workspace, 1, default)), Is.EqualTo((1, (AssistantVersion?)null)), "made, and taken back");
    }

    private List<ActionAudited> Told() =>
        [.. _app.Get<ITestHarness>().Published.Select<ActionAudited>().Select(message => message.Context.Message).Where(entry => entry.WorkspaceId == _admin.WorkspaceId())];

    private async Task<long> Notes(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM outbox WHERE body ->> 'workspaceId' = $1");
        command.Parameters.AddWithValue(_admin.WorkspaceId().ToString());
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
