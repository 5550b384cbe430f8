using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Assistify.Gateway.Access;

/// <summary>
/// A body without a declared length, counted while it passes. The server's own limit counts the chunks' framing too and would refuse
/// what is allowed.
/// </summary>
internal sealed class BoundedBody(Stream inner, long limit) : Stream
{
    // Whoever is still sending does not listen yet: read on a little, or the connection's end hides the answer.
    private const long ReadOn = 64 * 1024 * 1024;
    private static readonly TimeSpan s_readOnFor = TimeSpan.FromSeconds(5);

    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>For a request whose body, if it has one, comes in chunks.</summary>
    public static void Apply(HttpContext context, long limit)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } size) return;
        size.MaxRequestBodySize = limit + ReadOn;
        context.Request.Body = new BoundedBody(context.Request.Body, limit);
    }

    /// <summary>413, heard by a caller that sends everything before it listens.</summary>
    public static async Task Refuse(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        await Problems.Write(context, StatusCodes.Status413PayloadTooLarge, "The body is larger than this address takes.");
        await context.Response.Body.FlushAsync(context.RequestAborted);
        // A caller that asked first (Expect: 100-continue) has its answer and sends nothing.
        if (context.Request.Headers.Expect.Count > 0) return;

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(s_readOnFor);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var body = context.Request.Body is BoundedBody bounded ? bounded.Inner : context.Request.Body;
            for (long read = 0, count; read < ReadOn; read += count)
            {
                count = await body.ReadAsync(buffer, deadline.Token);
                if (count == 0) break;
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or BadHttpRequestException or InvalidOperationException)
        {
            // The caller hung up, or goes on for too long.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        _read += count;
        return _read <= limit ? count : throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private Stream Inner => inner;
}
