using System.Diagnostics;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Understanding.Entities;
using Assistify.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

public sealed class ThroughputTests
{
    private static readonly string[] s_questions =
    [
        "What are your opening hours on Sunday?", "do you have a blue vase under 50 euros?", "Do you ship to Cyprus?", "how do i retrun something",
        "είστε ανοιχτά την Κυριακή;", "which mugs do you have", "do you repair bicycles?", "thanks!",
    ];

    [Test, Explicit("Measures; run it alone on a quiet machine.")]
    public async Task Cost_of_a_request()
    {
        var shop = await Shop.Open();
        var published = new Published();
        var store = new ReplyStore(shop.Database, TimeProvider.System);
        var consumer = new ReplyRequestedConsumer(
            shop.Pipeline([new OfflineReplyWriter()]), store, shop.Memory(), new RunningReplies(), published, new AiMetrics(), TimeProvider.System,
            NullLogger<ReplyRequestedConsumer>.Instance);
        await Run(2_000);

        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await Run(8_000);
        process.Refresh();
        TestContext.Out.WriteLine(
            $"{8_000 / watch.Elapsed.TotalSeconds:0} requests/s, {(process.TotalProcessorTime - before).TotalMilliseconds / 8_000:0.000} ms CPU each (without broker, Postgres apart)");

        var reader = Stopwatch.StartNew();
        for (var i = 0; i < 20_000; i++) Shop.Reader.Read(Guid.Empty, Guid.Empty, s_questions[i % s_questions.Length], null);
        TestContext.Out.WriteLine($"{reader.Elapsed.TotalMicroseconds / 20_000:0.0} µs to understand a message");

        var context = new EntityContext(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
        reader.Restart();
        for (var i = 0; i < 20_000; i++) EntityReader.Read(s_questions[i % s_questions.Length], context);
        TestContext.Out.WriteLine($"{reader.Elapsed.TotalMicroseconds / 20_000:0.0} µs to read its days, amounts and addresses");

        async Task Run(int count)
        {
            using var slots = new SemaphoreSlim(128);
            var running = new List<Task>();
            for (var i = 0; i < count; i++)
            {
                await slots.WaitAsync();
                running.Add(One(Some.Question(s_questions[i % s_questions.Length])));
            }
            await Task.WhenAll(running);

            async Task One(ReplyRequested request)
            {
                await Task.Yield();
                await consumer.Handle(request, default);
                slots.Release();
            }
        }
    }
}
