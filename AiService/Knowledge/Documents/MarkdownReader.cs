using Markdig;

namespace Assistify.AiService.Knowledge.Documents;

/// <summary>Markdown says what its web page says.</summary>
internal static class MarkdownReader
{
    // No extension that runs or includes anything: tables and lists are what people write.
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseGridTables().UseYamlFrontMatter().Build();

    public static DocumentText Read(string markdown) => HtmlReader.Read(Markdown.ToHtml(markdown, s_pipeline));
}
