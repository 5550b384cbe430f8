using System.Security.Claims;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChannelService.Operations;

/// <summary>Puts dead messages of a workspace back, or gives them up. What was done is written before it is done: the broker has no transaction with us.</summary>
internal sealed class DeadMessages(IErrorQueues errors, NpgsqlDataSource database)
{
    public async Task<IResult> Settle(Guid id, ClaimsPrincipal user, OperatorAction action, CancellationToken cancellationToken)
    {
        try
        {
            var replay = action.Action == "dead_message.replayed";
            if ((await ListProblems.Dead(user.WorkspaceId(), errors, cancellationToken)).FirstOrDefault(message => message.Id == id) is not { } dead)
                return TypedResults.NotFound();
            if (replay && dead.From is null)
                return TypedResults.Problem("Nothing says which queue it came from.", statusCode: StatusCodes.Status409Conflict);

            await Write(action with { Detail = $"{dead.Queue}, {dead.Type ?? "unreadable"}" }, cancellationToken);
            var done = replay ? await errors.Replay(id, cancellationToken) : await errors.Drop(id, cancellationToken);
            return done ? TypedResults.Ok(new SettledProblem(id, replay ? "queued" : "cancelled", null)) : TypedResults.NotFound();
        }
        catch (BrokerUnavailableException)
        {
            return TypedResults.Problem("The message broker cannot be asked now.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task Write(OperatorAction action, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(action.Insert());
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
