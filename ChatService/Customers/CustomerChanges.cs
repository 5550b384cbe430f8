using Assistify.ChatService.Conversations;
using Assistify.ChatService.Live;
using Assistify.ChatService.Web;
using Npgsql;

namespace Assistify.ChatService.Customers;

/// <summary>Those who look at a conversation of a customer, or at the list of all, see at once what became of him.</summary>
internal sealed class CustomerChanges(NpgsqlDataSource database, ChangeHints hints, IMessagePublisher publisher)
{
    /// <param name="customers">The first one is the answer.</param>
    /// <param name="changedAt">What those of their conversations were stamped with that show it.</param>
    public async Task<IResult> Answer(Guid workspaceId, IReadOnlyList<Guid> customers, DateTimeOffset changedAt, CancellationToken cancellationToken)
    {
        await Tell(workspaceId, customers, changedAt, cancellationToken);
        return await GetCustomersEndpoints.Find(database, workspaceId, customers[0], cancellationToken) is { } customer
            ? TypedResults.Ok(customer)
            : Problem.NotFound();
    }

    private async Task Tell(Guid workspaceId, IReadOnlyList<Guid> customers, DateTimeOffset changedAt, CancellationToken cancellationToken)
    {
        var changes = new List<ConversationChange>();
        await using (var command = database.CreateCommand(
            "select id, revision from conversations where workspace_id = $1 and customer_id = any($2) and changed_at = $3"))
        {
            command.Parameters.AddWithValue(workspaceId);
            command.Parameters.AddWithValue(customers.ToArray());
            command.Parameters.AddWithValue(changedAt);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) changes.Add(new ConversationChange(reader.GetGuid(0), workspaceId, reader.GetInt64(1)));
        }

        if (changes.Count == 0) return;
        hints.Raise(changes);
        await publisher.Broadcast(new ConversationsChanged(hints.Origin, changes), cancellationToken);
    }
}
