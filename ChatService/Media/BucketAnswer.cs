using System.Buffers;
using System.Net;
using Amazon.S3.Model;

namespace Assistify.ChatService.Media;

/// <summary>Passes on what a bucket sends.</summary>
internal sealed class BucketAnswer(GetObjectResponse found, string contentType, TimeProvider time) : IResult
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(20);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var answer = found;
        var response = httpContext.Response;
        response.ContentType = contentType;
        response.ContentLength = answer.ContentLength;
        response.Headers.AcceptRanges = "bytes";
        if (answer.HttpStatusCode == HttpStatusCode.PartialContent)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = answer.ContentRange;
        }

        // A bucket that falls silent ends the answer; a slow reader may take his time.
        using var silence = new CancellationTokenSource(s_silence, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, httpContext.RequestAborted);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            while ((read = await answer.ResponseStream.ReadAsync(buffer, stop.Token)) > 0)
            {
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                await response.Body.WriteAsync(buffer.AsMemory(0, read), stop.Token);
                silence.CancelAfter(s_silence);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
