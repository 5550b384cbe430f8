using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Evaluation;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Tests.Tools.Mcp;
using Assistify.AiService.Tools;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Http;
using Assistify.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Evaluation.Cases;

/// <summary>Real conversations as cases, and answers written again.</summary>
public sealed class CaseTests
{
    private const string Hours = "On Sunday we are open from 11:00 to 15:00.";

    private AiApp _app = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await AiApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [Test]
    public async Task A_conversation_becomes_a_case_that_runs_anywhere_without_the_customers_own_data()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        var offline = new Talks(_app, workspace);
        await offline.Say("Hi, my name is Eleni, mail me at eleni@mail.example or +357 99 123456. Do you ship to Cyprus?", "Eleni Pavlou");
        await offline.Say("I am Pavlou and my order 48151 is late, how can I contact you by phone?", "Eleni Pavlou");
        var model = new Talks(_app, workspace, model: PromptedModel.Writer(_ => Hours));
        await model.Say("Are you open on Sunday?");

        foreach (var talk in new[] { offline, model })
        {
            using var made = await admin.PostAsJsonAsync("/api/evaluation/cases", new { conversationId = talk.Conversation });
            var body = await made.Content.ReadAsStringAsync();
            Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Created), body);
            Assert.That(JsonDocument.Parse(body).RootElement.GetProperty("unmet").GetArrayLength(), Is.Zero, body);
        }

        var suite = await admin.GetStringAsync("/api/evaluation/suite");
        foreach (var own in new[] { "Eleni", "Pavlou", "mail.example", "123456", "48151" }) Assert.That(suite, Does.Not.Contain(own));
        Assert.That(suite, Does.Contain("22 000 000"), "the shop's own number stays");
        var file = Path.Combine(Directory.CreateTempSubdirectory("case").FullName, "suite.json");
        await File.WriteAllTextAsync(file, suite);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.That(EvaluateCommand.Run(["conversations", file], output, errors), Is.Zero, $"{output}{errors}");
        Assert.That(output.ToString(), Does.Contain("\"turns\":3"));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        var audited = _app.Services.GetRequiredService<ITestHarness>().Published.Select<ActionAudited>().Select(message => message.Context.Message).Where(message => message.WorkspaceId == workspace);
        Assert.That(audited.Select(message => message.Action), Is.EqualTo(new[] { "evaluation_case.created", "evaluation_case.created" }));
    }

    [Test]
    public async Task What_a_workspaces_own_tool_told_is_replayed_when_the_tool_is_gone()
    {
        await using var server = await LittleMcpServer.Start();
        await using var app = await AiApp.Start(("Ai:Tools:AllowedOrigins", server.Origin));
        var workspace = await Talks.NewShop(app);
        using var admin = app.Operator(workspace: workspace);
        using var named = await admin.PostAsJsonAsync(
            "/api/v1/ai/mcp_servers", new { name = "shop", url = $"{server.Origin}/json", authorization = "Bearer mcp-secret", lookUps = new[] { "stock.of", "fail" } });
        Assert.That(named.StatusCode, Is.EqualTo(HttpStatusCode.Created), await named.Content.ReadAsStringAsync());
        var said = new RecordedModel(
        [
            new RecordedAnswer(Tools: [new RecordedCall("shop_fail"), new RecordedCall("shop_stock_of", new JsonObject { ["sku"] = "a" })]),
            new RecordedAnswer("There are 37 pieces of it."),
        ]);
        var settings = new ProviderSettings { Kind = ProviderKinds.Compatible, Model = "recorded", Name = "recorded", BaseUrl = new Uri("http://localhost") };
        var writer = new ProviderReplyWriter(
            new ModelProvider(settings, said, new Circuit(settings.Name, TimeProvider.System, null), TimeProvider.System), app.Get<ToolRunner>(), new NoBudgets(), new NoPreferences(), new NoKeptAnswers());
        var talk = new Talks(app, workspace, model: writer);
        var reply = await talk.Say("How many blue vases are left in the shop?");
        Assert.That(reply.Text, Is.EqualTo("There are 37 pieces of it."));
        await admin.DeleteAsync($"/api/v1/ai/mcp_servers/{(await named.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()}");

        using var made = await admin.PostAsJsonAsync("/api/evaluation/cases", new { conversationId = talk.Conversation });
        using var again = await admin.PostAsync($"/api/traces/{reply.ReplyId}/reproduce", null);

        Assert.That((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("unmet").GetArrayLength(), Is.Zero, await made.Content.ReadAsStringAsync());
        Assert.That((await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("same").GetBoolean(), Is.True, await again.Content.ReadAsStringAsync());
        Assert.That(await admin.GetStringAsync("/api/evaluation/suite"), Does.Contain("shop_stock_of").And.Contain("pieces").And.Contain("unavailable"));
        Assert.That(server.Calls, Has.Count.EqualTo(2), "nobody was asked again");
    }

    [Test]
    public async Task A_conversation_is_one_case_of_its_workspace_is_forgotten_with_its_customer_and_can_be_deleted()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        using var stranger = _app.Operator();
        var talk = new Talks(_app, workspace);
        await talk.Say("Do you ship to Cyprus?");

        Assert.That((await stranger.PostAsJsonAsync("/api/evaluation/cases", new { conversationId = talk.Conversation })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await admin.PostAsJsonAsync("/api/evaluation/cases", new { conversationId = Guid.NewGuid() })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await admin.PostAsJsonAsync("/api/evaluation/cases", new { conversationId = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        var erased = new Talks(_app, workspace);
        await erased.Say("Do you ship to Greece?");
        await admin.PostAsJsonAsync("/api/evaluation/cases", new { conversationId = erased.Conversation });
        foreach (var name in new[] { "one", "two" }) await admin.PostAsJsonAsync("/api/evaluation/cases", new { conversationId = talk.Conversation, name });

        var one = (await admin.GetFromJsonAsync<JsonElement>("/api/evaluation/cases")).GetProperty("items").EnumerateArray().Single(made => made.GetProperty("conversationId").GetGuid() == talk.Conversation);
        Assert.That((one.GetProperty("name").GetString(), one.GetProperty("turns").GetInt32()), Is.EqualTo(("two", 1)));
        await using var services = new ServiceCollection().AddSingleton(_app.Services.GetRequiredService<NpgsqlDataSource>())
            .AddMassTransitTestHarness(bus => bus.AddConsumer<CustomerErasedConsumer>()).BuildServiceProvider(validateScopes: true);
        var harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
        await harness.Bus.Publish(new CustomerErased(workspace, [erased.Customer], [], []));
        await Eventually.IsTrue(
            async () => (await admin.GetFromJsonAsync<JsonElement>("/api/evaluation/cases")).GetProperty("items").GetArrayLength() == 1, TimeSpan.FromSeconds(60));
        await harness.Stop();

        Assert.That((await stranger.DeleteAsync($"/api/evaluation/cases/{one.GetProperty("id").GetGuid()}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await admin.DeleteAsync($"/api/evaluation/cases/{one.GetProperty("id").GetGuid()}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await admin.GetFromJsonAsync<JsonElement>("/api/evaluation/cases")).GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task An_answer_is_written_again_with_its_versions_or_with_another()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        await Made("""{ "settings": { "handOverTopics": ["complaint"] } }""", "/api/assistant/versions");
        await Made("{}", "/api/assistant/versions/1/activate");
        var talk = new Talks(_app, workspace);
        await talk.Say("Do you ship to Cyprus?");
        var broken = await talk.Say("my mug arrived broken");
        await Made("{}", "/api/assistant/versions/0/activate");

        var same = await Made("{}", $"/api/traces/{broken.ReplyId}/reproduce");
        Assert.That((same.GetProperty("same").GetBoolean(), same.GetProperty("assistantVersion").GetInt32(), same.GetProperty("handOver").GetBoolean()), Is.EqualTo((true, 1, true)));
        Assert.That(same.GetProperty("knowledgeVersion").GetInt64(), Is.EqualTo(same.GetProperty("knowledgeVersionThen").GetInt64()));
        var other = await Made("{}", $"/api/traces/{broken.ReplyId}/reproduce?version=0");
        Assert.That((other.GetProperty("same").GetBoolean(), other.GetProperty("handOver").GetBoolean()), Is.EqualTo((false, false)));
        Assert.That(other.GetProperty("originalText").GetString(), Is.EqualTo(broken.Text));

        var modelled = await new Talks(_app, workspace, model: PromptedModel.Writer(_ => Hours)).Say("Are you open on Sunday?");
        var again = await Made("{}", $"/api/traces/{modelled.ReplyId}/reproduce");
        Assert.That((again.GetProperty("same").GetBoolean(), again.GetProperty("text").GetString()), Is.EqualTo((true, Hours)));

        using var stranger = _app.Operator();
        Assert.That((await stranger.PostAsync($"/api/traces/{broken.ReplyId}/reproduce", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await admin.PostAsync($"/api/traces/{broken.ReplyId}/reproduce?version=9", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await admin.PostAsync($"/api/traces/{broken.ReplyId}/reproduce?version=-1", null)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

        async Task<JsonElement> Made(string body, string path)
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await admin.PostAsync(path, content);
            var text = await response.Content.ReadAsStringAsync();
            Assert.That(response.IsSuccessStatusCode, $"{path}: {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }
}
