using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Assistify.AiService.Audit;
using Assistify.AiService.IntentModels;
using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Assistify.AiService.Tests.IntentModels;

public sealed class IntentModelTests
{
    private static readonly string[] s_tattoos =
    [
        "how much is a small tattoo on the wrist", "I want a tattoo of a swallow", "tattoo price for a forearm piece", "can you ink a portrait on my back", "do you do cover up tattoos",
        "quote for a sleeve tattoo please", "fine line tattoo on the ankle", "what would a full back tattoo cost", "I'd like to get inked next month", "tattoo with flowers on my shoulder",
        "can you tattoo over a scar", "black and grey tattoo of my dog", "how long does a tattoo of this size take", "lettering tattoo on the ribs", "matching tattoos for two friends",
    ];

    private ClaimsPrincipal _admin = null!;
    private ExampleStore _examples = null!;
    private ModelStore _models = null!;
    private ModelTrainer _trainer = null!;

    [SetUp]
    public async Task OpenWorkspace()
    {
        var database = (await Shop.Shared).Database;
        _admin = Operator(Guid.NewGuid());
        _examples = new ExampleStore(database);
        _models = new ModelStore(database, TimeProvider.System);
        _trainer = new ModelTrainer(_models, TimeProvider.System, NullLogger<ModelTrainer>.Instance);
    }

    [Test]
    public async Task An_activated_model_answers_on_every_replica_at_once_and_rolling_back_too()
    {
        await using var one = await Replica.Start();
        await using var other = await Replica.Start();
        foreach (var text in s_tattoos) await IntentEndpoints.AddExample(new ExampleRequest("tattoo_quote", text), _admin, _examples, TimeProvider.System, default);
        var requested = (await IntentEndpoints.Train(_admin, _models, _trainer, default)).Value!;
        Assert.That((await IntentEndpoints.Train(_admin, _models, _trainer, default)).Value!.Version, Is.EqualTo(requested.Version), "one waits already");
        while (await _trainer.TrainNext(default)) { }

        var model = (await IntentEndpoints.ListModels(_admin, _models, default)).Value!.Items.Single();
        Assert.That((model.Version, model.Status, model.Active, model.Examples, model.ComparedWith), Is.EqualTo((1, "ready", false, s_tattoos.Length, (int?)0)));
        Assert.That(model.Scores!.Accuracy, Is.GreaterThan(model.ComparedScores!.Accuracy - 0.02), "one more intent costs the others next to nothing");
        Assert.That(one.Intent(_admin, "a tattoo on my arm, what does it cost?"), Is.Not.EqualTo("tattoo_quote"));

        Assert.That((await one.Activate(1, _admin, _models)).Result, Is.TypeOf<Ok<ActivatedModel>>());
        await other.Tell();
        await Eventually.IsTrue(() => other.Intent(_admin, "a tattoo on my arm, what does it cost?") == "tattoo_quote");
        foreach (var replica in new[] { one, other })
        {
            Assert.That(replica.Intent(_admin, "a tattoo on my arm, what does it cost?"), Is.EqualTo("tattoo_quote"));
            Assert.That(replica.Intent(_admin, "are you open on Sunday?"), Is.EqualTo(Intents.OpeningHours));
            Assert.That(replica.Intent(Operator(Guid.NewGuid()), "a tattoo on my arm, what does it cost?"), Is.Not.EqualTo("tattoo_quote"), "another workspace");
        }

        Assert.That((await one.RollBack(_admin, _models)).Result, Is.TypeOf<Ok<ActivatedModel>>());
        Assert.That(one.Intent(_admin, "a tattoo on my arm, what does it cost?"), Is.Not.EqualTo("tattoo_quote"));
        await other.Tell();
        await Eventually.IsTrue(() => other.Intent(_admin, "a tattoo on my arm, what does it cost?") != "tattoo_quote");
        Assert.That((await one.Activate(1, Operator(Guid.NewGuid()), _models)).Result, Is.TypeOf<NotFound>(), "another workspace's model");
        Assert.That((await one.Activate(2, _admin, _models)).Result, Is.TypeOf<NotFound>());
    }

    [Test]
    public async Task A_correction_is_learned_only_once_it_was_reviewed_and_is_forgotten_with_its_customer()
    {
        var (message, customer) = (Guid.NewGuid(), Guid.NewGuid());
        await Correct(Intents.Returns);
        var proposed = await Correct(Intents.Complaint);
        Assert.That((proposed.Status, proposed.Intent, proposed.Predicted), Is.EqualTo(("proposed", Intents.Complaint, Intents.Thanks)));
        Assert.That(await Listed(), Has.Count.EqualTo(1), "the later correction of a message replaces the earlier one");

        await _models.Request(_admin.WorkspaceId(), _admin.Id(), default);
        Assert.That((await _models.Claim(default))!.Examples, Is.Empty);
        var approved = (Ok<IntentExample>)(await IntentEndpoints.Approve(proposed.Id, _admin, _examples, TimeProvider.System, default)).Result;
        Assert.That((approved.Value!.Status, approved.Value.ReviewedBy), Is.EqualTo(("approved", (Guid?)_admin.Id())));
        Assert.That((await IntentEndpoints.Approve(proposed.Id, Operator(Guid.NewGuid()), _examples, TimeProvider.System, default)).Result, Is.TypeOf<NotFound>());

        await using var services = new ServiceCollection().AddSingleton((await Shop.Shared).Database)
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30));
                bus.AddConsumer<CustomerErasedConsumer>();
            })
            .BuildServiceProvider(validateScopes: true);
        var harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
        await harness.Bus.Publish(new CustomerErased(_admin.WorkspaceId(), [customer], [], []));
        Assert.That(await harness.Consumed.Any<CustomerErased>(), Is.True);
        Assert.That(await Listed(), Is.Empty);

        async Task<IntentExample> Correct(string intent) => (await IntentEndpoints.Correct(
            new CorrectionRequest(message, customer, intent, "thanks for nothing, it is broken", Intents.Thanks), _admin, _examples, new Outbox((await Shop.Shared).Database, Bus.Factory.CreateUsingInMemory(_ => { }), TimeProvider.System), TimeProvider.System, default)).Value!;

        async Task<IReadOnlyList<IntentExample>> Listed() => (await IntentEndpoints.ListExamples(_admin, _examples, default)).Value!.Items;
    }

    [Test]
    public async Task A_correction_is_an_event_of_the_figures_without_a_word_of_the_customer()
    {
        await using var app = await AiApp.Start();
        var (workspace, message, customer) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        using var agent = app.Operator("agent", workspace);

        using var corrected = await agent.PostAsJsonAsync(
            "/api/knowledge/intents/corrections", new { messageId = message, customerId = customer, intent = "complaint", text = "it is broken", predicted = "thanks" });

        Assert.That(corrected.StatusCode, Is.EqualTo(HttpStatusCode.Created), await corrected.Content.ReadAsStringAsync());
        var recorded = app.Get<ITestHarness>().Published.Select<EventsRecorded>().Single().Context.Message.Events.Single();
        Assert.That((recorded.Type, recorded.WorkspaceId, recorded.MessageId, recorded.CustomerId), Is.EqualTo(("IntentCorrected", workspace, (Guid?)message, customer)));
        Assert.That((recorded.Details.Intent, recorded.Details.Status), Is.EqualTo(("complaint", "wrong")));
    }

    [Test]
    public async Task Examples_are_counted_corrected_rejected_and_deleted_within_their_workspace()
    {
        var other = Operator(Guid.NewGuid());
        var intents = new WorkspaceIntents();
        var example = (await IntentEndpoints.AddExample(new ExampleRequest("tattoo_quote", "ink me"), _admin, _examples, TimeProvider.System, default)).Value!;

        var corrected = (Ok<IntentExample>)(await IntentEndpoints.CorrectExample(
            example.Id, new ExampleRequest("tattoo_booking", "ink me tomorrow"), _admin, _examples, TimeProvider.System, default)).Result;
        Assert.That((corrected.Value!.Intent, corrected.Value.Text), Is.EqualTo(("tattoo_booking", "ink me tomorrow")));
        var counts = (await IntentEndpoints.List(_admin, _examples, intents, default)).Value!.Items;
        Assert.That(counts.Single(count => count.Intent == "tattoo_booking").Approved, Is.EqualTo(1));
        Assert.That(counts.Single(count => count.Intent == Intents.OpeningHours).Starter, Is.GreaterThan(50));
        Assert.That((await IntentEndpoints.List(other, _examples, intents, default)).Value!.Items.Select(count => count.Intent), Has.None.StartsWith("tattoo"));

        Assert.That((await IntentEndpoints.Reject(example.Id, other, _examples, TimeProvider.System, default)).Result, Is.TypeOf<NotFound>());
        Assert.That((await IntentEndpoints.DeleteExample(example.Id, other, _examples, default)).Result, Is.TypeOf<NotFound>());
        await IntentEndpoints.Reject(example.Id, _admin, _examples, TimeProvider.System, default);
        Assert.That((await IntentEndpoints.ListExamples(_admin, _examples, default, status: "rejected")).Value!.Items, Has.Count.EqualTo(1));
        Assert.That((await IntentEndpoints.DeleteExample(example.Id, _admin, _examples, default)).Result, Is.TypeOf<NoContent>());
    }

    [Test]
    public async Task A_job_whose_replica_died_is_taken_over_and_given_up_after_some_tries()
    {
        var time = new ManualTime();
        var models = new ModelStore((await Shop.Open()).Database, time);
        await models.Request(_admin.WorkspaceId(), _admin.Id(), default);

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.That(await models.Claim(default), Is.Not.Null);
            Assert.That(await models.Claim(default), Is.Null, "somebody is at it");
            time.Advance(TimeSpan.FromMinutes(3));
        }

        Assert.That(await models.Claim(default), Is.Null);
        Assert.That((await models.List(_admin.WorkspaceId(), default)).Single().Status, Is.EqualTo("failed"));
        Assert.That(await models.Activate(_admin.WorkspaceId(), 1, _admin.Id(), default), Is.False);
    }

    /// <summary>A process of the service: its own memory, the same database.</summary>
    private sealed class Replica(ServiceProvider services, ITestHarness harness) : IAsyncDisposable
    {
        public static async Task<Replica> Start()
        {
            var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton((await Shop.Shared).Database)
                .AddUnderstanding().AddIntentModels()
                .AddMassTransitTestHarness(bus => bus.AddConsumer<IntentModelActivatedConsumer>())
                .BuildServiceProvider(validateScopes: true);
            var harness = services.GetRequiredService<ITestHarness>();
            await harness.Start();
            return new Replica(services, harness);
        }

        public string Intent(ClaimsPrincipal user, string text) => services.GetRequiredService<IIntentClassifier>().Classify(user.WorkspaceId(), text).Intent;

        public Task<Results<Ok<ActivatedModel>, NotFound, ProblemHttpResult>> Activate(int version, ClaimsPrincipal user, ModelStore models) =>
            IntentEndpoints.Activate(version, user, models, services.GetRequiredService<ActiveModels>(), services.GetRequiredService<WorkspaceIntents>(), Shop.Shared.Result.Gate(), harness.Bus, default);

        public Task<Results<Ok<ActivatedModel>, Conflict>> RollBack(ClaimsPrincipal user, ModelStore models) =>
            IntentEndpoints.RollBack(user, models, services.GetRequiredService<ActiveModels>(), services.GetRequiredService<WorkspaceIntents>(), harness.Bus, default);

        /// <summary>What the broker does: every replica hears of it.</summary>
        public Task Tell() => harness.Bus.Publish(new IntentModelActivated(Guid.Empty));

        public async ValueTask DisposeAsync()
        {
            await harness.Stop();
            await services.DisposeAsync();
        }
    }

    private static ClaimsPrincipal Operator(Guid workspace) => new(new ClaimsIdentity(
    [
        new(TokenClaims.Subject, Guid.NewGuid().ToString()), new(TokenClaims.Workspace, workspace.ToString()), new(TokenClaims.Role, "admin"),
    ], "test"));
}
