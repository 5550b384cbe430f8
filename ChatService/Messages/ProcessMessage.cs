using System.Security.Claims;
using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Media;
using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Messages;

/// <param name="Context">What the page shows that the customer writes on.</param>
public sealed record ProcessMessageRequest(
    Guid? ConversationId = null, string? Text = null, IReadOnlyList<Guid>? Attachments = null, string? ClientMessageId = null, JsonElement Context = default);

internal sealed record ProcessMessageResponse(Guid ConversationId, MessageView Message, MessageView? Reply);

/// <summary>A customer writes on the web, or a program for a customer; the caller waits, listens or comes back later.</summary>
internal static class ProcessMessageEndpoint
{
    public const int LongestText = 8_000;
    private const int MostAttachments = 10;

    // A job that was promised is there when it is asked for; a broker that is behind is not waited for.
    private static readonly TimeSpan s_acceptance = TimeSpan.FromSeconds(2);

    public static void MapProcessMessage(this IEndpointRouteBuilder messages) =>
        messages.MapPost("/process_message", Handle)
            .RequireAuthorization(Policies.Participant)
            .WithName("ProcessMessage")
            .WithSummary("Send a customer's message and get its answer");

    internal static async Task<IResult> Handle(
        ProcessMessageRequest request,
        HttpContext http,
        ConversationReader conversations,
        StoredMedia media,
        CustomerMessages messages,
        WorkspaceDirectory workspaces,
        CancellationToken cancellationToken)
    {
        var user = http.User;
        if (!user.IsCustomer() && !user.IsAtLeast(Roles.Agent)) return Problem.Forbidden("Your role does not allow this.");
        if (Check(request, user, out var page) is { } invalid) return invalid;

        var conversation = request.ConversationId is { } named
            ? await conversations.Find(user, named, cancellationToken)
            : await conversations.FindLatest(user, cancellationToken);
        if (conversation is null) return Problem.NotFound();

        var attachments = await media.Attachments(
            request.Attachments ?? [], conversation.WorkspaceId, user.IsCustomer() ? conversation.CustomerId : null, cancellationToken);
        if (attachments is null) return Problem.Invalid("attachments", "Not every one of them is known.");

        await workspaces.Refresh(cancellationToken);
        var preference = Preference.Of(http.Request);
        var exchange = messages.Begin(user, conversation, StorableText.From(request.Text ?? ""), attachments, request.ClientMessageId, page);
        // A stream goes on after this method.
        http.Response.RegisterForDispose(exchange);
        if (!await exchange.Send(cancellationToken)) return Problem.Conflict("Another message was sent with this clientMessageId.");
        if (preference.Stream) return new ReplyStream(exchange);

        var outcome = await exchange.Settled(preference.Wait, cancellationToken) ?? await exchange.Stored(s_acceptance, cancellationToken);
        if (exchange.IsConflict) return Problem.Conflict("Another message was sent with this clientMessageId.");
        if (outcome is { IsSettled: true }) return TypedResults.Ok(exchange.Response(outcome));

        http.Response.Headers["Preference-Applied"] = preference.Async ? "respond-async" : $"wait={(int)preference.Wait.TotalSeconds}";
        return TypedResults.Accepted(
            $"/api/jobs/{exchange.MessageId}", JobView.Message(exchange.MessageId, outcome, user.IsCustomer(), conversations));
    }

    private static Problem? Check(ProcessMessageRequest request, ClaimsPrincipal user, out PageContext? page)
    {
        var invalid = new Invalid();
        var text = request.Text ?? "";
        if (string.IsNullOrWhiteSpace(text) && request.Attachments is not { Count: > 0 }) invalid.Add("text", "A text or attachments.");
        if (text.Length > LongestText && text.EnumerateRunes().Count() > LongestText) invalid.Add("text", $"At most {LongestText} characters.");
        if (request.Attachments?.Count > MostAttachments) invalid.Add("attachments", $"At most {MostAttachments}.");
        if (request.ClientMessageId is { Length: 0 or > 200 }) invalid.Add("clientMessageId", "1 to 200 characters.");
        if (request.ConversationId is null && !user.IsCustomer()) invalid.Add("conversationId", "Operators and programs name the conversation.");
        page = PageContextReader.Read(invalid, request.Context);
        return invalid.Any ? invalid.AsProblem() : null;
    }
}
