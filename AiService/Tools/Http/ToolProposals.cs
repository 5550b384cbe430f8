using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Assistify.AiService.Tools.Mcp;
using Assistify.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Tools.Http;

/// <param name="Status"><c>proposed</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>rejected</c>.</param>
/// <param name="Result">What the tool answered.</param>
/// <param name="ToolId">Of the tool, or of the MCP server that has it.</param>
internal sealed record ToolProposal(Guid Id, Guid ConversationId, Guid ToolId, string Tool, JsonNode Arguments, string Status, string? Result, DateTimeOffset CreatedAt)
{
    /// <summary>Whether an MCP server has the tool.</summary>
    [JsonIgnore]
    public bool IsMcp { get; init; }
}

/// <summary>What models want to have done and people decide: the table <c>tool_proposals</c>.</summary>
internal sealed class ToolProposals(NpgsqlDataSource database, HttpTools http, McpTools mcp, TimeProvider time)
{
    private const int MostShown = 100;
    private const string Columns = 
        "p.id, p.conversation_id, coalesce(p.tool_id, p.mcp_server_id), coalesce(t.name, p.mcp_tool), p.arguments::text, p.status, p.result, p.created_at, p.mcp_server_id IS NOT NULL";

    public async Task Add(
        Guid id, OwnTool tool, JsonObject arguments, ReplyRequested request, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            INSERT INTO tool_proposals (id, workspace_id, customer_id, conversation_id, tool_id, mcp_server_id, mcp_tool, arguments, status, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9) ON CONFLICT (id) DO NOTHING
            """, connection, transaction);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(request.WorkspaceId);
        command.Parameters.AddWithValue(request.CustomerId);
        command.Parameters.AddWithValue(request.ConversationId);
        command.Parameters.Add(new NpgsqlParameter { Value = tool.IsMcp ? DBNull.Value : tool.Id, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter { Value = tool.IsMcp ? tool.Id : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter { Value = tool.IsMcp ? tool.Definition.Name : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddWithValue(NpgsqlDbType.Json, arguments.ToJsonString());
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<ToolProposal>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT {Columns} FROM tool_proposals p LEFT JOIN http_tools t ON t.id = p.tool_id WHERE p.workspace_id = $1 ORDER BY p.created_at DESC, p.id LIMIT $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(MostShown);
        return await Read(command, cancellationToken);
    }

    public async Task<ToolProposal?> Find(Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT {Columns} FROM tool_proposals p LEFT JOIN http_tools t ON t.id = p.tool_id WHERE p.id = $1 AND p.workspace_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    public Task<bool> Reject(Guid id, Guid workspaceId, Guid decidedBy, CancellationToken cancellationToken) =>
        Move(id, workspaceId, "proposed", "rejected", decidedBy, null, cancellationToken);

    /// <summary>Does it, once: of two who approve at the same time one does.</summary>
    /// <returns>False where it was decided already.</returns>
    public async Task<bool> Approve(ToolProposal proposal, Guid workspaceId, Guid decidedBy, CancellationToken cancellationToken)
    {
        if (!await Move(proposal.Id, workspaceId, "proposed", "running", decidedBy, null, cancellationToken)) return false;
        // Begun is begun: who asked may go, the outcome is recorded all the same.
        var tool = proposal.IsMcp
            ? await mcp.Find(proposal.ToolId, proposal.Tool, workspaceId, CancellationToken.None) : await http.Find(proposal.ToolId, workspaceId, CancellationToken.None);
        var result = tool is null
            ? new ToolResult("Not available: there is no such tool any more.", ToolStatus.Unavailable)
            : await tool.Call(proposal.Arguments.AsObject(), proposal.Id.ToString(), CancellationToken.None);
        return await Move(proposal.Id, workspaceId, "running", result.Status == ToolStatus.Done ? "done" : "failed", decidedBy, result.Text, CancellationToken.None);
    }

    private async Task<bool> Move(Guid id, Guid workspaceId, string from, string to, Guid decidedBy, string? result, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "UPDATE tool_proposals SET status = $4, decided_by = $5, result = $6 WHERE id = $1 AND workspace_id = $2 AND status = $3");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(decidedBy);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)result ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task<IReadOnlyList<ToolProposal>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var found = new List<ToolProposal>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new ToolProposal(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3), JsonNode.Parse(reader.GetString(4))!, reader.GetString(5),
                reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetFieldValue<DateTimeOffset>(7)) { IsMcp = reader.GetBoolean(8) });
        }
        return found;
    }
}
