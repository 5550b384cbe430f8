using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Tools.Mcp;

/// <summary>A server of the Model Context Protocol whose tools a workspace gives its assistant.</summary>
/// <param name="Tools">As it offered them when an admin last looked. What it offers later counts only after he looked again.</param>
internal sealed record McpServer(Guid Id, string Name, string Url, bool Enabled, bool HasAuthorization, IReadOnlyList<McpTool> Tools, DateTimeOffset UpdatedAt) : IDefinition;

/// <param name="Use">One of <see cref="ToolUses"/>: the workspace's word, whatever the server says of itself.</param>
/// <param name="Problem">Why models are not offered it.</param>
internal sealed partial record McpTool(string Name, string Description, JsonNode? InputSchema, string Use, string? Problem = null)
{
    private const int LongestDescription = 1_000;
    private const int LargestSchema = 8 * 1024;

    public static McpTool Of(string server, OfferedTool offered, string use)
    {
        var description = offered.Description.Length > LongestDescription ? offered.Description[..LongestDescription] : offered.Description;
        var problem = !GoodName().IsMatch(NameIn(server, offered.Name)) ? "its name is too long or empty"
            : (offered.InputSchema?.ToJsonString().Length ?? 0) > LargestSchema ? "its schema is too long" : null;
        if (problem is null) ArgumentSchema.Read(offered.InputSchema, out problem);
        return new McpTool(offered.Name, description, problem is null ? offered.InputSchema : null, use, problem);
    }

    /// <summary>Null where it has a problem.</summary>
    public ToolDefinition? Definition(string server) => Problem is null && ArgumentSchema.Read(InputSchema, out _) is { } schema
        ? new ToolDefinition(NameIn(server, Name), Description) { Schema = schema } : null;

    // Providers take few letters in names.
    private static string NameIn(string server, string tool) => $"{server}_{OtherLetters().Replace(tool, "_")}";

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex OtherLetters();

    [GeneratedRegex("^[a-z][a-z0-9_]*_[A-Za-z0-9_-]{1,64}$(?<=^.{1,64})")]
    private static partial Regex GoodName();
}

/// <summary>A tool as a server offers it.</summary>
internal sealed record OfferedTool(string Name, string Description, JsonNode? InputSchema);
