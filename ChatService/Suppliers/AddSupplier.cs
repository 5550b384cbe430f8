using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Partitions;
using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Suppliers;

/// <param name="Address">On the connection, as people write it: a phone number with its country's code.</param>
internal sealed record AddSupplierRequest(Guid? ConnectionId = null, string? Address = null, string? Name = null);

/// <summary>A supplier who need not have written yet. Again with the same address it is the same one.</summary>
internal static class AddSupplier
{
    private const int LongestAddress = 64;
    private const int LongestName = 100;

    public static void MapAddSupplier(this IEndpointRouteBuilder suppliers) =>
        suppliers.MapPost("/", Handle).RequireAuthorization(Policies.Agent).WithName("AddSupplier").WithSummary("Somebody sells to the workspace, and has not written yet");

    private static async Task<IResult> Handle(
        AddSupplierRequest request, HttpContext http, ConnectionAddresses addresses, CommandSender commands, NpgsqlDataSource database, WorkspaceDirectory workspaces,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var invalid = new Invalid().TooLong("address", request.Address, LongestAddress).TooLong("name", request.Name, LongestName);
        if (request.ConnectionId is null) invalid.Add("connectionId", "On which connection he is written to.");
        if (string.IsNullOrWhiteSpace(request.Address)) invalid.Add("address", "Where he is written to.");
        if (string.IsNullOrWhiteSpace(request.Name)) invalid.Add("name", "What he is called.");
        if (invalid.Any) return invalid.AsProblem();

        var workspaceId = http.User.WorkspaceId();
        var connectionId = request.ConnectionId!.Value;
        FoundAddress? found;
        try
        {
            found = await addresses.Find(workspaceId, connectionId, request.Address!.Trim(), cancellationToken);
        }
        catch (Exception away) when (away is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Problem.Unavailable();
        }

        if (found is null) return Problem.Invalid("connectionId", "There is no such connection.");
        if (found.Address is not { } address)
            return Problem.Invalid("address", "On WhatsApp a phone number with its country's code. On other channels a supplier writes first, and is then marked as one.");

        var now = time.GetUtcNow();
        var person = address with { Name = StorableText.From(request.Name!.Trim()) };
        var command = new OperatorCommand(
            Guid.CreateVersion7(now), workspaceId, Guid.CreateVersion7(now), Partition.For(connectionId, person.Value), OperatorAction.Create, http.User.Id(),
            http.User.DisplayName(), now, New: new NewConversation(default, false, connectionId, found.Channel, person.Value, null, person));
        if (await commands.Send(command, cancellationToken) is not { Outcome: CommandOutcome.Done } record) return Problem.Unavailable();
        var marked = await Mark(database, workspaceId, record.ConversationId, person.Name!, now, cancellationToken);
        workspaces.Forget();
        return marked is { } supplier ? TypedResults.Created($"/api/customers/{supplier.Id}", supplier) : Problem.NotFound();
    }

    /// <summary>His own name, where it is known, stays.</summary>
    private static async Task<SupplierView?> Mark(
        NpgsqlDataSource database, Guid workspaceId, Guid conversationId, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using (var mark = database.CreateCommand(
            """
            update customers u set supplier_since = coalesce(u.supplier_since, $4), name = coalesce(u.name, $3)
            from conversations c where c.id = $2 and c.workspace_id = $1 and u.id = c.customer_id and u.workspace_id = $1 and u.merged_into is null
            """))
        {
            mark.Parameters.AddWithValue(workspaceId);
            mark.Parameters.AddWithValue(conversationId);
            mark.Parameters.AddWithValue(name);
            mark.Parameters.AddWithValue(now);
            await mark.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = database.CreateCommand($"{SupplierView.Query} and u.id = (select customer_id from conversations where id = $2 and workspace_id = $1)");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(conversationId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? SupplierView.Read(reader) : null;
    }
}
