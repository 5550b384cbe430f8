using System.Text;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Model;

/// <summary>A language model's API: the scripts answer in its wire format.</summary>
internal abstract class ModelProvider(StandInTools tools, ModelScripts scripts) : Provider(tools, new Faults())
{
    public override IReadOnlyList<string> Secrets => [];

    protected abstract Answer Error(ScriptedError error);

    /// <summary>An event of a stream that says what went wrong.</summary>
    protected abstract string ErrorEvent(ScriptedError error);

    protected static string NewId(string prefix) => prefix + MadeUp.Letters(24);

    /// <summary>Asks the scripts; errors, raw content and the rhythm are alike everywhere.</summary>
    /// <param name="whole">The answer as one body.</param>
    /// <param name="events">The answer as events of a stream; the ones before the index that comes with them are sent before an error in the middle.</param>
    protected Answer Play(
        JsonObject request, string lastUserText, bool afterTool, Func<ScriptedAnswer, JsonObject> whole, Func<ScriptedAnswer, (List<string> Events, int Middle)> events)
    {
        var stream = request["stream"] is JsonValue flag && flag.TryGetValue<bool>(out var asked) && asked;
        var scripted = scripts.Answer(new ModelCall(Time.GetUtcNow(), Channel, request.Text("model") ?? "", stream, lastUserText, request.DeepClone()), afterTool);
        if (scripted.Raw is { } raw) return Paced(scripted, [Encoding.UTF8.GetBytes(raw.Body ?? "")], raw.Status, raw.ContentType ?? "application/json");
        if (scripted.Error is { } error && !(error.MidStream && stream)) return Error(error);
        if (!stream)
        {
            var body = Answer.Json(200, whole(scripted));
            return scripted is { FirstAfterMs: 0, CutAfterBytes: null } ? body : Paced(scripted, [body.Body], 200, body.ContentType!);
        }

        var (list, middle) = events(scripted);
        if (scripted.Error is { } late) list = [.. list.Take(middle), ErrorEvent(late)];
        return Paced(scripted, [.. list.Select(Encoding.UTF8.GetBytes)], 200, "text/event-stream; charset=utf-8");
    }

    protected static Usage UsageOf(ScriptedAnswer scripted, JsonObject request) => new(
        scripted.InputTokens ?? Math.Max(1, request.ToJsonString().Length / 4),
        scripted.OutputTokens ?? Math.Max(1, ((scripted.Text ?? scripted.Refusal ?? "").Length + scripted.Tools.Sum(tool => tool.ArgumentText.Length)) / 4),
        scripted.CachedTokens);

    /// <summary>Cuts text into pieces of about the same length, never inside a character.</summary>
    protected static IReadOnlyList<string> Pieces(string text, int count)
    {
        var characters = System.Globalization.StringInfo.ParseCombiningCharacters(text);
        var pieces = new List<string>();
        var size = Math.Max(1, (int)Math.Ceiling(characters.Length / (double)Math.Clamp(count, 1, 1000)));
        for (var i = 0; i < characters.Length; i += size)
        {
            var end = i + size < characters.Length ? characters[i + size] : text.Length;
            pieces.Add(text[characters[i]..end]);
        }

        return pieces;
    }

    private Answer Paced(ScriptedAnswer scripted, IReadOnlyList<byte[]> chunks, int status, string contentType)
    {
        var body = chunks.SelectMany(chunk => chunk).ToArray();
        if (scripted.FlushBytes > 0) chunks = [.. body.Chunk(scripted.FlushBytes)];
        return new Answer(status, body, contentType) { Stream = (context, cancellationToken) => Write(context, scripted, chunks, cancellationToken) };
    }

    private async Task Write(HttpContext context, ScriptedAnswer scripted, IReadOnlyList<byte[]> chunks, CancellationToken cancellationToken)
    {
        var left = scripted.CutAfterBytes ?? int.MaxValue;
        if (scripted.FirstAfterMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(scripted.FirstAfterMs), Time, cancellationToken);
        for (var i = 0; i < chunks.Count; i++)
        {
            if (i > 0 && scripted.BetweenMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(scripted.BetweenMs), Time, cancellationToken);
            var part = chunks[i].AsMemory(0, Math.Min(left, chunks[i].Length));
            await context.Response.Body.WriteAsync(part, cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            left -= part.Length;
            if (left > 0) continue;

            context.Abort();
            return;
        }
    }

    internal sealed record Usage(int Input, int Output, int Cached);
}
