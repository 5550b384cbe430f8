using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.AiService.Tools.Mcp;

/// <summary>The table <c>mcp_servers</c>.</summary>
internal sealed class McpServerStore(NpgsqlDataSource database, Secrets secrets) : DefinitionStore<McpServer>(database, secrets, "mcp_servers", "mcp-server", Most)
{
    public const int Most = 5;
}
