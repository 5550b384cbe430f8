using System.Diagnostics;
using System.Text.Json;
using Assistify.AiService;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.Assistants;
using Assistify.AiService.Demo;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Assistify.Load.Systems;
using Assistify.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Assistify.Load.Bench;

/// <summary>
/// The assistant without any model, in this process: predictions of intents one at a time and many at once, whole answers from a real
/// database, and memory; beside node-nlp, trained on the same examples and asked the same texts, where npm gives it. What is said of a core
/// counts processor time, so that what else the machine does is left out.
/// </summary>
internal static class AiBench
{
    private const double MiB = 1024 * 1024;
    private const int AtOnce = 64;

    private static readonly string[] s_questions =
    [
        "When are you open on Sunday?", "Do you ship to Cyprus?", "Do you have blue vases under 50 euros?", "How can I return something?", "Πόσο κοστίζει η αποστολή;",
        "I want to talk to a human", "Hello!", "Which payment methods do you take?", "Habt ihr Tassen?", "Is the Aegean blue vase in stock?",
    ];

    public static async Task<Figures> Run(BenchOptions options, CancellationToken cancellationToken)
    {
        var figures = new Figures("ai");
        var span = TimeSpan.FromSeconds(options.Seconds / 3.0);
        var examples = IntentExamples.Read();
        var texts = examples.ConvertAll(example => example.Text);

        var watch = Stopwatch.StartNew();
        var intents = IntentClassifier.OfStarterSet();
        figures.Add("training on the starter set", watch.Elapsed.TotalSeconds, "s");
        figures.Add("predictions, one at a time", OneAtATime(intents, texts, span), "/s per core");
        figures.Add("predictions, many at once", ManyAtOnce(intents, texts, span), "/s per core");
        await Answers(figures, span, cancellationToken);
        figures.Add("memory of the process with all of it", ProcFiles.ProportionalMemory(Environment.ProcessId) / MiB, "MiB");
        await NodeNlp(figures, examples, span, cancellationToken);
        return figures;
    }

    private static double OneAtATime(IntentClassifier intents, List<string> texts, TimeSpan span)
    {
        foreach (var text in texts) intents.Classify(text); // compiled before it is measured
        var (count, cpu, watch) = (0, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        for (; watch.Elapsed < span; count++) intents.Classify(texts[count % texts.Count]);
        return count / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
    }

    private static double ManyAtOnce(IntentClassifier intents, List<string> texts, TimeSpan span)
    {
        var (count, cpu, watch) = (0L, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        for (; watch.Elapsed < span; count += texts.Count) Parallel.ForEach(texts, text => intents.Classify(text));
        return count / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
    }

    private static async Task Answers(Figures figures, TimeSpan span, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(await TestPostgres.NewDatabaseAsync());
        await using (var db = new AiDbContext(new DbContextOptionsBuilder<AiDbContext>().UseNpgsql(database).Options))
        {
            await db.Database.MigrateAsync(cancellationToken);
            await DemoShop.Seed(db, Identifiers.DefaultWorkspace, TimeProvider.System.GetUtcNow(), cancellationToken);
        }
        var reader = new MessageReader(new LanguageDetector(), new WorkspaceIntents(), new SentimentClassifier());
        using var metrics = new AiMetrics();
        var pipeline = new ReplyPipeline(
            reader, new RecordedPictures([]), new Planner(reader), new Gatherer(new PostgresKnowledgeSearch(database)), [new OfflineReplyWriter()], new ReplyChecks(reader), new Unwatched(), new WorkspaceAssistants(), metrics, TimeProvider.System);
        foreach (var question in s_questions) await pipeline.Answer(Request(question), 1, cancellationToken);

        foreach (var (suffix, before) in new[] { ("", 0), (", after eight messages", 8) })
        {
            var (answered, cpu, watch) = (0, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            await Parallel.ForEachAsync(Enumerable.Range(0, AtOnce), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (_, token) =>
            {
                while (watch.Elapsed < span)
                {
                    var n = Interlocked.Increment(ref answered);
                    await pipeline.Answer(Request(s_questions[n % s_questions.Length], [.. Enumerable.Range(1, before).Select(earlier => s_questions[(n + earlier) % s_questions.Length])]), 1, token);
                }
            });
            figures.Add($"answers without a model{suffix}", answered / watch.Elapsed.TotalSeconds, "/s");
            figures.Add($"processor time of an answer{suffix}", (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / answered, "ms");
        }
    }

    /// <param name="before">What the customer wrote already.</param>
    private static ReplyRequested Request(string question, params IReadOnlyList<string> before)
    {
        var at = TimeProvider.System.GetUtcNow();
        List<HistoryMessage> history = [.. before.Append(question).Select(text => new HistoryMessage(Guid.NewGuid(), Author.Customer, text, at))];
        return new ReplyRequested(
            Guid.NewGuid(), 1, Identifiers.DefaultWorkspace, Guid.NewGuid(), "web", 0, [history[^1].Id], history, false, true, null, null, at);
    }

    // The package is not ours to ship: it is fetched for the comparison, and without it there is none.
    private static async Task NodeNlp(Figures figures, List<(string Intent, string Text)> examples, TimeSpan span, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "node-nlp")).FullName;
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "node-nlp"))
            && await Output("npm", ["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix", folder, "node-nlp@4.27.0"], folder, cancellationToken) is null)
        {
            Console.WriteLine("  node-nlp could not be fetched: no comparison.");
            return;
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "examples.json"), JsonSerializer.Serialize(examples.Select(example => new { example.Intent, example.Text })), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "measure.cjs"), Script, cancellationToken);
        if (await Output("node", ["measure.cjs", $"{span.TotalMilliseconds:0}"], folder, cancellationToken) is not { } output)
        {
            Console.WriteLine("  node-nlp did not run: no comparison.");
            return;
        }
        var measured = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        figures.Add("node-nlp: training on the same examples", measured.GetProperty("trainSeconds").GetDouble(), "s");
        figures.Add("node-nlp: predictions, one at a time", measured.GetProperty("perSecond").GetDouble(), "/s per core");
        figures.Add("node-nlp: memory of the process", measured.GetProperty("bytes").GetDouble() / MiB, "MiB");
    }

    private static async Task<string?> Output(string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // there is no such program
        }
    }

    private const string Script = """
        const { NlpManager } = require('node-nlp');
        const examples = require('./examples.json');
        (async () => {
          const manager = new NlpManager({ languages: ['en'], forceNER: false, nlu: { log: false }, autoSave: false });
          for (const { Intent, Text } of examples) manager.addDocument('en', Text, Intent);
          let started = process.hrtime.bigint();
          await manager.train();
          const trainSeconds = Number(process.hrtime.bigint() - started) / 1e9;
          for (let i = 0; i < 200; i++) await manager.process('en', examples[i % examples.length].Text);
          started = process.hrtime.bigint();
          const cpu = process.cpuUsage();
          let count = 0;
          const span = BigInt(process.argv[2]) * 1000000n;
          while (process.hrtime.bigint() - started < span) await manager.process('en', examples[count++ % examples.length].Text);
          const used = process.cpuUsage(cpu);
          const seconds = (used.user + used.system) / 1e6;
          console.log(JSON.stringify({ trainSeconds, perSecond: count / seconds, bytes: process.memoryUsage().rss }));
        })();
        """;

    private sealed class Unwatched : IDeltaPublisher
    {
        public Task Publish(ReplyDelta delta, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task Publish(ReplyReset reset, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
