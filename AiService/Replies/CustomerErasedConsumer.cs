using Assistify.Contracts;
using MassTransit;
using Npgsql;

namespace Assistify.AiService.Replies;

/// <summary>Forgets a customer: answers, their traces, what he told to get ideas, what he likes, what was seen in his pictures, what he said of conversations, what intents were learned from, and cases of a suite.</summary>
internal sealed class CustomerErasedConsumer(NpgsqlDataSource database) : IConsumer<CustomerErased>
{
    public Task Consume(ConsumeContext<CustomerErased> context) => Erase(context.Message, context.CancellationToken);

    internal async Task Erase(CustomerErased erased, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        foreach (var (table, column) in new[] { ("replies", "customer_id"), ("traces", "customer_id"), ("inspirations", "asker_id"), ("customer_preferences", "customer_id"), ("tool_runs", "customer_id"), ("intent_examples", "customer_id"), ("evaluation_cases", "customer_id"), ("conversation_memory", "customer_id"), ("tool_proposals", "customer_id"), ("picture_facts", "customer_id"), ("conversation_ratings", "customer_id") })
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"DELETE FROM {table} WHERE workspace_id = $1 AND {column} = ANY($2)")
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = erased.WorkspaceId },
                    new NpgsqlParameter<Guid[]> { TypedValue = [.. erased.CustomerIds] },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
