using System.Text.Json;
using Assistify.Sandbox.Programs;

namespace Assistify.Sandbox.StandIns;

/// <summary>What a customer does, before the provider makes a webhook of it.</summary>
internal sealed record CustomerAct(string Sid, string From, InboundRequest Request, IReadOnlyList<MediaFile> Files, DateTimeOffset At)
{
    public string Text => Request.Button?.Text ?? Request.Text ?? "";

    public string Name => Request.ProfileName ?? "";

    public JsonElement? Part(string name) =>
        Request.Content is { ValueKind: JsonValueKind.Object } content && content.TryGetProperty(name, out var part) ? part : null;
}
