using System.Security.Claims;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Conversations.Endpoints;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Templates;

internal sealed record WriteTemplateRequest(string? Channel, Guid? ConnectionId, string? Name, string? Language, string? Text, string? Category);

internal sealed record TemplateList(IReadOnlyList<Template> Items);

/// <summary><c>/api/templates</c> of the caller's workspace: admins write them as they were approved, everybody who answers sends them.</summary>
internal static class TemplateEndpoints
{
    private const int MostTemplates = 500;
    private static readonly string[] s_categories = ["utility", "marketing", "authentication"];

    public static void MapTemplates(this IEndpointRouteBuilder app)
    {
        var templates = app.MapGroup("/api/templates");
        templates.MapGet("/", List).RequireAuthorization(Policies.Agent).WithName("ListTemplates").WithSummary("Approved texts; of one conversation those that can be sent in it");
        templates.MapPost("/", Add).RequireAuthorization(Policies.Admin).WithName("AddTemplate").WithSummary("Add a text that a provider approved");
        templates.MapPut("/{id:guid}", Change).RequireAuthorization(Policies.Admin).WithName("ChangeTemplate").WithSummary("Write such a text anew");
        templates.MapDelete("/{id:guid}", Remove).RequireAuthorization(Policies.Admin).WithName("RemoveTemplate").WithSummary("Remove such a text");
    }

    private static async Task<IResult> List(HttpContext http, TemplateStore templates, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request);
        var conversationId = query.Id("conversationId");
        if (query.Errors.Any) return query.Errors.AsProblem();
        var workspaceId = http.User.WorkspaceId();
        return TypedResults.Ok(new TemplateList(conversationId is { } id
            ? await templates.List(workspaceId, id, cancellationToken)
            : await templates.List(workspaceId, cancellationToken)));
    }

    private static async Task<IResult> Add(
        WriteTemplateRequest request, ClaimsPrincipal user, TemplateStore templates, AuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Check(request) is { } invalid) return invalid;
        var now = time.GetUtcNow();
        var template = Made(Guid.CreateVersion7(now), request, now);
        var saving = await templates.Add(user.WorkspaceId(), template, MostTemplates, cancellationToken);
        if (saving != Saving.Done) return Refused(saving);
        await audit.Add(user, "template.added", template.Id, null, cancellationToken);
        return TypedResults.Created($"/api/templates/{template.Id}", template);
    }

    private static async Task<IResult> Change(
        Guid id, WriteTemplateRequest request, ClaimsPrincipal user, TemplateStore templates, AuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Check(request) is { } invalid) return invalid;
        var template = Made(id, request, time.GetUtcNow());
        var saving = await templates.Change(user.WorkspaceId(), template, cancellationToken);
        if (saving != Saving.Done) return Refused(saving);
        await audit.Add(user, "template.changed", id, null, cancellationToken);
        return TypedResults.Ok(template);
    }

    private static async Task<IResult> Remove(Guid id, ClaimsPrincipal user, TemplateStore templates, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!await templates.Remove(user.WorkspaceId(), id, cancellationToken)) return Problem.NotFound();
        await audit.Add(user, "template.removed", id, null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Template Made(Guid id, WriteTemplateRequest request, DateTimeOffset now) => new(
        id, request.Channel!, request.ConnectionId, StorableText.From(request.Name!.Trim()),
        string.IsNullOrWhiteSpace(request.Language) ? null : StorableText.From(request.Language.Trim()), StorableText.From(request.Text!.Trim()), request.Category!, now);

    private static Problem? Check(WriteTemplateRequest request)
    {
        var invalid = new Invalid().TooLong("name", request.Name, TemplateRequest.LongestName).TooLong("language", request.Language, TemplateRequest.LongestLanguage);
        if (request.Channel is null || !Channels.HasTemplates(request.Channel)) invalid.Add("channel", "A channel whose provider approves templates: whatsapp.");
        if (string.IsNullOrWhiteSpace(request.Name)) invalid.Add("name", "As the provider knows it.");
        if (!s_categories.Contains(request.Category)) invalid.Add("category", $"One of {string.Join(", ", s_categories)}.");
        TemplateText.Check(invalid, request.Text);
        return invalid.Any ? invalid.AsProblem() : null;
    }

    private static Problem Refused(Saving saving) => saving switch
    {
        Saving.NotFound => Problem.NotFound(),
        Saving.Taken => Problem.Conflict("There is such a template already, in this language."),
        _ => Problem.Conflict($"A workspace has at most {MostTemplates} templates."),
    };
}
