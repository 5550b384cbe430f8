using System.Text.Json;
using Assistify.AiService.Evaluation;
using Assistify.AiService.Evaluation.Conversations;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Evaluation.Conversations;

/// <summary>What whoever types the command sees. No database and no network in any of these.</summary>
public sealed class EvaluateConversationsTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("suites").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_suite_of_the_demo_shop_is_met_and_the_same_each_time()
    {
        var suite = Path.Combine(Repository(), "AiService", "Demo", "DemoSuite.yaml");

        var (code, output, errors) = Run("conversations", suite, "--against", "cautious");

        Assert.That((code, errors), Is.EqualTo((0, "")), output);
        var figures = Figures(output);
        Assert.That((figures.GetProperty("cases").GetInt32(), figures.GetProperty("passed").GetInt32()), Is.EqualTo((60, 60)));
        Assert.That(output, Does.Contain("CHANGED complaint").And.Contain("hands over: yes -> no"));
        Assert.That(Run("conversations", suite, "--against", "cautious").Output, Is.EqualTo(output));
    }

    [Test]
    public void A_workspaces_own_tools_and_pictures_are_replayed()
    {
        var (code, output, errors) = Run("conversations", Suite("""
            knowledge: demo
            cases:
              - name: stock
                turns:
                  - say: How many blue vases are left in the shop?
                    model:
                      - tools: [{ name: shop_stock_of, arguments: { sku: vase }, result: "There are 37 pieces of the Aegean blue vase." }]
                      - text: There are 37 pieces of the Aegean blue vase.
                    expect: { contains: 37 pieces, tools: [{ name: shop_stock_of, with: { sku: vase } }], by: model, supported: false }
              - name: booking
                turns:
                  - say: Please book the pottery course for me
                    model:
                      - tools: [{ name: shop_book, arguments: { people: 1 }, result: "Proposed only.", status: proposed }]
                      - text: A colleague will look at it, it is not done yet.
                    expect: { handsOver: true, by: model }
              - name: picture
                turns:
                  - say: ""
                    pictures: [{ kind: product, description: a blue vase, objects: [{ name: vase, colours: [blue] }], text: "" }]
                    expect: { contains: Aegean blue vase, handsOver: false, by: offline }
              - name: unseen
                turns:
                  - say: ""
                    pictures: [null]
                    expect: { contains: I can't look at your picture myself, handsOver: true }
            """));

        Assert.That((code, errors), Is.EqualTo((0, "")), output);
    }

    [Test]
    public void What_is_not_met_is_told_and_ends_with_2()
    {
        var (code, output, _) = Run("conversations", Suite("""
            knowledge: demo
            cases:
              - name: wrong
                turns:
                  - say: Do you ship to Cyprus?
                    expect: { contains: by camel, excludes: Cyprus, cites: Camels, tools: [{ name: search_knowledge }], language: el, handsOver: true, by: model }
              - name: right
                turns:
                  - say: hello
                    expect: { handsOver: false }
            """));

        Assert.That(code, Is.EqualTo(2));
        foreach (var told in new[] { "does not contain 'by camel'", "contains 'Cyprus'", "does not cite 'Camels'", "does not call search_knowledge", "is in 'en', not in 'el'", "does not hand over", "is written by offline" })
            Assert.That(output, Does.Contain($"FAILED wrong: the answer {told}"));
        Assert.That((Figures(output).GetProperty("passed").GetInt32(), Figures(output).GetProperty("failed").GetInt32()), Is.EqualTo((1, 1)));
    }

    [Test]
    public void A_suite_brings_its_own_knowledge_and_recorded_answers_with_their_cost()
    {
        var suite = Suite("""
            price: { input: 10, output: 100 }
            entries:
              - { title: Small tattoos, text: "A small tattoo costs 80 EUR.", keywords: tattoo price }
            products:
              - { title: Black ink, price: 12.50, category: ink }
            cases:
              - name: offline
                turns:
                  - say: what does a small tattoo cost?
                    expect: { contains: 80 EUR, cites: Small tattoos }
              - name: recorded
                turns:
                  - say: what does a small tattoo cost?
                    model:
                      - tools: [{ name: search_knowledge, arguments: { query: tattoo }, result: "Small ones are 85 EUR today." }]
                        inputTokens: 1000
                      - { text: "A small one is 85 EUR today.", outputTokens: 1000 }
                    expect: { contains: 85 EUR, by: model, maxCost: 0.05 }
            """);

        var (code, output, _) = Run("conversations", suite);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(output.Split('\n').Where(line => line.StartsWith("FAILED", StringComparison.Ordinal)), Is.EqualTo(new[] { "FAILED recorded: the answer costs 0.11, more than 0.05" }));
    }

    [Test]
    public void Settings_are_compared_turn_by_turn()
    {
        var settings = Path.Combine(_folder, "settings.json");
        File.WriteAllText(settings, """{ "strictTopics": ["shipping"] }""");
        var suite = Suite("""
            knowledge: demo
            assistant: { longestAnswer: 200 }
            cases:
              - name: shipping
                turns:
                  - say: hello
                  - say: Do you ship to Cyprus?
                    model: [{ text: We would love to send something to Cyprus for you }]
                    expect: { by: model }
            """);

        var (code, output, _) = Run("conversations", suite, "--version", "0", "--against", settings);

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("CHANGED shipping, turn 2").And.Contain("+ We would love").And.Contain("written by: offline -> recorded").And.Not.Contain("turn 1"));
        Assert.That((Figures(output).GetProperty("changed").GetInt32(), Figures(output).GetProperty("failedBefore").GetInt32()), Is.EqualTo((1, 1)));
    }

    [TestCase("cases:\n  - name: x\n    turns: [{ sai: hello }]", "$.cases[0].turns[0].sai")]
    [TestCase("cases: []", "holds no cases")]
    [TestCase("cases:\n  - { name: x, turns: [{ say: a }] }\n  - { name: x, turns: [{ say: a }] }", "two cases are called 'x'")]
    [TestCase("cases:\n  - name: x\n    turns: [{ say: 5 }]", "quote what looks like a number")]
    [TestCase("cases:\n- name: x\n turns: []", "line 3")]
    public void What_is_wrong_with_a_suite_is_one_sentence(string suite, string told)
    {
        var (code, output, errors) = Run("conversations", Suite(suite));

        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain(told));
    }

    [Test]
    public void Unknown_versions_and_missing_files_are_told()
    {
        Assert.That(Run("conversations", Suite("cases: [{ name: x, turns: [{ say: hello }] }]"), "--against", "v9").Errors, Does.Contain("'v9' is no version"));
        Assert.That(Run("conversations", "/no/such/suite.yaml").Errors, Does.Contain("cannot be read"));
        Assert.That(Run("conversations").Errors, Does.Contain("Name the file"));
    }

    private static JsonElement Figures(string output) => JsonDocument.Parse(output.TrimEnd('\n').Split('\n')[^1]).RootElement;

    private string Suite(string text)
    {
        var path = Path.Combine(_folder, "suite.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter();
        var code = EvaluateCommand.Run(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Assistify.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        return folder;
    }
}
