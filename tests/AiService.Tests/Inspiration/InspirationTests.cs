using System.Security.Claims;
using System.Text.Json;
using Assistify.AiService.Inspiration;
using Assistify.AiService.Replies;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using MassTransit;
using MassTransit.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Inspiration;

public sealed class InspirationTests
{
    [Test]
    public async Task What_somebody_says_about_himself_becomes_products_that_fit()
    {
        var ideas = await Find("""{ "taste": "something blue, a vase", "budget": 50, "place": "Athens" }""");

        Assert.That(ideas.Items[0].Title, Does.Contain("blue vase").IgnoreCase);
        Assert.That(ideas.Items.Where(idea => idea.Kind == "product").Select(idea => idea.Price!.Amount), Is.All.LessThanOrEqualTo(50m));
        Assert.That(ideas.Items.Select(idea => idea.Score), Is.Ordered.Descending);
    }

    [TestCase("\"ένα δώρο, κάτι μπλε\"", "el")]
    [TestCase("""{ "taste": "a gift", "language": "de" }""", "de")]
    [TestCase("{}", "en")]
    public async Task Ideas_come_in_the_askers_language_and_without_any_context_too(string context, string language)
    {
        var ideas = await Find(context);

        Assert.That(ideas.Language, Is.EqualTo(language));
        Assert.That(ideas.Items, Is.Not.Empty);
    }

    [Test]
    public async Task A_job_is_worked_off_announced_and_readable_by_who_asked_only()
    {
        var shop = await Shop.Shared;
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton(TimeProvider.System).AddSingleton(shop.Database)
            .AddUnderstanding().AddKnowledge().AddInspiration()
            .AddMassTransitTestHarness(bus => bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30)))
            .BuildServiceProvider(validateScopes: true);
        var harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
        var (asker, other) = (Customer(), Customer());
        var store = services.GetRequiredService<InspirationStore>();
        var worker = services.GetRequiredService<InspirationWorker>();
        using var context = JsonDocument.Parse("\"a blue vase\"");

        var accepted = (Accepted<InspirationJobView>)(await InspireEndpoints.Ask(
            new InspireRequest(context.RootElement), NoBody, asker, store, worker, TimeProvider.System, default)).Result;
        var id = accepted.Value!.Id;

        Assert.That(accepted.Location, Is.EqualTo($"/api/jobs/{id}"));
        Assert.That(await harness.Published.Any<JobReady>(ready => ready.Context.Message.JobId == id && ready.Context.Message.AskerId == asker.Id()), Is.True);
        var job = (Ok<InspirationJobView>)(await InspireEndpoints.Get(id, asker, store, default)).Result;
        Assert.That((job.Value!.Status, job.Value.Kind), Is.EqualTo(("succeeded", "inspiration")));
        Assert.That(job.Value.Result!.Items, Is.Not.Empty);
        Assert.That((await InspireEndpoints.Get(id, other, store, default)).Result, Is.TypeOf<NotFound>());
        await harness.Stop();
    }

    [TestCase("[1]")]
    [TestCase("17")]
    [TestCase("\"\\ud800\"")]
    public async Task What_is_no_context_is_refused(string json)
    {
        using var context = JsonDocument.Parse(json);

        var answer = await InspireEndpoints.Ask(new InspireRequest(context.RootElement), NoBody, Customer(), null!, null!, TimeProvider.System, default);

        Assert.That(answer.Result, Is.TypeOf<ValidationProblem>());
    }

    private static HttpRequest NoBody => new DefaultHttpContext().Request;

    private static async Task<Ideas> Find(string context)
    {
        var shop = await Shop.Shared;
        using var json = JsonDocument.Parse(context);
        return await new IdeaFinder(shop.Search, Shop.Reader).Find(Identifiers.DefaultWorkspace, 1, InspirationContext.Of(json.RootElement), default);
    }

    private static ClaimsPrincipal Customer() => new(new ClaimsIdentity(
    [
        new(TokenClaims.Subject, Guid.NewGuid().ToString()), new(TokenClaims.Workspace, Identifiers.DefaultWorkspace.ToString()),
        new(TokenClaims.Role, Roles.Customer), new(TokenClaims.Conversation, Guid.NewGuid().ToString()),
    ], "test"));
}
