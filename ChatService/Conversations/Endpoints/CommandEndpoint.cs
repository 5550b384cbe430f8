using Assistify.ChatService.Partitions;
using Assistify.ChatService.Web;

namespace Assistify.ChatService.Conversations.Endpoints;

/// <summary>What all commands to a conversation have in common: find it, send the command, answer with what became of it.</summary>
internal sealed class CommandEndpoint(ConversationReader conversations, CommandSender commands)
{
    public const string Unwelcome = "The customer asked for no more messages on this channel. An answer is possible when he writes again.";

    public async Task<IResult> Run(
        HttpContext http, Guid conversationId, OperatorAction action, Func<OperatorCommand, OperatorCommand>? with,
        CancellationToken cancellationToken)
    {
        if (await conversations.Find(http.User, conversationId, cancellationToken) is not { } conversation) return Problem.NotFound();

        var command = commands.Command(http.User, conversation, action);
        var record = await commands.Send(with is null ? command : with(command), cancellationToken);
        return record?.Outcome switch
        {
            null => Problem.Unavailable(),
            CommandOutcome.NotFound => Problem.NotFound(),
            CommandOutcome.Closed => Problem.Conflict("The conversation is closed."),
            CommandOutcome.Unwelcome => Problem.Conflict(Unwelcome),
            _ => await conversations.View(http.User, record.ConversationId, cancellationToken) is { } view
                ? TypedResults.Ok(view)
                : Problem.NotFound(),
        };
    }
}
