using System.Security.Claims;
using System.Text.RegularExpressions;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.CannedAnswers;

internal sealed record CannedAnswerRequest(string? Shortcut, string? Text);

internal sealed record CannedAnswerList(IReadOnlyList<CannedAnswer> Items);

/// <summary><c>/api/canned_answers</c> of the caller's workspace: admins write them, everybody who answers uses them.</summary>
internal static partial class CannedAnswerEndpoints
{
    private const int MostAnswers = 500;

    public static void MapCannedAnswers(this IEndpointRouteBuilder app)
    {
        var answers = app.MapGroup("/api/canned_answers");
        answers.MapGet("/", List).RequireAuthorization(Policies.Agent).WithName("ListCannedAnswers").WithSummary("Texts that operators send often");
        answers.MapPost("/", Add).RequireAuthorization(Policies.Admin).WithName("AddCannedAnswer").WithSummary("Add a text that operators send often");
        answers.MapPut("/{id:guid}", Change).RequireAuthorization(Policies.Admin).WithName("ChangeCannedAnswer").WithSummary("Write such a text anew");
        answers.MapDelete("/{id:guid}", Remove).RequireAuthorization(Policies.Admin).WithName("RemoveCannedAnswer").WithSummary("Remove such a text");
    }

    private static async Task<IResult> List(ClaimsPrincipal user, CannedAnswerStore answers, CancellationToken cancellationToken) =>
        TypedResults.Ok(new CannedAnswerList(await answers.List(user.WorkspaceId(), cancellationToken)));

    private static async Task<IResult> Add(
        CannedAnswerRequest request, ClaimsPrincipal user, CannedAnswerStore answers, AuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Check(request) is { } invalid) return invalid;
        var now = time.GetUtcNow();
        var answer = Made(Guid.CreateVersion7(now), request, now);
        var saving = await answers.Add(user.WorkspaceId(), answer, MostAnswers, cancellationToken);
        if (saving != Saving.Done) return Refused(saving);
        await audit.Add(user, "canned_answer.added", answer.Id, null, cancellationToken);
        return TypedResults.Created($"/api/canned_answers/{answer.Id}", answer);
    }

    private static async Task<IResult> Change(
        Guid id, CannedAnswerRequest request, ClaimsPrincipal user, CannedAnswerStore answers, AuditLog audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (Check(request) is { } invalid) return invalid;
        var answer = Made(id, request, time.GetUtcNow());
        var saving = await answers.Change(user.WorkspaceId(), answer, cancellationToken);
        if (saving != Saving.Done) return Refused(saving);
        await audit.Add(user, "canned_answer.changed", id, null, cancellationToken);
        return TypedResults.Ok(answer);
    }

    private static async Task<IResult> Remove(
        Guid id, ClaimsPrincipal user, CannedAnswerStore answers, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!await answers.Remove(user.WorkspaceId(), id, cancellationToken)) return Problem.NotFound();
        await audit.Add(user, "canned_answer.removed", id, null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static CannedAnswer Made(Guid id, CannedAnswerRequest request, DateTimeOffset now) =>
        new(id, request.Shortcut!, StorableText.From(request.Text!.Trim()), now);

    private static Problem? Check(CannedAnswerRequest request)
    {
        var invalid = new Invalid();
        if (request.Shortcut is null || !ShortcutText().IsMatch(request.Shortcut))
            invalid.Add("shortcut", "1 to 40 of a-z, 0-9, dash and underscore, beginning with a letter or digit.");
        if (string.IsNullOrWhiteSpace(request.Text)) invalid.Add("text", $"1 to {CannedText.Longest} characters.");
        else CannedText.Check(invalid, request.Text);
        return invalid.Any ? invalid.AsProblem() : null;
    }

    private static Problem Refused(Saving saving) => saving switch
    {
        Saving.NotFound => Problem.NotFound(),
        Saving.Taken => Problem.Conflict("Another canned answer has this shortcut."),
        _ => Problem.Conflict($"A workspace has at most {MostAnswers} canned answers."),
    };

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ShortcutText();
}
