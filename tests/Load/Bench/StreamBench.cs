using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>How long after a provider's first words a visitor's page has them, through every service on the way.</summary>
internal static class StreamBench
{
    private const int Alone = 100;
    private const int AtOnce = 10;
    private const int WarmUp = 20;

    public static async Task<Figures> Run(BenchOptions options, CancellationToken cancellationToken)
    {
        // A question that was asked before would be answered from the cache.
        var marks = Enumerable.Range(1, WarmUp + Alone * 2).Select(number => string.Create(CultureInfo.InvariantCulture, $"idea-{number:D4}-")).ToList();
        await using var provider = await WordByWordProvider.Start(marks);
        var with = options.System().With(
            ("Ai__Providers__0__Kind", "openai-compatible"), ("Ai__Providers__0__ApiKey", "none"), ("Ai__Providers__0__BaseUrl", provider.Address), ("Ai__Providers__0__Model", "words"));
        await using var system = await TestedSystem.Start(with, cancellationToken);

        foreach (var mark in marks.Take(WarmUp)) await Ask(mark);
        var alone = new List<double>();
        foreach (var mark in marks.Skip(WarmUp).Take(Alone)) alone.Add(await Ask(mark));
        var together = new List<double>();
        foreach (var some in marks.Skip(WarmUp + Alone).Chunk(AtOnce)) together.AddRange(await Task.WhenAll(some.Select(Ask)));

        var figures = new Figures("stream");
        figures.AtMost("first words after the provider's, p50", alone.At(0.5), "ms", 30);
        figures.Add("first words after the provider's, p99", alone.At(0.99), "ms");
        figures.AtMost($"first words, {AtOnce} answers at once, p50", together.At(0.5), "ms", 30);
        figures.Add($"first words, {AtOnce} answers at once, p99", together.At(0.99), "ms");
        return figures;

        async Task<double> Ask(string mark)
        {
            var token = (await (await system.Http.PostAsJsonAsync("/api/chat/sessions", new { }, cancellationToken)).Content.ReadFromJsonAsync<Session>(cancellationToken))!.Token;
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages/process_message")
            {
                Content = JsonContent.Create(new { text = $"I would like to hear something about {mark}please" }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
            using var response = await system.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            long? shown = null;
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line == "event: reply.delta") shown ??= Stopwatch.GetTimestamp();
            }
            return shown is { } at && provider.FirstWordsTo(mark) is { } left
                ? Stopwatch.GetElapsedTime(left, at).TotalMilliseconds
                : throw new InvalidOperationException($"The answer to '{mark}' was not streamed from the provider.");
        }
    }

    private sealed record Session(string Token);
}
