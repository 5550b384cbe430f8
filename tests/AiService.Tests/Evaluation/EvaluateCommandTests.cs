using System.Text.Json;
using Assistify.AiService.Evaluation;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Evaluation;

public sealed class EvaluateCommandTests
{
    private const string Train = "open\twhen are you open\nopen\topening hours please\nopen\twhat time do you open\nship\tdo you ship abroad\nship\tshipping to cyprus\nship\thow long does shipping take\n";
    private const string Test = "open\tat what time are you open\nship\tis shipping to france possible\n";
    private const string Outside = "x\twho won the match\nx\ttell me a joke about cats\n";

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("evaluate").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Intents_print_every_figure_on_one_line()
    {
        var (code, output, errors) = Run(
            "intents", "--train", File("train", Train), "--test", File("test", Test), "--validation", File("validation", Test),
            "--oos-train", File("oos-train", Outside), "--oos-validation", File("oos-validation", Outside), "--oos-test", File("oos-test", Outside), "--seed", "3");

        Assert.That((code, errors), Is.EqualTo((0, "")));
        Assert.That(output.TrimEnd('\n'), Does.Not.Contain("\n"));
        var figures = JsonDocument.Parse(output).RootElement;
        Assert.That(figures.GetProperty("accuracy").GetDouble(), Is.EqualTo(1));
        Assert.That(figures.GetProperty("macroF1").GetDouble(), Is.EqualTo(1));
        Assert.That(figures.GetProperty("inScopeAccuracy").GetDouble(), Is.EqualTo(1));
        Assert.That(figures.GetProperty("oosRecall").GetDouble(), Is.EqualTo(1));
        Assert.That(figures.GetProperty("auroc").GetDouble(), Is.EqualTo(1));
        Assert.That(figures.GetProperty("trainSeconds").GetDouble(), Is.GreaterThan(0));
        Assert.That(figures.GetProperty("microsecondsPerPrediction").GetDouble(), Is.GreaterThan(0));
        Assert.That(figures.GetProperty("modelBytes").GetInt64(), Is.GreaterThan(1_000));
    }

    [Test]
    public void The_same_seed_gives_the_same_figures_whatever_the_ends_of_lines()
    {
        var unix = Figures(Train, Test);
        var windows = Figures("\ufeff" + Train.Replace("\n", "\r\n\r\n", StringComparison.Ordinal), Test.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.That(windows, Is.EqualTo(unix));

        (double, double, long) Figures(string train, string test)
        {
            var figures = JsonDocument.Parse(Run("intents", "--train", File("train", train), "--test", File("test", test), "--seed", "7").Output).RootElement;
            return (figures.GetProperty("accuracy").GetDouble(), figures.GetProperty("inScopeAccuracy").GetDouble(), figures.GetProperty("modelBytes").GetInt64());
        }
    }

    [Test]
    public void Sentiment_is_measured_with_and_without_training()
    {
        var test = File("test", "positive\ti love it\nnegative\tthis is terrible\nneutral\tthe shop is in athens\n");
        var train = File("train", "positive\tgreat great stuff\npositive\tso lovely\nnegative\tawful thing\nnegative\tworst ever\nneutral\tthe train leaves at five\nneutral\tit is in the box\n");

        Assert.That(Run("sentiment", "--test", test).Output.Trim(), Is.EqualTo("""{"macroRecall":1,"accuracy":1}"""));
        Assert.That(Run("sentiment", "--test", test, "--train", train).Code, Is.Zero);
        Assert.That(Run("sentiment", "--test", File("bad", "happy\ti love it\n")).Errors, Does.Contain("'happy' is no sentiment"));
    }

    [Test]
    public void Language_is_measured_for_all_and_for_each()
    {
        var (_, output, _) = Run("language", "--test", File("test", "el\tpote anoigete tin kyriaki\nde\tich suche ein geschenk\nde\two ist mein paket\n"));

        var figures = JsonDocument.Parse(output).RootElement;
        Assert.That(figures.GetProperty("accuracy").GetDouble(), Is.EqualTo(1));
        Assert.That(figures.GetProperty("languages").EnumerateArray().Select(language => language.GetProperty("language").GetString()), Is.EqualTo(new[] { "de", "el" }));
    }

    [Test]
    public void Retrieval_finds_documents_by_id()
    {
        var documents = File("documents", "a\twhen is the shop open\na\topening hours on sunday\nb\thow do i return a broken plate\nc\tshipping costs to cyprus\n");

        var (_, output, _) = Run("retrieval", "--documents", documents, "--queries", File("queries", "b\treturning plates\nc\thow much is shiping to cyprus\na\tare you open on sundays\n"));

        Assert.That(output.Trim(), Is.EqualTo("""{"hitAt1":1,"hitAt3":1,"map":1}"""));
        Assert.That(Run("retrieval", "--documents", documents, "--queries", File("stray", "z\twhat\n")).Errors, Does.Contain("no document has the id 'z'"));
    }

    [Test]
    public void What_is_wrong_is_said_in_one_sentence_that_names_the_place()
    {
        var good = File("good", Train);

        Assert.That(Fault(), Does.Contain("intents, sentiment, language, retrieval"));
        Assert.That(Fault("poems"), Does.Contain("intents, sentiment, language, retrieval"));
        Assert.That(Fault("intents", "--train", good), Does.Contain("--test"));
        Assert.That(Fault("intents", "--train", good, "--test"), Does.Contain("--test needs a value"));
        Assert.That(Fault("intents", "--train", good, "--test", good, "--tset", good), Does.Contain("--tset"));
        Assert.That(Fault("intents", "--train", good, "--test", good, "--seed", "many"), Does.Contain("--seed"));
        Assert.That(Fault("intents", "--train", good, "--test", Path.Combine(_folder, "absent")), Does.Contain("absent"));
        Assert.That(Fault("intents", "--train", good, "--test", File("untabbed", "open\tyes\n\nno tab here\n")), Does.Contain("untabbed, line 3"));
        Assert.That(Fault("intents", "--train", good, "--test", File("unlabelled", "open\tyes\n\tno label\n")), Does.Contain("unlabelled, line 2: the label is missing"));
        Assert.That(Fault("intents", "--train", File("single", "a\tone\na\ttwo\n"), "--test", good), Does.Contain("single label"));
        Assert.That(Fault("intents", "--train", good, "--test", File("empty", "\n\n")), Does.Contain("no lines"));

        string Fault(params string[] arguments)
        {
            var (code, output, errors) = Run(arguments);
            Assert.That((code, output), Is.EqualTo((1, "")));
            Assert.That(errors.TrimEnd('\n'), Is.Not.Empty.And.Not.Contain("\n"));
            return errors;
        }
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        return (EvaluateCommand.Run(arguments, output, errors), output.ToString(), errors.ToString());
    }

    private string File(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }
}
