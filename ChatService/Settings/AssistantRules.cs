using Assistify.ChatService.FeatureFlags;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Settings;

/// <summary>What a workspace decided about its assistant. It goes along with every request for an answer, so that a change counts at once.</summary>
/// <param name="StaffedTimes">When people answer; null: always.</param>
/// <param name="Holidays">Days with hours of their own.</param>
/// <param name="Flags">The feature flags that name the assistant's behaviour.</param>
internal sealed record AssistantRules(
    string Tone, IReadOnlyList<StaffedTime>? StaffedTimes, IReadOnlyList<Holiday> Holidays, IReadOnlyList<FeatureFlag> Flags)
{
    public const string SelectFlags = "select workspace_id, name, enabled, percent, updated_at from feature_flags where starts_with(name, 'assistant.')";
    private const string Prefix = "assistant.";

    /// <summary>Reads what <see cref="SelectFlags"/> selects.</summary>
    public static async Task<ILookup<Guid, FeatureFlag>> ReadFlags(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var flags = new List<(Guid Workspace, FeatureFlag Flag)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            flags.Add((reader.GetGuid(0), new FeatureFlag(reader.GetString(1), reader.GetBoolean(2), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4))));
        }

        return flags.ToLookup(static row => row.Workspace, static row => row.Flag);
    }

    public BusinessSettings For(Guid conversationId) =>
        new(Tone, StaffedTimes, [.. Flags.Where(flag => !flag.IsOnFor(conversationId)).Select(static flag => flag.Name[Prefix.Length..])], Holidays is [] ? null : Holidays);
}
