using System.Security.Claims;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Operations;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChannelService.Connections;

/// <param name="Provider">Whose account it is, as in configuration: <c>Twilio</c>, <c>WhatsApp</c>, <c>Telegram</c> …</param>
/// <param name="Settings">The provider's keys in camelCase, credentials among them.</param>
internal sealed record CreateConnectionRequest(string? Provider, string? Name, JsonObject? Settings);

internal static class CreateConnection
{
    public static void MapCreateConnection(this IEndpointRouteBuilder connections) =>
        connections.MapPost("/", Handle).WithName(nameof(CreateConnection)).WithSummary("Connect an account of a provider");

    private static async Task<IResult> Handle(
        CreateConnectionRequest request, ClaimsPrincipal user, ServedConnections served, ConnectionStore store, ConnectionSecrets secrets, ConnectionViews views,
        ConnectionChecks checks, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Provider is null || served.Provider(request.Provider) is not { } provider)
            return ConnectionInput.Invalid("provider", $"One of {string.Join(", ", served.ProviderNames)}.");

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var settings = ConnectionSettings.Empty(provider);
        var errors = new Dictionary<string, string[]>(settings.Change(request.Settings ?? []));
        errors.CheckName(request.Name);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);

        var (options, wrong) = served.Check(provider, settings, id);
        if (options is null) return TypedResults.ValidationProblem(new Dictionary<string, string[]>(wrong));
        if (options.ExclusiveAccount is { } account && served.IsConfigured(provider.Name, account)) return ConnectionInput.Taken();

        var now = time.GetUtcNow();
        var connection = new StoredConnection(
            id, user.WorkspaceId(), provider.Name, StoredConnection.AccountOf(options, id), request.Name?.Trim(), settings.Values, secrets.Protect(id, settings.Secrets),
            [.. settings.Secrets.Keys.Order()], null, 0, now, now);
        var action = OperatorAction.By(user, time, "connection.created", id, $"provider: {provider.Name}");
        if (await store.Add(connection, action, cancellationToken) == Stored.Taken) return ConnectionInput.Taken();

        await served.Refresh(cancellationToken);
        return TypedResults.Created($"/api/connections/{id}", await views.Of(connection, cancellationToken, await checks.Ask(id, cancellationToken)));
    }
}
