using System.Text.Json;
using Assistify.ChatService.ResponseTargets;
using Assistify.ChatService.Rules;
using Assistify.ChatService.Settings;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChatService;

/// <summary>The few facts about workspaces that every batch and every session needs, kept for half a minute.</summary>
internal sealed class WorkspaceDirectory(NpgsqlDataSource database, RuleStore rules, TimeProvider time)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(30);

    private volatile Snapshot _snapshot = new([], [], Array.Empty<Rule>().ToLookup(static rule => rule.Id), DateTimeOffset.MinValue);
    private long _changedAt;

    /// <summary>Call before reading; costs a query when what is known has aged.</summary>
    public async ValueTask Refresh(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_snapshot.ReadAt.UtcTicks > Volatile.Read(ref _changedAt) && now - _snapshot.ReadAt < s_fresh) return;

        var byId = new Dictionary<Guid, WorkspaceFacts>();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AssistantRules.SelectFlags));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            select id, key, allowed_origins, reopen_closed, identify_generation, web_burst_wait_ms, targets::text, time_zone, business_hours::text, tone,
                pre_chat::text, holidays::text, locale, enquiry_template::text,
                exists (select from customers u where u.workspace_id = w.id and u.supplier_since is not null)
            from workspaces w
            """));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var flags = await AssistantRules.ReadFlags(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            IReadOnlyList<Holiday> holidays = [.. SpecialDay.Read(reader.IsDBNull(11) ? null : reader.GetString(11)).Select(static day => day.AsHoliday())];
            var hours = Hours(reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(8), holidays);
            var facts = new WorkspaceFacts(
                reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetBoolean(3), reader.GetInt32(4),
                reader.IsDBNull(5) ? null : TimeSpan.FromMilliseconds(reader.GetInt32(5)),
                reader.IsDBNull(6) ? null : new TargetClock(JsonSerializer.Deserialize<Targets>(reader.GetString(6), Json.Options)!, hours),
                new AssistantRules(
                    reader.GetString(9), reader.IsDBNull(8) ? null : OpeningTime.Staffed(reader.GetString(8)), holidays, [.. flags[reader.GetGuid(0)]]),
                reader.IsDBNull(10) ? null : JsonSerializer.Deserialize<PreChat>(reader.GetString(10), Json.Options),
                reader.GetString(12), reader.IsDBNull(13) ? null : JsonSerializer.Deserialize<EnquiryTemplate>(reader.GetString(13), Json.Options), hours,
                reader.GetBoolean(14));
            byId[facts.Id] = facts;
        }

        _snapshot = new Snapshot(
            byId, byId.Values.ToDictionary(static facts => facts.Key, StringComparer.Ordinal), await rules.Enabled(cancellationToken), now);
    }

    /// <summary>
    /// Something was changed here: the next one who refreshes reads it, also where somebody is just reading what was before. Other replicas know
    /// within half a minute.
    /// </summary>
    public void Forget() => Volatile.Write(ref _changedAt, time.GetUtcNow().UtcTicks);

    public bool ReopensClosed(Guid workspaceId) => _snapshot.ById.TryGetValue(workspaceId, out var facts) && facts.ReopensClosed;

    public WorkspaceFacts? Find(Guid workspaceId) => _snapshot.ById.GetValueOrDefault(workspaceId);

    /// <summary>The workspace's rules that are on, in the order in which they are carried out.</summary>
    public IEnumerable<Rule> RulesOf(Guid workspaceId) => _snapshot.Rules[workspaceId];

    public WorkspaceFacts? Find(string key) => _snapshot.ByKey.GetValueOrDefault(key);

    private static OpenHours Hours(string timeZone, string? hours, IReadOnlyList<Holiday> holidays) =>
        new(timeZone, hours is null ? null : JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<OpeningTime>>>(hours, Json.Options), holidays);

    private sealed record Snapshot(
        Dictionary<Guid, WorkspaceFacts> ById, Dictionary<string, WorkspaceFacts> ByKey, ILookup<Guid, Rule> Rules, DateTimeOffset ReadAt);
}

/// <param name="Targets">Null where nothing is promised.</param>
/// <param name="Assistant">What the assistant is told of the admins' decisions.</param>
internal sealed record WorkspaceFacts(
    Guid Id, string Key, string[] AllowedOrigins, bool ReopensClosed, int IdentifyGeneration, TimeSpan? WebBurstWait, TargetClock? Targets = null,
    AssistantRules? Assistant = null, PreChat? PreChat = null, string? Locale = null, EnquiryTemplate? EnquiryTemplate = null,
    OpenHours? Hours = null, bool HasSuppliers = false);
