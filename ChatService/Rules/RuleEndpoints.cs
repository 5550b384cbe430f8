using System.Security.Claims;
using Assistify.ChatService.CannedAnswers;
using Assistify.ChatService.Operators;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Settings;
using Assistify.ChatService.Teams;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Rules;

internal sealed record RuleRequest(string? Name, bool? Enabled, string? When, RuleConditionsRequest? If, RuleActionsRequest? Then);

internal sealed record RuleConditionsRequest(IReadOnlyList<string?>? Channels, IReadOnlyList<string?>? Words, string? Label);

internal sealed record RuleActionsRequest(
    IReadOnlyList<string?>? Labels, Guid? TeamId, string? Note, bool Closes, string? Reply = null, bool HandsOver = false, Guid? AssigneeId = null);

internal sealed record RuleList(IReadOnlyList<Rule> Items);

/// <param name="Looked">How many events of that kind the latest conversations have.</param>
/// <param name="Matched">For how many of them it would have done something.</param>
/// <param name="Items">The latest of these.</param>
internal sealed record DryRun(int Looked, int Matched, IReadOnlyList<PastEvent> Items);

/// <summary><c>/api/rules</c> of the caller's workspace, for admins; a rule can be tried on what happened before it is switched on.</summary>
internal static class RuleEndpoints
{
    private const int MostRules = 100;
    private const int MostEntries = 20;
    private const int LongestEntry = 64;
    private const int LongestName = 60;
    private const int LongestNote = 500;
    private const int DryRunConversations = 200;
    private const int DryRunItems = 50;
    private static readonly string[] s_when = [Rule.CustomerMessage, Rule.HandedOver, Rule.Closed];

    public static void MapRules(this IEndpointRouteBuilder app)
    {
        var rules = app.MapGroup("/api/rules").RequireAuthorization(Policies.Admin);
        rules.MapGet("/", List).WithName("ListRules").WithSummary("What is done by itself when something happens");
        rules.MapPost("/", Add).WithName("AddRule").WithSummary("Add a rule");
        rules.MapPut("/{id:guid}", Change).WithName("ChangeRule").WithSummary("Change a rule, or switch it on or off");
        rules.MapDelete("/{id:guid}", Remove).WithName("RemoveRule").WithSummary("Remove a rule");
        rules.MapPost("/dry_run", Try).WithName("DryRunRule").WithSummary("What a rule would have been for in the latest conversations; nothing is done");
    }

    private static async Task<IResult> List(ClaimsPrincipal user, RuleStore rules, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RuleList(await rules.List(user.WorkspaceId(), cancellationToken)));

    private static async Task<IResult> Add(
        RuleRequest request, ClaimsPrincipal user, RuleStore rules, TeamStore teams, OperatorStore operators, WorkspaceDirectory workspaces, AuditLog audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (rule, problem) = await Read(Guid.CreateVersion7(now), request, user, teams, operators, cancellationToken);
        if (problem is not null) return problem;
        var saving = await rules.Add(user.WorkspaceId(), rule, MostRules, now, cancellationToken);
        if (saving != Saving.Done) return Refused(saving);
        workspaces.Forget();
        await audit.Add(user, "rule.added", rule.Id, null, cancellationToken);
        return TypedResults.Created($"/api/rules/{rule.Id}", rule);
    }

    private static async Task<IResult> Change(
        Guid id, RuleRequest request, ClaimsPrincipal user, RuleStore rules, TeamStore teams, OperatorStore operators, WorkspaceDirectory workspaces, AuditLog audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (rule, problem) = await Read(id, request, user, teams, operators, cancellationToken);
        if (problem is not null) return problem;
        var saving = await rules.Change(user.WorkspaceId(), rule, time.GetUtcNow(), cancellationToken);
        if (saving != Saving.Done) return Refused(saving);
        workspaces.Forget();
        await audit.Add(user, "rule.changed", id, rule.Enabled ? "on" : "off", cancellationToken);
        return TypedResults.Ok(rule);
    }

    private static async Task<IResult> Remove(
        Guid id, ClaimsPrincipal user, RuleStore rules, WorkspaceDirectory workspaces, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!await rules.Remove(user.WorkspaceId(), id, cancellationToken)) return Problem.NotFound();
        workspaces.Forget();
        await audit.Add(user, "rule.removed", id, null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Try(
        RuleRequest request, ClaimsPrincipal user, RuleStore rules, TeamStore teams, OperatorStore operators, CancellationToken cancellationToken)
    {
        // It need not have a name yet.
        var (rule, problem) = await Read(Guid.Empty, request with { Name = request.Name is { Length: > 0 } name ? name : "-" }, user, teams, operators, cancellationToken);
        if (problem is not null) return problem;
        var events = await rules.Latest(user.WorkspaceId(), rule.When, DryRunConversations, cancellationToken);
        var matched = events
            .Where(past => rule.Matches(rule.When, past.Channel, past.Labels, rule.When == Rule.CustomerMessage ? past.Text : null))
            .ToList();
        return TypedResults.Ok(new DryRun(events.Count, matched.Count, [.. matched.Take(DryRunItems)]));
    }

    private static async Task<(Rule Rule, Problem? Problem)> Read(
        Guid id, RuleRequest request, ClaimsPrincipal user, TeamStore teams, OperatorStore operators, CancellationToken cancellationToken)
    {
        var invalid = new Invalid();
        var name = SettingsInput.Text(invalid, "name", request.Name ?? "", LongestName);
        if (!s_when.Contains(request.When)) invalid.Add("when", $"One of {string.Join(", ", s_when)}.");
        var words = Entries(invalid, "if.words", request.If?.Words);
        var channels = Entries(invalid, "if.channels", request.If?.Channels);
        var labels = Entries(invalid, "then.labels", request.Then?.Labels);
        var label = request.If?.Label is { Length: > 0 } wanted ? SettingsInput.Text(invalid, "if.label", wanted, LongestEntry) : null;
        var note = request.Then?.Note is { Length: > 0 } text ? SettingsInput.Text(invalid, "then.note", text, LongestNote) : null;
        if (words is not null && request.When != Rule.CustomerMessage) invalid.Add("if.words", "Only a customer's message has words.");
        if (request.Then?.TeamId is { } team && !await teams.Exists(user.WorkspaceId(), team, cancellationToken)) invalid.Add("then.teamId", "There is no such team.");

        var reply = request.Then?.Reply?.Trim() is { Length: > 0 } said ? StorableText.From(said) : null;
        CannedText.CheckUnsigned(invalid, "then.reply", reply);
        if (request.Then?.AssigneeId is { } person && await operators.Find(user.WorkspaceId(), person, cancellationToken) is not { DisabledAt: null, Role: not Roles.Viewer })
            invalid.Add("then.assigneeId", "There is nobody of this id who answers.");
        if (request is { When: Rule.Closed, Then.HandsOver: true }) invalid.Add("then.handsOver", "Nobody answers what is closed.");

        var then = new RuleActions(
            labels, request.Then?.TeamId, note is null ? null : StorableText.From(note), request.Then?.Closes ?? false, reply, request.Then?.HandsOver ?? false,
            request.Then?.AssigneeId);
        if (then == new RuleActions()) invalid.Add("then", "A rule does something: labels, a team, a person, a reply, a note, the hand-over, or the end.");
        var rule = new Rule(
            id, StorableText.From(name ?? ""), request.Enabled ?? true, request.When ?? "",
            new RuleConditions(channels, words, label is null ? null : StorableText.From(label)), then);
        return (rule, invalid.Any ? invalid.AsProblem() : null);
    }

    /// <returns>Null where there are none.</returns>
    private static IReadOnlyList<string>? Entries(Invalid invalid, string field, IReadOnlyList<string?>? entries)
    {
        if (entries is not { Count: > 0 }) return null;
        if (entries.Count > MostEntries || entries.Any(entry => string.IsNullOrWhiteSpace(entry) || entry.Length > LongestEntry || entry.Any(char.IsControl)))
            invalid.Add(field, $"At most {MostEntries}, each 1 to {LongestEntry} characters, none of them control characters.");
        return [.. entries.OfType<string>().Select(entry => StorableText.From(entry.Trim())).Distinct()];
    }

    private static Problem Refused(Saving saving) => saving switch
    {
        Saving.NotFound => Problem.NotFound(),
        Saving.Taken => Problem.Conflict("Another rule has this name."),
        _ => Problem.Conflict($"A workspace has at most {MostRules} rules."),
    };
}
