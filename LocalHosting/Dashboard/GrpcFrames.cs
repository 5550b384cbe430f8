using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Assistify.LocalHosting.Dashboard;

/// <summary>gRPC's framing over HTTP/2: a flag byte, the length in four bytes, the message; the outcome in a trailer.</summary>
internal static class GrpcFrames
{
    public const int Unauthenticated = 16;
    public const int NotFound = 5;
    private const int MaxMessage = 1024 * 1024;

    public static async Task<T> Read<T>(HttpContext context, MessageParser<T> parser) where T : IMessage<T>
    {
        var header = new byte[5];
        await context.Request.Body.ReadExactlyAsync(header, context.RequestAborted);
        var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1));
        if (header[0] != 0 || length is < 0 or > MaxMessage) throw new InvalidDataException("A compressed or oversized message.");

        var payload = new byte[length];
        await context.Request.Body.ReadExactlyAsync(payload, context.RequestAborted);
        return parser.ParseFrom(payload);
    }

    public static void Begin(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.StatusCode = StatusCodes.Status200OK;
    }

    public static async Task Write(HttpContext context, IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[5 + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(5));
        await context.Response.Body.WriteAsync(frame, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    public static void End(HttpContext context, int status = 0) => context.Response.AppendTrailer("grpc-status", $"{status}");
}
