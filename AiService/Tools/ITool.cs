using System.Text.Json.Nodes;
using Assistify.AiService.Replies;
using Npgsql;

namespace Assistify.AiService.Tools;

/// <summary>Something a model may ask for. It is run only with arguments that its definition allows.</summary>
internal interface ITool
{
    ToolDefinition Definition { get; }
}

/// <summary>A tool that only looks; what it finds becomes a source of the answer.</summary>
internal interface ILookUp : ITool
{
    Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken);
}

/// <summary>A tool that changes something: proposed by the model, approved by its own policy, executed once.</summary>
internal interface IToolWithConsequences : ITool
{
    /// <summary>Null where it may be done; otherwise what is missing, told to the model.</summary>
    string? NotApproved(ToolArguments arguments, ReplyTask task);

    /// <summary>What it writes is committed together with the mark that it was done.</summary>
    Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken);

    /// <summary>It was done already; what this answer must know of it is noted again.</summary>
    void Repeat(ToolArguments arguments, ReplyTask task)
    {
    }
}

/// <param name="Text">What the model is given.</param>
internal sealed record ToolResult(string Text, string Status = ToolStatus.Done)
{
    public static ToolResult Of(JsonNode data) => new(Providers.Prompt.AsData(data));

    public static ToolResult Rejected(string why) => new($"Not executed: {why}", ToolStatus.Rejected);
}

internal static class ToolStatus
{
    public const string Done = "done";

    /// <summary>A bad argument: told back, never executed.</summary>
    public const string Rejected = "rejected";
    public const string Unavailable = "unavailable";

    /// <summary>Its policy did not approve it.</summary>
    public const string Proposed = "proposed";
}

/// <summary>Tools of a workspace's own, beside those that every assistant has.</summary>
internal interface IWorkspaceTools
{
    /// <summary>Those that are switched on.</summary>
    Task<IReadOnlyList<ITool>> Of(Guid workspaceId, CancellationToken cancellationToken);
}
