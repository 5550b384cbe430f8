using Assistify.ChatService.Macros;
using Assistify.ChatService.Messages;
using Assistify.ChatService.Partitions;
using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Conversations.Endpoints;

/// <param name="Text">The macro's text with its variables filled; needed where it has one.</param>
/// <param name="ClientCommandId">The same again is done once.</param>
public sealed record RunMacroRequest(Guid? MacroId = null, string? Text = null, string? ClientCommandId = null);

/// <summary>All of a macro's actions as one command: every one of them happens, or none.</summary>
internal static class RunMacroEndpoint
{
    public static void MapRunMacro(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/run_macro", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName("RunMacro")
            .WithSummary("Do what a macro says: answer, label, assign, close");

    internal static async Task<IResult> Handle(
        Guid id, RunMacroRequest request, HttpContext http, MacroStore macros, CommandEndpoint commands, CancellationToken cancellationToken)
    {
        var invalid = new Invalid().TooLong("text", request.Text, ProcessMessageEndpoint.LongestText);
        if (request.ClientCommandId is { Length: 0 or > 200 }) invalid.Add("clientCommandId", "1 to 200 characters.");
        if (request.MacroId is null) invalid.Add("macroId", "Which macro.");
        if (invalid.Any) return invalid.AsProblem();
        if (await macros.Find(http.User.WorkspaceId(), request.MacroId!.Value, cancellationToken) is not { } macro) return Problem.NotFound();
        if (macro.Text is not null && string.IsNullOrWhiteSpace(request.Text)) return Problem.Invalid("text", "The macro's text, with its variables filled.");

        return await commands.Run(http, id, OperatorAction.Macro, command => command with
        {
            CommandId = request.ClientCommandId is { } clientId ? Identifiers.Derive($"macro/{id}/{http.User.Id()}/{clientId}") : command.CommandId,
            Reply = macro.Text is null ? null : new OperatorReply(StorableText.From(request.Text!.Trim()), [], macro.Private),
            Labels = macro.Labels.Count > 0 ? macro.Labels : null,
            Assignment = macro.AssignToMe ? new Assignment(http.User.Id(), http.User.DisplayName())
                : macro.TeamId is { } team ? new Assignment(null, null, team)
                : null,
            Closes = macro.Closes,
        }, cancellationToken);
    }
}
