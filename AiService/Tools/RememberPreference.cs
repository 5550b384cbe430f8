using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Tools;

/// <summary>Keeps what the customer likes. Approved only in the customer's own words: what a model made up about somebody is not kept.</summary>
internal sealed class RememberPreference(TimeProvider time) : IToolWithConsequences
{
    public ToolDefinition Definition { get; } = new(
        "remember_preference", "Remembers what the customer said that he or she likes, for later conversations.",
        new ToolParameter("kind", ParameterKind.Text, "What it is about.") { Allowed = ["colour", "size", "style", "material", "budget", "other"] },
        new ToolParameter("value", ParameterKind.Text, "In the customer's own words.") { MaxLength = 100 });

    public string? NotApproved(ToolArguments arguments, ReplyTask task)
    {
        var said = task.Unanswered.SelectMany(message => Words.Of(message.Text)).ToHashSet();
        var words = Words.Of(arguments.Text("value"));
        return words.Count > 0 && words.TrueForAll(said.Contains) ? null : "only what the customer has just said, in the same words, is remembered.";
    }

    public async Task<ToolResult> Run(
        ToolArguments arguments, ReplyTask task, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            INSERT INTO customer_preferences (workspace_id, customer_id, kind, value, created_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (workspace_id, customer_id, kind, value) DO UPDATE SET created_at = excluded.created_at
            """, connection, transaction);
        command.Parameters.AddWithValue(task.Request.WorkspaceId);
        command.Parameters.AddWithValue(task.Request.CustomerId);
        command.Parameters.AddWithValue(arguments.Text("kind"));
        command.Parameters.AddWithValue(arguments.Text("value"));
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new ToolResult("Remembered.");
    }
}
