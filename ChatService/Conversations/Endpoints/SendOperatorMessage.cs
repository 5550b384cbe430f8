using Assistify.ChatService.Media;
using Assistify.ChatService.Messages;
using Assistify.ChatService.Partitions;
using Assistify.ChatService.Suppliers;
using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Conversations.Endpoints;

/// <param name="Text">With a template: how it reads, for the people who see the conversation.</param>
/// <param name="Mentions">Operators whom a private note names; they are notified.</param>
/// <param name="Enquiry">To a supplier: for which customer he is asked. The pictures that he answers with are shown to that customer.</param>
public sealed record SendOperatorMessageRequest(
    string? Text = null, IReadOnlyList<Guid>? Attachments = null, bool Private = false, string? ClientMessageId = null, TemplateRequest? Template = null,
    IReadOnlyList<Guid>? Mentions = null, EnquiryRequest? Enquiry = null);

/// <param name="ConversationId">The customer's.</param>
/// <param name="Subject">What it is about, in words that the customer may read.</param>
public sealed record EnquiryRequest(Guid? ConversationId = null, string? Subject = null);

/// <param name="Name">At Meta the template's name, at Twilio the content's id.</param>
public sealed record TemplateRequest(string? Name = null, string? Language = null, IReadOnlyList<string>? Values = null)
{
    internal const int LongestName = 512;
    internal const int LongestLanguage = 15;
}

internal sealed record SendOperatorMessageResponse(Guid MessageId);

/// <summary>An operator writes to the customer, which takes the turn from the assistant; or leaves a private note, which does not.</summary>
internal static class SendOperatorMessageEndpoint
{
    private const int MostAttachments = 10;
    private const int MostValues = 50;
    private const int LongestValue = 1024;
    private const int MostMentions = 20;
    private const int LongestSubject = 80;
    private const string NeedsTemplate = "He has not written within the time in which the channel takes free text: a template has to ask him.";
    private const string NeedsHim = "He has not written within the time in which the channel takes messages: he can be asked when he writes again.";

    public static void MapSendOperatorMessage(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/messages", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName("SendOperatorMessage")
            .WithSummary("Write to the customer as an operator, or leave a private note");

    internal static async Task<IResult> Handle(
        Guid id, SendOperatorMessageRequest request, HttpContext http, ConversationReader conversations, StoredMedia media,
        CommandSender commands, NpgsqlDataSource database, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Check(request) is { } invalid) return invalid;
        if (await conversations.Find(http.User, id, cancellationToken) is not { } conversation) return Problem.NotFound();
        if (request.Template is not null && !Channels.HasTemplates(conversation.Channel)) return Problem.Invalid("template", "This channel has no templates.");
        if (request.Enquiry is { } about && await Check(about, conversation, http, conversations, database, cancellationToken) is { } wrong) return wrong;
        if (request.Enquiry is not null && request.Template is null && conversation.WindowExpiresAt <= time.GetUtcNow())
            return Problem.Conflict(Channels.HasTemplates(conversation.Channel) ? NeedsTemplate : NeedsHim);
        var attachments = await media.Attachments(request.Attachments ?? [], conversation.WorkspaceId, null, cancellationToken);
        if (attachments is null) return Problem.Invalid("attachments", "Not every one of them is known.");

        var template = request.Template is { } wanted ? new MessageTemplate(wanted.Name!.Trim(), wanted.Language?.Trim(), wanted.Values ?? []) : null;
        var reply = new OperatorReply(StorableText.From(TextOf(request.Text, template)), attachments, request.Private, template, request.Mentions,
            request.Enquiry is { } enquiry ? new EnquiryFor(enquiry.ConversationId!.Value, enquiry.Subject!.Trim()) : null);
        var command = commands.Command(http.User, conversation, OperatorAction.Reply) with { Reply = reply };
        if (request.ClientMessageId is { } clientId)
        {
            command = command with { CommandId = Identifiers.Derive($"operator-message/{id}/{http.User.Id()}/{clientId}") };
            if (await Same(database, command, cancellationToken) is { } known) return Answer(known, command);
        }

        if (await commands.Send(command, cancellationToken) is not { } record) return Problem.Unavailable();
        if (record.Outcome == CommandOutcome.Closed) return Problem.Conflict("The conversation is closed.");
        if (record.Outcome == CommandOutcome.NotFound) return Problem.NotFound();
        if (record.Outcome == CommandOutcome.Unwelcome) return Problem.Conflict(CommandEndpoint.Unwelcome);
        return Answer(await Same(database, command, cancellationToken) ?? true, command);
    }

    private static Problem? Check(SendOperatorMessageRequest request)
    {
        var invalid = new Invalid();
        if (string.IsNullOrWhiteSpace(request.Text) && request.Attachments is not { Count: > 0 } && request.Template is null) invalid.Add("text", "A text or attachments.");
        if (request.Template is { } template) Check(template, request, invalid);
        invalid.TooLong("text", request.Text, ProcessMessageEndpoint.LongestText);
        if (request.Attachments?.Count > MostAttachments) invalid.Add("attachments", $"At most {MostAttachments}.");
        if (request.Mentions is { Count: > 0 } && !request.Private) invalid.Add("mentions", "Only private notes name operators.");
        if (request.Mentions?.Count > MostMentions) invalid.Add("mentions", $"At most {MostMentions}.");
        if (request.Enquiry is { } enquiry)
        {
            if (request.Private) invalid.Add("enquiry", "A private note asks nobody.");
            if (enquiry.ConversationId is null) invalid.Add("enquiry.conversationId", "For which customer.");
            if (string.IsNullOrWhiteSpace(enquiry.Subject)) invalid.Add("enquiry.subject", "What it is about.");
            invalid.TooLong("enquiry.subject", enquiry.Subject, LongestSubject);
        }

        if (request.ClientMessageId is { Length: 0 or > 200 }) invalid.Add("clientMessageId", "1 to 200 characters.");
        return invalid.Any ? invalid.AsProblem() : null;
    }

    private static void Check(TemplateRequest template, SendOperatorMessageRequest request, Invalid invalid)
    {
        if (string.IsNullOrWhiteSpace(template.Name)) invalid.Add("template.name", "Which template.");
        invalid.TooLong("template.name", template.Name, TemplateRequest.LongestName).TooLong("template.language", template.Language, TemplateRequest.LongestLanguage);
        if (template.Values is { } values && (values.Count > MostValues || values.Any(value => string.IsNullOrWhiteSpace(value) || value.Length > LongestValue)))
            invalid.Add("template.values", $"At most {MostValues}, each 1 to {LongestValue} characters.");
        if (request.Private || request.Attachments is { Count: > 0 }) invalid.Add("template", "A template goes alone, and to the customer.");
    }

    private static async Task<Problem?> Check(
        EnquiryRequest enquiry, Conversation asked, HttpContext http, ConversationReader conversations, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (enquiry.ConversationId == asked.Id || await conversations.Find(http.User, enquiry.ConversationId!.Value, cancellationToken) is null)
            return Problem.Invalid("enquiry.conversationId", "No customer's conversation.");

        await using var command = database.CreateCommand("select supplier_since is not null from customers where id = $1 and workspace_id = $2");
        command.Parameters.AddWithValue(asked.CustomerId);
        command.Parameters.AddWithValue(asked.WorkspaceId);
        return await command.ExecuteScalarAsync(cancellationToken) is true ? null : Problem.Invalid("enquiry", "Only suppliers are asked for customers.");
    }

    // "order_update: 1001, Friday"
    private static string TextOf(string? text, MessageTemplate? template) =>
        template is null || !string.IsNullOrWhiteSpace(text) ? text ?? ""
        : template.Values.Count == 0 ? template.Name : $"{template.Name}: {string.Join(", ", template.Values)}";

    private static IResult Answer(bool same, OperatorCommand command) => same
        ? TypedResults.Accepted((string?)null, new SendOperatorMessageResponse(command.CommandId))
        : Problem.Conflict("Another message was sent with this clientMessageId.");

    /// <returns>Whether the message stored under this id says the same; null if there is none.</returns>
    private static async Task<bool?> Same(NpgsqlDataSource database, OperatorCommand command, CancellationToken cancellationToken)
    {
        await using var query = database.CreateCommand("select text = $2 and private = $3 from messages where id = $1");
        query.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = command.CommandId });
        query.Parameters.Add(new NpgsqlParameter<string> { TypedValue = command.Reply!.Text });
        query.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = command.Reply.Private });
        return (bool?)await query.ExecuteScalarAsync(cancellationToken);
    }
}
