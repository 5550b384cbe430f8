using System.Text.Json.Nodes;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies;

namespace Assistify.AiService.Tools;

internal sealed class SearchKnowledge(IKnowledgeSearch search) : ILookUp
{
    private const int Most = 5;

    public ToolDefinition Definition { get; } = new(
        "search_knowledge", "Searches what the business wrote about itself: opening hours, shipping, returns, payment, policies.",
        new ToolParameter("query", ParameterKind.Text, "What is wanted, in the customer's language."));

    public async Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken)
    {
        var found = await search.FindEntries(
            new EntryQuestion(task.Request.WorkspaceId, task.KnowledgeVersion, task.Plan.Language, Gatherer.SearchWords(arguments.Text("query")), null, arguments.Text("query")),
            cancellationToken);
        var shown = new JsonArray();
        foreach (var entry in found.Take(Most))
        {
            task.Sources.Add(entry);
            shown.Add((JsonNode)Prompt.Show(new Source(entry.DocumentId.ToString(), entry.CitedTitle, entry.CitedUrl, entry.Body)));
        }
        return ToolResult.Of(new JsonObject { ["entries"] = shown });
    }
}
