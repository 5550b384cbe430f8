using System.Security.Claims;
using Assistify.ChatService.CannedAnswers;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Settings;
using Assistify.ChatService.Teams;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Macros;

internal sealed record MacroRequest(
    string? Name, string? Text, bool Private, IReadOnlyList<string?>? Labels, bool AssignToMe, Guid? TeamId, bool Closes);

internal sealed record MacroList(IReadOnlyList<Macro> Items);

/// <summary><c>/api/macros</c> of the caller's workspace: admins write them, everybody who answers uses them.</summary>
internal static class MacroEndpoints
{
    private const int MostMacros = 200;
    private const int MostLabels = 10;
    private const int LongestLabel = 64;
    private const int LongestName = 60;

    public static void MapMacros(this IEndpointRouteBuilder app)
    {
        var macros = app.MapGroup("/api/macros");
        macros.MapGet("/", List).RequireAuthorization(Policies.Agent).WithName("ListMacros").WithSummary("What operators do by one choice");
        macros.MapPost("/", Add).RequireAuthorization(Policies.Admin).WithName("AddMacro").WithSummary("Put several actions under one name");
        macros.MapPut("/{id:guid}", Change).RequireAuthorization(Policies.Admin).WithName("ChangeMacro").WithSummary("Change such a list of actions");
        macros.MapDelete("/{id:guid}", Remove).RequireAuthorization(Policies.Admin).WithName("RemoveMacro").WithSummary("Remove such a list of actions");
    }

    private static async Task<IResult> List(ClaimsPrincipal user, MacroStore macros, CancellationToken cancellationToken) =>
        TypedResults.Ok(new MacroList(await macros.List(user.WorkspaceId(), cancellationToken)));

    private static async Task<IResult> Add(
        MacroRequest request, ClaimsPrincipal user, MacroStore macros, TeamStore teams, AuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (macro, problem) = await Read(Guid.CreateVersion7(now), request, user, teams, cancellationToken);
        if (problem is not null) return problem;
        var saving = await macros.Add(user.WorkspaceId(), macro, MostMacros, now, cancellationToken);
        if (saving != Saving.Done) return Refused(saving);
        await audit.Add(user, "macro.added", macro.Id, null, cancellationToken);
        return TypedResults.Created($"/api/macros/{macro.Id}", macro);
    }

    private static async Task<IResult> Change(
        Guid id, MacroRequest request, ClaimsPrincipal user, MacroStore macros, TeamStore teams, AuditLog audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (macro, problem) = await Read(id, request, user, teams, cancellationToken);
        if (problem is not null) return problem;
        var saving = await macros.Change(user.WorkspaceId(), macro, time.GetUtcNow(), cancellationToken);
        if (saving != Saving.Done) return Refused(saving);
        await audit.Add(user, "macro.changed", id, null, cancellationToken);
        return TypedResults.Ok(macro);
    }

    private static async Task<IResult> Remove(Guid id, ClaimsPrincipal user, MacroStore macros, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!await macros.Remove(user.WorkspaceId(), id, cancellationToken)) return Problem.NotFound();
        await audit.Add(user, "macro.removed", id, null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<(Macro Macro, Problem? Problem)> Read(
        Guid id, MacroRequest request, ClaimsPrincipal user, TeamStore teams, CancellationToken cancellationToken)
    {
        var invalid = new Invalid();
        var name = SettingsInput.Text(invalid, "name", request.Name ?? "", LongestName);
        var text = string.IsNullOrWhiteSpace(request.Text) ? null : StorableText.From(request.Text.Trim());
        CannedText.Check(invalid, text);
        if (request.Labels is { } labels
            && (labels.Count > MostLabels || labels.Any(label => string.IsNullOrWhiteSpace(label) || label.Length > LongestLabel || label.Any(char.IsControl))))
        {
            invalid.Add("labels", $"At most {MostLabels}, each 1 to {LongestLabel} characters, none of them control characters.");
        }

        if (request.TeamId is { } teamId && !await teams.Exists(user.WorkspaceId(), teamId, cancellationToken)) invalid.Add("teamId", "There is no such team.");
        if (request.AssignToMe && request.TeamId is not null) invalid.Add("teamId", "It goes to a team or to whoever chooses the macro.");
        var macro = new Macro(
            id, StorableText.From(name ?? ""), text, request.Private,
            [.. (request.Labels ?? []).OfType<string>().Select(label => StorableText.From(label.Trim())).Distinct()],
            request.AssignToMe, request.TeamId, request.Closes);
        if (macro is { Text: null, Labels.Count: 0, AssignToMe: false, TeamId: null, Closes: false }) invalid.Add("name", "A macro does something: a text, labels, somebody who gets it, or the end.");
        return (macro, invalid.Any ? invalid.AsProblem() : null);
    }

    private static Problem Refused(Saving saving) => saving switch
    {
        Saving.NotFound => Problem.NotFound(),
        Saving.Taken => Problem.Conflict("Another macro has this name."),
        _ => Problem.Conflict($"A workspace has at most {MostMacros} macros."),
    };
}
