using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Operations;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChannelService.Connections;

/// <param name="Settings">What is not named stays, credentials too; null takes a setting back.</param>
internal sealed record ChangeConnectionRequest(string? Name, JsonObject? Settings);

internal static class ChangeConnection
{
    public static void MapChangeConnection(this IEndpointRouteBuilder connections) =>
        connections.MapMethods("/{id:guid}", [HttpMethods.Patch, HttpMethods.Put], Handle)
            .WithName(nameof(ChangeConnection))
            .WithSummary("Change a connection's name, settings or credentials");

    private static async Task<IResult> Handle(
        Guid id, ChangeConnectionRequest request, ClaimsPrincipal user, ServedConnections served, ConnectionStore store, ConnectionSecrets secrets,
        ConnectionViews views, ConnectionChecks checks, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await store.Find(user.WorkspaceId(), id, cancellationToken) is not { } before)
            return views.Configured(user.WorkspaceId()).Any(connection => connection.Id == id) ? ConnectionInput.ReadOnly() : TypedResults.NotFound();
        if (served.Provider(before.Provider) is not { } provider)
            return TypedResults.Problem(served.ProblemOf(id), statusCode: StatusCodes.Status409Conflict);

        var settings = ConnectionSettings.Of(provider, before.Settings, Readable(secrets, before));
        var errors = new Dictionary<string, string[]>(settings.Change(request.Settings ?? []));
        errors.CheckName(request.Name);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);

        var (options, wrong) = served.Check(provider, settings, id);
        if (options is null) return TypedResults.ValidationProblem(new Dictionary<string, string[]>(wrong));
        if (StoredConnection.AccountOf(options, id) != before.Account)
            return TypedResults.Problem("These settings are another account's. Make another connection for it.", statusCode: StatusCodes.Status409Conflict);

        var changed = before with
        {
            Name = request.Name?.Trim() ?? before.Name,
            Settings = settings.Values,
            Secrets = secrets.Protect(id, settings.Secrets),
            SecretNames = [.. settings.Secrets.Keys.Order()],
            UpdatedAt = time.GetUtcNow(),
        };
        var what = request.Settings is { } given && given.Any(setting => provider.Secrets.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)) ? "credentials" : "settings";
        if (await store.Change(changed, OperatorAction.By(user, time, "connection.changed", id, what), cancellationToken) != Stored.Done)
            return ConnectionInput.Outdated();

        await served.Refresh(cancellationToken);
        return TypedResults.Ok(await views.Of(changed, cancellationToken, await checks.Ask(id, cancellationToken)));
    }

    // What cannot be decrypted any more is given anew; what is missing then, the provider's own check names.
    private static Dictionary<string, string> Readable(ConnectionSecrets secrets, StoredConnection stored)
    {
        try
        {
            return secrets.Unprotect(stored.Id, stored.Secrets);
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
