using System.Net;
using System.Net.Http.Json;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;

namespace Assistify.ChannelService.Media;

/// <summary>What ChatService made of a medium.</summary>
internal sealed record TakenMedia(Guid ConversationId, int Partition, string Kind, string ContentType, long Size);

/// <summary>Hands media over to ChatService's store.</summary>
internal sealed class MediaUpload(HttpClient http, InternalCalls calls, IConfiguration configuration)
{
    private readonly Replicas _replicas = new(configuration, "chat");

    /// <param name="sha256">Of the content, in lower-case hex.</param>
    /// <returns>Null where ChatService does not have the message, or not yet.</returns>
    /// <exception cref="HttpRequestException">No replica took it.</exception>
    public Task<TakenMedia?> Send(MediaJob job, Stream content, string sha256, CancellationToken cancellationToken)
    {
        var path = $"/internal/media/{job.MessageId}/{job.Attachment.Id}?workspaceId={job.WorkspaceId}&sha256={sha256}";
        return _replicas.Ask(
            async replica =>
            {
                content.Position = 0;
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(replica, path)) { Content = new StreamContent(new Unclosed(content)) };
                request.Headers.Add(InternalCalls.Header, calls.Sign($"POST {path}"));
                using var response = await http.SendAsync(request, cancellationToken);
                if (response.StatusCode == HttpStatusCode.NotFound) return null;
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadFromJsonAsync<TakenMedia>(Json.Options, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>A request closes its content, and the next replica needs it.</summary>
    private sealed class Unclosed(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => inner.Position = value; }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
