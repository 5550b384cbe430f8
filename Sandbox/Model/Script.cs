using System.Text.Json;

namespace Assistify.Sandbox.Model;

/// <summary>What the scripted language model answers, and when.</summary>
/// <param name="When">A part of the last thing the user said, in any case; null fits everything.</param>
/// <param name="AfterTool">True: only where a tool's result came last; false: only where it did not.</param>
/// <param name="Answers">One after the other; the last one goes on.</param>
internal sealed record Script(string? When, bool? AfterTool, IReadOnlyList<ScriptedAnswer>? Answers);

internal sealed record ScriptedAnswer
{
    public string? Text { get; init; }

    public IReadOnlyList<ScriptedTool> Tools { get; init; } = [];

    public string? Refusal { get; init; }

    /// <summary><c>end</c>, <c>length</c> or <c>filtered</c>; tools say so themselves.</summary>
    public string Stop { get; init; } = "end";

    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }
    public int CachedTokens { get; init; }

    /// <summary>Into how many pieces a stream cuts the text.</summary>
    public int Pieces { get; init; } = 4;

    public int FirstAfterMs { get; init; }
    public int BetweenMs { get; init; }

    /// <summary>The stream is flushed after so many bytes, in the middle of characters too; 0 flushes event by event.</summary>
    public int FlushBytes { get; init; }

    /// <summary>The connection is cut after so many bytes of the answer.</summary>
    public int? CutAfterBytes { get; init; }

    /// <summary>An error in place of an answer, or in the middle of a stream.</summary>
    public ScriptedError? Error { get; init; }

    /// <summary>Exactly this, whatever it is.</summary>
    public ScriptedRaw? Raw { get; init; }
}

/// <param name="Arguments">An object; or a text, which is handed on as it is, malformed too.</param>
internal sealed record ScriptedTool(string Name, JsonElement? Arguments, string? Id = null)
{
    public string ArgumentText => Arguments switch
    {
        null => "{}",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } content => content.GetRawText(),
    };
}

/// <param name="MidStream">After half of the text, when HTTP has said 200 already.</param>
internal sealed record ScriptedError(int Status, string? Type, string? Code, string? Message, int? RetryAfterSeconds = null, bool MidStream = false);

internal sealed record ScriptedRaw(int Status = 200, string? ContentType = null, string? Body = null);
