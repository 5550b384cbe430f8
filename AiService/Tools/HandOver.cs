using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;
using Npgsql;

namespace Assistify.AiService.Tools;

/// <summary>
/// Passes the conversation to people after this answer. Approved where the customer asked for a person or complains; otherwise the
/// model offers one, and the customer decides.
/// </summary>
internal sealed class HandOver : IToolWithConsequences
{
    public ToolDefinition Definition { get; } = new(
        "hand_over", "Passes the conversation to a colleague, where the customer wants that or complains.",
        new ToolParameter("reason", ParameterKind.Text, "For the colleague, in a few words."));

    public string? NotApproved(ToolArguments arguments, ReplyTask task) =>
        task.Plan.HandOver || task.Understandings.Any(understanding => understanding.Intent is Intents.Complaint or Intents.TalkToPerson)
            ? null : "the customer has not asked for a colleague. Offer one instead.";

    public Task<ToolResult> Run(
        ToolArguments arguments, ReplyTask task, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        task.Notes.HandOver = true;
        const string Done = "A colleague takes over after this answer.";
        return Task.FromResult(new ToolResult(StaffHours.Tell(task) is { } closed ? $"{Done} Tell the customer too, in these words: {closed.Text}" : Done));
    }

    public void Repeat(ToolArguments arguments, ReplyTask task)
    {
        task.Notes.HandOver = true;
        StaffHours.Tell(task);
    }
}
