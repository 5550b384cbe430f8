using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Assistify.ChatService.Media;

/// <summary>What became of it; the partition is the conversation's.</summary>
internal sealed record TakenMedia(Guid ConversationId, int Partition, string Kind, string ContentType, long Size);

/// <summary>
/// Takes the content of an attachment that ChannelService fetched from a provider. The message is told afterwards, in its partition.
/// </summary>
internal static class TakeMedia
{
    public static void MapTakeMedia(this IEndpointRouteBuilder app) =>
        app.MapPost("/internal/media/{messageId:guid}/{attachmentId:guid}", Handle)
            .ForOurServices()
            .WithMetadata(new RequestSizeLimitAttribute(MediaEndpoints.LargestFile));

    private static async Task<Results<Ok<TakenMedia>, Problem>> Handle(
        Guid messageId, Guid attachmentId, Guid workspaceId, string sha256, HttpRequest request, MediaIntake intake, StoredMedia media,
        NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (await FindMessage(database, messageId, workspaceId, cancellationToken) is not { } message
            || message.Attachments.FirstOrDefault(candidate => candidate.Id == attachmentId) is not { } attachment)
        {
            return Problem.NotFound();
        }

        if (await media.Find(attachmentId, cancellationToken) is { } known)
        {
            if (known.WorkspaceId != workspaceId || known.CustomerId != message.CustomerId) return Problem.Conflict("Another message has this attachment.");
            return TypedResults.Ok(new TakenMedia(message.ConversationId, message.Partition, known.Kind, known.ContentType, known.Size));
        }

        var facts = await intake.Take(
            request.Body, sha256,
            taken => new MediaFacts(
                attachmentId, workspaceId, message.CustomerId, taken.Sha256, KindOf(attachment, taken.Kind), taken.ContentType, attachment.FileName, taken.Size),
            cancellationToken);
        return facts is null
            ? Problem.Invalid("sha256", "The content is not what was announced, or its customer is gone.")
            : TypedResults.Ok(new TakenMedia(message.ConversationId, message.Partition, facts.Kind, facts.ContentType, facts.Size));
    }

    // The content decides what it is; of what is the same to it, the channel knows more.
    private static string KindOf(Attachment attachment, string seen) => (attachment.Kind, seen) switch
    {
        ("sticker", "image" or "video") or ("document", "file") => attachment.Kind,
        _ => seen,
    };

    private static async Task<Message?> FindMessage(NpgsqlDataSource database, Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select c.id, c.partition, c.customer_id, m.attachments::text from messages m join conversations c on c.id = m.conversation_id
            where m.id = $1 and m.workspace_id = $2
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Message(reader.GetGuid(0), reader.GetInt32(1), reader.GetGuid(2), StoredJson.ReadList<Attachment>(reader.IsDBNull(3) ? null : reader.GetString(3)))
            : null;
    }

    private sealed record Message(Guid ConversationId, int Partition, Guid CustomerId, IReadOnlyList<Attachment> Attachments);
}
