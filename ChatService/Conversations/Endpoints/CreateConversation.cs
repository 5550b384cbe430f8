using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Conversations.Endpoints;

public sealed record CreateConversationRequest(Guid? CustomerId = null, string? Channel = null, string? Subject = null);

/// <summary>
/// Opens a conversation with a customer on a channel where the customer can be reached; where one is open already, that is
/// the one. Without a customer, a new one on the web.
/// </summary>
internal static class CreateConversationEndpoint
{
    private const int LongestSubject = 200;

    private const string FindAddress =
        """
        select c.connection_id, c.address, c.partition
        from conversations c where c.workspace_id = $1 and c.customer_id = $2 and c.channel = $3
        order by c.created_at desc limit 1
        """;

    private const string FindWebAddress =
        """
        select i.value from customers u
        left join customer_identifiers i on i.customer_id = u.id and i.kind = 'web'
        where u.workspace_id = $1 and u.id = $2 and u.merged_into is null
        order by i.created_at limit 1
        """;

    public static void MapCreateConversation(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/create_conversation", Handle)
            .RequireAuthorization(Policies.Participant)
            .WithName("CreateConversation")
            .WithSummary("Open a conversation with a customer");

    internal static async Task<IResult> Handle(
        CreateConversationRequest request, HttpContext http, ConversationReader conversations, CommandSender commands,
        NpgsqlDataSource database, TimeProvider time, CancellationToken cancellationToken)
    {
        var user = http.User;
        if (!user.IsCustomer() && !user.IsAtLeast(Roles.Agent)) return Problem.Forbidden("Your role does not allow this.");
        var invalid = new Invalid().TooLong("subject", request.Subject, LongestSubject).TooLong("channel", request.Channel, 32);
        if (user.IsCustomer() && request.Channel is not (null or Channels.Web)) invalid.Add("channel", "Customers of the web chat write on the web.");
        if (invalid.Any) return invalid.AsProblem();

        var customerId = request.CustomerId;
        if (user.IsCustomer())
        {
            var own = await conversations.FindLatest(user, cancellationToken);
            if (own is null || (customerId is not null && customerId != own.CustomerId)) return Problem.NotFound();
            customerId = own.CustomerId;
        }

        var channel = request.Channel ?? Channels.Web;
        var now = time.GetUtcNow();
        var (known, wanted, partition) = await Address(database, user.WorkspaceId(), customerId, channel, now, cancellationToken);
        if (!known) return Problem.NotFound();
        if (wanted is null) return Problem.Invalid("channel", "The customer has no address on this channel.");

        var command = new OperatorCommand(
            Guid.CreateVersion7(now), user.WorkspaceId(), Guid.CreateVersion7(now), partition, OperatorAction.Create, user.Id(),
            user.DisplayName(), now, New: wanted with { Subject = request.Subject is { } subject ? StorableText.From(subject) : null });
        if (await commands.Send(command, cancellationToken) is not { } record) return Problem.Unavailable();
        return await conversations.View(user, record.ConversationId, cancellationToken) is { } view
            ? TypedResults.Created($"/api/conversations/{view.Id}", view)
            : Problem.NotFound();
    }

    private static async Task<(bool Known, NewConversation? New, int Partition)> Address(
        NpgsqlDataSource database, Guid workspaceId, Guid? customerId, string channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var web = Identifiers.Connection(workspaceId, Channels.Web, Channels.Web);
        if (customerId is null)
        {
            if (channel != Channels.Web) return (true, null, 0);
            var visitor = Guid.CreateVersion7(now).ToString();
            return (true, new NewConversation(Guid.CreateVersion7(now), true, web, channel, visitor, null), Partition.For(web, visitor));
        }

        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Query(FindAddress, workspaceId, customerId.Value, channel));
        batch.BatchCommands.Add(Query(FindWebAddress, workspaceId, customerId.Value));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
        {
            return (true,
                new NewConversation(customerId.Value, false, reader.GetGuid(0), channel, reader.GetString(1), null), reader.GetInt32(2));
        }

        await reader.NextResultAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return (false, null, 0);
        if (channel != Channels.Web || reader.IsDBNull(0)) return (true, null, 0);
        var address = reader.GetString(0);
        return (true, new NewConversation(customerId.Value, false, web, channel, address, null), Partition.For(web, address));
    }

    private static NpgsqlBatchCommand Query(string sql, Guid workspaceId, Guid customerId, string? channel = null)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = workspaceId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = customerId });
        if (channel is not null) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = channel });
        return command;
    }
}
