using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Meta;

/// <param name="From">The person's address, as in messages of his.</param>
internal sealed record DeletionRequest(string? From);

/// <param name="Url">Where the person reads what became of it.</param>
internal sealed record DeletionResult(int Status, string? Url, string? ConfirmationCode, string? Error);

/// <summary><c>POST /sandbox/api/{channel}/data_deletion</c>: a person demands at Meta that everything known about him be deleted.</summary>
internal static class DemandDeletion
{
    public static void MapDemandDeletion(this IEndpointRouteBuilder app)
    {
        foreach (var page in app.ServiceProvider.GetServices<StandIn>().OfType<PageStandIn>())
        {
            app.MapPost($"/sandbox/api/{page.Channel}/data_deletion", (DeletionRequest request, WebhookSender sender, CancellationToken cancellationToken) =>
                Handle(page, request, sender, cancellationToken));
        }
    }

    private static async Task<IResult> Handle(PageStandIn page, DeletionRequest request, WebhookSender sender, CancellationToken cancellationToken)
    {
        if (request.From is not { } from || page.ReadAddress(from) is not { } person)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["from"] = [page.AddressForm] });

        var outcome = await sender.Post(page.DemandDeletion(person), cancellationToken);
        var told = Read(outcome.Body);
        return TypedResults.Ok(new DeletionResult(outcome.Status, Text(told, "url"), Text(told, "confirmation_code"), outcome.Error));
    }

    private static JsonObject? Read(string? body)
    {
        try
        {
            return body is null ? null : JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? told, string name) => told?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
