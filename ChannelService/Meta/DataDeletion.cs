using System.Globalization;
using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Assistify.ChannelService.Meta;

/// <summary>
/// A person took our app away at Facebook or Instagram and wants what it knows deleted. Meta calls with a <see cref="SignedRequest"/>, and shows the person
/// the address and the code that it is answered. https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
/// </summary>
internal static class DataDeletion
{
    private const string Path = "/api/webhooks/meta/data_deletion";
    private const string Reason = "data_deletion";
    private const int MaxBody = 16 * 1024;
    private const int LongestId = 64;
    private const int RetryAfterSeconds = 30;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Path, Take).WithMetadata(new RequestSizeLimitAttribute(MaxBody));
        app.MapGet(Path + "/{code:guid}", Tell);
    }

    private static async Task<IResult> Take(
        HttpContext http, ChannelAdapters adapters, CustomerErasure erasure, IBroker broker, WebhookStore store, BadSignatures badSignatures,
        WebhookAddresses addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        if (SignedRequest.Parse(await Field(http.Request, cancellationToken)) is not { } request
            || request.Content.Filled("user_id") is not { Length: <= LongestId } user || !user.All(char.IsAsciiDigit))
            return TypedResults.Problem("A form with Meta's signed_request that names a user_id.", statusCode: StatusCodes.Status400BadRequest);

        var pages = adapters.All.OfType<IMetaPage>().Where(page => request.IsSignedBy(page.AppSecrets)).ToList();
        if (pages.Count == 0)
        {
            if (await badSignatures.Count(BadSignatures.AddressOf(http), cancellationToken) is not { } wait)
                return TypedResults.Problem("The signature is wrong.", statusCode: StatusCodes.Status401Unauthorized);
            return Later(http, (int)Math.Ceiling(wait.TotalSeconds), "Too many badly signed requests.", StatusCodes.Status429TooManyRequests);
        }

        // The same demand again is the same code; it holds nothing of the person.
        var now = time.GetUtcNow();
        var code = Identifiers.Derive($"{Reason}/{user}/{request.Content.Text("issued_at")}");
        try
        {
            foreach (var page in pages) await Erase(page, user, now, erasure, broker, cancellationToken);
            await store.Add(
                new WebhookRow(Guid.CreateVersion7(now), pages.Count == 1 ? pages[0].Connection : null, pages[0].Connection.Channel, WebhookOutcome.Accepted, now, Reason, AcceptId: code),
                cancellationToken);
        }
        catch (Exception away) when (Failures.IsUnavailable(away) || away is HttpRequestException or CircuitOpenException)
        {
            return Later(http, RetryAfterSeconds, "This cannot be done now; send it again.", StatusCodes.Status503ServiceUnavailable);
        }

        return TypedResults.Json(new Dictionary<string, string> { ["url"] = addresses.At($"{Path}/{code}"), ["confirmation_code"] = code.ToString() });
    }

    private static async Task Erase(
        IMetaPage page, string user, DateTimeOffset now, CustomerErasure erasure, IBroker broker, CancellationToken cancellationToken)
    {
        foreach (var id in await page.IdsOf(user, cancellationToken))
        {
            await erasure.Run(page.Connection, new CustomerTraces(id, id, []), cancellationToken);
            await broker.Publish(
                new CustomerErasureDemanded(page.Connection.WorkspaceId, page.Connection.Id, page.Connection.Channel, id, now), default, cancellationToken);
        }
    }

    /// <summary>What the person reads there, for thirty days.</summary>
    private static async Task<IResult> Tell(Guid code, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT a.accepted_at FROM accepted_items a JOIN webhook_logs l ON l.received_at = a.accepted_at AND l.reason = $2 WHERE a.id = $1 LIMIT 1");
        command.Parameters.Add(Sql.Value(code));
        command.Parameters.Add(Sql.Value(Reason));
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime at
            ? TypedResults.Text(
                $"The request of {at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC to delete your data was accepted. "
                + "Your messages, files and everything else that was kept about you is deleted.\n")
            : TypedResults.Problem("There is no such request, or it is older than thirty days.", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<string?> Field(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            return (await request.ReadFormAsync(cancellationToken))["signed_request"];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static ProblemHttpResult Later(HttpContext http, int seconds, string detail, int status)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, seconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(detail, statusCode: status);
    }
}
