using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assistify.Load.Bench;

/// <summary>
/// A language model that streams a few words at a time in the format of Chat Completions, and knows to the tick when its first ones left. In the
/// process of whoever measures, so that both read one clock.
/// </summary>
internal sealed class WordByWordProvider : IAsyncDisposable
{
    private static readonly string[] s_pieces = ["With ", "pleasure, ", "tell me ", "a little more ", "about what ", "you have ", "in mind, ", "so that ", "we find it ", "together."];
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(40);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, long> _firstWords = new(StringComparer.Ordinal);

    private WordByWordProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>When the first words of the answer to the question with this mark left, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long? FirstWordsTo(string mark) => _firstWords.TryGetValue(mark, out var at) ? at : null;

    /// <param name="marks">What the questions are known by: a part of each.</param>
    public static async Task<WordByWordProvider> Start(IReadOnlyCollection<string> marks)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new WordByWordProvider(builder.Build());
        provider._app.MapPost("/v1/chat/completions", context => provider.Answer(context, marks));
        await provider._app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Answer(HttpContext context, IReadOnlyCollection<string> marks)
    {
        using var request = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var asked = request.RootElement.GetProperty("messages").EnumerateArray().Last().GetRawText();
        context.Response.ContentType = "text/event-stream";
        await Write(context, new { role = "assistant", content = "" }, null);
        foreach (var piece in s_pieces)
        {
            await Task.Delay(s_between, context.RequestAborted);
            if (piece == s_pieces[0] && marks.FirstOrDefault(mark => asked.Contains(mark, StringComparison.Ordinal)) is { } mark) _firstWords.TryAdd(mark, Stopwatch.GetTimestamp());
            await Write(context, new { content = piece }, null);
        }
        await Write(context, new { }, "stop");
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static async Task Write(HttpContext context, object delta, string? finish)
    {
        var chunk = JsonSerializer.Serialize(new { id = "chatcmpl-1", @object = "chat.completion.chunk", model = "words", choices = new[] { new { index = 0, delta, finish_reason = finish } } });
        await context.Response.WriteAsync($"data: {chunk}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
