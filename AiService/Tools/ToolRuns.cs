using Assistify.AiService.Replies;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Tools;

/// <summary>Executes tools with consequences.</summary>
internal interface IToolRuns
{
    /// <param name="key">Of what is to be done: done already, it is not done again.</param>
    Task<ToolResult> Once(string key, IToolWithConsequences tool, ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken);
}

/// <summary>Executes tools with consequences once: a repeated call, after a crash or by another provider, gets the first one's result.</summary>
internal sealed class ToolRuns(NpgsqlDataSource database, TimeProvider time) : IToolRuns
{
    public async Task<ToolResult> Once(string key, IToolWithConsequences tool, ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Whoever comes second waits here for the first one's transaction.
        await using var claim = new NpgsqlCommand(
            "INSERT INTO tool_runs (key, workspace_id, customer_id, tool, result, created_at) VALUES ($1, $2, $3, $4, '', $5) ON CONFLICT DO NOTHING", connection, transaction);
        claim.Parameters.AddWithValue(key);
        claim.Parameters.AddWithValue(task.Request.WorkspaceId);
        claim.Parameters.AddWithValue(task.Request.CustomerId);
        claim.Parameters.AddWithValue(tool.Definition.Name);
        claim.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow());
        if (await claim.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            await using var stored = new NpgsqlCommand("SELECT result FROM tool_runs WHERE key = $1", connection, transaction);
            stored.Parameters.AddWithValue(key);
            var first = (string)(await stored.ExecuteScalarAsync(cancellationToken))!;
            tool.Repeat(arguments, task);
            return new ToolResult(first);
        }

        var result = await tool.Run(arguments, task, connection, transaction, cancellationToken);
        await using var finish = new NpgsqlCommand("UPDATE tool_runs SET result = $2 WHERE key = $1", connection, transaction);
        finish.Parameters.AddWithValue(key);
        finish.Parameters.AddWithValue(result.Text);
        await finish.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
