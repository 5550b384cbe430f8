using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.AiService.Tools.Http;

/// <summary>The table <c>http_tools</c>.</summary>
internal sealed class HttpToolStore(NpgsqlDataSource database, Secrets secrets) : DefinitionStore<HttpTool>(database, secrets, "http_tools", "http-tool", Most)
{
    public const int Most = 30;
}
