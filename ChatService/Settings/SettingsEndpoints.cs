using System.Security.Claims;
using System.Text.Json;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Settings;

/// <summary>What is absent stays; null takes <c>burstWaitMs</c>, <c>businessHours</c>, <c>targets</c>, <c>preChat</c>, <c>holidays</c> and <c>enquiryTemplate</c> back.</summary>
internal sealed record ChangeSettingsRequest(
    string? Name,
    string? TimeZone,
    string? Locale,
    string? Tone,
    bool? ReopenClosed,
    IReadOnlyList<string?>? AllowedOrigins,
    JsonElement BurstWaitMs = default,
    JsonElement BusinessHours = default,
    JsonElement Targets = default,
    JsonElement PreChat = default,
    JsonElement Holidays = default,
    JsonElement EnquiryTemplate = default);

/// <summary><c>/api/settings</c> of the caller's workspace.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var settings = app.MapGroup("/api/settings").RequireAuthorization(Policies.Admin);
        settings.MapGet("/", Get).WithName("GetSettings").WithSummary("The workspace's settings");
        settings.MapPatch("/", Change).WithName("ChangeSettings").WithSummary("Change some of the workspace's settings");
    }

    private static async Task<IResult> Get(ClaimsPrincipal user, WorkspaceSettingsStore store, CancellationToken cancellationToken) =>
        await store.Find(user.WorkspaceId(), cancellationToken) is { } settings ? TypedResults.Ok(settings) : Problem.NotFound();

    private static async Task<IResult> Change(
        ChangeSettingsRequest request, ClaimsPrincipal user, WorkspaceSettingsStore store, WorkspaceDirectory workspaces, AuditLog audit,
        CancellationToken cancellationToken)
    {
        if (await store.Find(user.WorkspaceId(), cancellationToken) is not { } before) return Problem.NotFound();

        var invalid = new Invalid();
        var changed = before with
        {
            Name = SettingsInput.Text(invalid, "name", request.Name, 100) ?? before.Name,
            TimeZone = SettingsInput.TimeZone(invalid, request.TimeZone) ?? before.TimeZone,
            Locale = SettingsInput.Locale(invalid, request.Locale) ?? before.Locale,
            Tone = SettingsInput.Text(invalid, "tone", request.Tone, 200) ?? before.Tone,
            ReopenClosed = request.ReopenClosed ?? before.ReopenClosed,
            AllowedOrigins = SettingsInput.Origins(invalid, request.AllowedOrigins) ?? before.AllowedOrigins,
            BurstWaitMs = request.BurstWaitMs.ValueKind == JsonValueKind.Undefined ? before.BurstWaitMs : SettingsInput.BurstWait(invalid, request.BurstWaitMs),
            BusinessHours = request.BusinessHours.ValueKind == JsonValueKind.Undefined
                ? before.BusinessHours
                : SettingsInput.BusinessHours(invalid, request.BusinessHours),
            Targets = request.Targets.ValueKind == JsonValueKind.Undefined ? before.Targets : SettingsInput.Targets(invalid, request.Targets),
            PreChat = request.PreChat.ValueKind == JsonValueKind.Undefined ? before.PreChat : SettingsInput.PreChat(invalid, request.PreChat),
            Holidays = request.Holidays.ValueKind == JsonValueKind.Undefined ? before.Holidays : SettingsInput.Holidays(invalid, request.Holidays),
            EnquiryTemplate = request.EnquiryTemplate.ValueKind == JsonValueKind.Undefined
                ? before.EnquiryTemplate
                : SettingsInput.EnquiryTemplate(invalid, request.EnquiryTemplate),
        };
        if (invalid.Any) return invalid.AsProblem();

        await store.Save(user.WorkspaceId(), changed, cancellationToken);
        workspaces.Forget();
        await audit.Add(user, "settings.changed", user.WorkspaceId(), null, cancellationToken);
        return TypedResults.Ok(changed);
    }
}
