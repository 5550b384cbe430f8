using System.Globalization;
using System.Text.Json;
using Assistify.ChatService.ResponseTargets;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Settings;

/// <summary>What a workspace's admins decide.</summary>
/// <param name="WorkspaceKey">Names the workspace where chats are opened on web pages; fixed.</param>
/// <param name="BurstWaitMs">How long a customer on the web may go on writing before the assistant answers.</param>
/// <param name="BusinessHours">By day, in the workspace's time zone; null means always open, a day without times closed.</param>
/// <param name="Targets">How soon people answer; null where nothing is promised.</param>
/// <param name="PreChat">What visitors of web pages are asked first; null where that is nothing.</param>
/// <param name="Holidays">Days with hours of their own, by date; null where there are none.</param>
/// <param name="EnquiryTemplate">What asks a supplier who cannot be written to freely; null where nothing does.</param>
internal sealed record WorkspaceSettings(
    string WorkspaceKey,
    string Name,
    string TimeZone,
    string Locale,
    string Tone,
    bool ReopenClosed,
    IReadOnlyList<string> AllowedOrigins,
    int? BurstWaitMs,
    IReadOnlyDictionary<string, IReadOnlyList<OpeningTime>>? BusinessHours,
    Targets? Targets = null,
    PreChat? PreChat = null,
    IReadOnlyList<SpecialDay>? Holidays = null,
    EnquiryTemplate? EnquiryTemplate = null);

/// <summary>A template of two places, the product and the customer's question, that the channel's provider approved.</summary>
/// <param name="Name">At Meta the template's name, at Twilio the content's id.</param>
internal sealed record EnquiryTemplate(string Name, string? Language = null);

/// <param name="From"><c>09:00</c>.</param>
/// <param name="To"><c>17:30</c>, or <c>24:00</c>.</param>
internal sealed record OpeningTime(string From, string To)
{
    /// <summary>All times of a week, from the stored settings.</summary>
    public static IReadOnlyList<StaffedTime> Staffed(string businessHours) =>
    [
        .. JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<OpeningTime>>>(businessHours, Json.Options)!.SelectMany(day =>
            day.Value.Select(time => new StaffedTime(Enum.Parse<DayOfWeek>(day.Key, ignoreCase: true), Clock(time.From)!.Value, Clock(time.To)!.Value))),
    ];

    /// <summary>Null where it is no time of a day.</summary>
    public static TimeSpan? Clock(string? text) => text switch
    {
        "24:00" => TimeSpan.FromHours(24),
        _ => TimeSpan.TryParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture, out var time) ? time : null,
    };
}

/// <summary>The settings' columns of the table <c>workspaces</c>.</summary>
internal sealed class WorkspaceSettingsStore(NpgsqlDataSource database)
{
    public async Task<WorkspaceSettings?> Find(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select key, name, time_zone, locale, tone, reopen_closed, allowed_origins, web_burst_wait_ms, business_hours::text, targets::text,
                pre_chat::text, holidays::text, enquiry_template::text
            from workspaces where id = $1
            """);
        command.Parameters.AddWithValue(workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return new WorkspaceSettings(
            reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetBoolean(5),
            reader.GetFieldValue<string[]>(6), reader.IsDBNull(7) ? null : reader.GetInt32(7),
            reader.IsDBNull(8) ? null : JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<OpeningTime>>>(reader.GetString(8), Json.Options),
            reader.IsDBNull(9) ? null : JsonSerializer.Deserialize<Targets>(reader.GetString(9), Json.Options),
            reader.IsDBNull(10) ? null : JsonSerializer.Deserialize<PreChat>(reader.GetString(10), Json.Options),
            reader.IsDBNull(11) ? null : SpecialDay.Read(reader.GetString(11)),
            reader.IsDBNull(12) ? null : JsonSerializer.Deserialize<EnquiryTemplate>(reader.GetString(12), Json.Options));
    }

    public async Task Save(Guid workspaceId, WorkspaceSettings settings, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update workspaces set name = $2, time_zone = $3, locale = $4, tone = $5, reopen_closed = $6, allowed_origins = $7, web_burst_wait_ms = $8,
                business_hours = $9, targets = $10, pre_chat = $11, holidays = $12, enquiry_template = $13
            where id = $1
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(settings.Name);
        command.Parameters.AddWithValue(settings.TimeZone);
        command.Parameters.AddWithValue(settings.Locale);
        command.Parameters.AddWithValue(settings.Tone);
        command.Parameters.AddWithValue(settings.ReopenClosed);
        command.Parameters.AddWithValue(settings.AllowedOrigins.ToArray());
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)settings.BurstWaitMs ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(AsJson(settings.BusinessHours));
        command.Parameters.Add(AsJson(settings.Targets));
        command.Parameters.Add(AsJson(settings.PreChat));
        command.Parameters.Add(AsJson(settings.Holidays));
        command.Parameters.Add(AsJson(settings.EnquiryTemplate));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter AsJson<T>(T? value) where T : class =>
        new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, Json.Options), NpgsqlDbType = NpgsqlDbType.Json };
}
