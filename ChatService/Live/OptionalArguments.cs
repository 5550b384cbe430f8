using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Assistify.ChatService.Live;

/// <summary>
/// SignalR's JSON protocol with optional arguments: <c>Subscribe(id)</c> and <c>SubscribeInbox()</c> are calls that SignalR by
/// itself refuses for their number of arguments.
/// </summary>
internal sealed class OptionalArguments(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private const byte RecordEnd = 0x1E;
    private const int Invocation = 1;

    private readonly JsonHubProtocol _json = new(options);

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (input.PositionOf(RecordEnd) is not { } end || Completed(input.Slice(0, end), binder) is not { } completed)
            return _json.TryParseMessage(ref input, binder, out message);

        input = input.Slice(input.GetPosition(1, end));
        var record = new ReadOnlySequence<byte>(completed);
        return _json.TryParseMessage(ref record, binder, out message);
    }

    /// <returns>The record with null for each argument that was left out; null where none was, or where it cannot be read.</returns>
    private static byte[]? Completed(in ReadOnlySequence<byte> record, IInvocationBinder binder)
    {
        try
        {
            if (JsonNode.Parse(record.ToArray()) is not JsonObject call || (int?)call["type"] != Invocation
                || (string?)call["target"] is not { } target)
            {
                return null;
            }

            var missing = binder.GetParameterTypes(target).Count - ((call["arguments"] as JsonArray)?.Count ?? 0);
            if (missing <= 0) return null;
            if (call["arguments"] is not JsonArray arguments) call["arguments"] = arguments = [];
            for (; missing > 0; missing--) arguments.Add(null);
            return [.. JsonSerializer.SerializeToUtf8Bytes<JsonNode>(call), RecordEnd];
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException or ArgumentException or HubException)
        {
            return null;
        }
    }
}
