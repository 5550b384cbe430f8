using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Conversations.Endpoints;

/// <param name="Labels">All of them; those left out are taken off.</param>
public sealed record LabelsRequest(IReadOnlyList<string?>? Labels = null);

internal static class LabelsEndpoint
{
    private const int MostLabels = 50;
    private const int LongestLabel = 64;

    public static void MapLabels(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/labels", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName("LabelConversation")
            .WithSummary("Set a conversation's labels");

    internal static async Task<IResult> Handle(
        Guid id, LabelsRequest request, HttpContext http, CommandEndpoint commands, CancellationToken cancellationToken)
    {
        if (request.Labels is null) return Problem.Invalid("labels", "A list of labels.");
        if (request.Labels.Count > MostLabels) return Problem.Invalid("labels", $"At most {MostLabels}.");
        if (request.Labels.Any(static label => string.IsNullOrWhiteSpace(label) || label.Length > LongestLabel))
            return Problem.Invalid("labels", $"1 to {LongestLabel} characters each.");

        var labels = request.Labels
            .Select(static label => new string([.. StorableText.From(label!.Trim()).Where(static c => !char.IsControl(c))]))
            .Where(static label => label.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return await commands.Run(http, id, OperatorAction.Label, command => command with { Labels = labels }, cancellationToken);
    }
}
