using System.Text.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Vision;

/// <summary>What was seen in pictures: the table <c>picture_facts</c>. An answer that is begun again and the next question look at nothing twice.</summary>
internal sealed class PictureFactsStore(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<IReadOnlyDictionary<Guid, (PictureFacts Facts, string Model)>> Find(Guid workspaceId, Guid[] media, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT media_id, facts::text, model FROM picture_facts WHERE workspace_id = $1 AND media_id = ANY($2)");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(media);
        var found = new Dictionary<Guid, (PictureFacts, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found[reader.GetGuid(0)] = (JsonSerializer.Deserialize<PictureFacts>(reader.GetString(1), Json.Options)!, reader.GetString(2));
        return found;
    }

    public async Task Keep(Guid media, ReplyRequested request, PictureFacts facts, string model, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO picture_facts (workspace_id, media_id, customer_id, facts, model, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
            """);
        command.Parameters.AddWithValue(request.WorkspaceId);
        command.Parameters.AddWithValue(media);
        command.Parameters.AddWithValue(request.CustomerId);
        command.Parameters.AddWithValue(NpgsqlDbType.Json, JsonSerializer.Serialize(facts, Json.Options));
        command.Parameters.AddWithValue(model);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
