using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChatService.Settings;

internal sealed record AllowedOriginsView(IReadOnlyList<string> Origins);

/// <summary>
/// The origins that any workspace allows, for the gateway, which answers browsers' preflights; which of them may open sessions of which
/// workspace is decided there.
/// </summary>
internal static class GetAllowedOrigins
{
    public const string Path = "/internal/allowed_origins";

    public static void MapGetAllowedOrigins(this IEndpointRouteBuilder app) => app.MapGet(Path, Handle).ForOurServices();

    private static async Task<IResult> Handle(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        // From the database, not from what this replica remembers: a change counts at once.
        await using var command = database.CreateCommand("select distinct origin from workspaces, unnest(allowed_origins) as origin order by origin");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var origins = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) origins.Add(reader.GetString(0));
        return TypedResults.Ok(new AllowedOriginsView(origins));
    }
}
