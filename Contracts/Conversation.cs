namespace Assistify.Contracts;

// The conversation protocol, in the order a message travels (docs/architecture.md has the table).
// Evolve by adding a trailing member with a default; never rename or retype; a new meaning is a new record.

/// <summary>A customer wrote to us. Published by ChannelService, and by ChatService for web chat.</summary>
/// <param name="MessageId">Minted at the edge; identifies the message in every service.</param>
/// <param name="Channel"><c>web</c> or a channel's name in webhook addresses, such as <c>whatsapp</c>.</param>
/// <param name="Partition"><see cref="Contracts.Partition.For"/> of the connection and the sender's address.</param>
/// <param name="ReceivedAt">The edge's receive stamp; orders the messages of a batch, never those of a conversation.</param>
/// <param name="BurstWait">How long the customer may go on writing before the assistant answers.</param>
/// <param name="ExternalId">The provider's id of the message.</param>
/// <param name="ConversationId">Named by web chat, where the visitor has the conversation open; otherwise the open one is found.</param>
/// <param name="Verified">False when the webhook was let through unverified by a connection that only observes signatures.</param>
/// <param name="AnswerWanted">False for what is only to be kept and shown: another app holds the thread, or a group talks among itself.</param>
public sealed record CustomerMessageReceived(
    Guid MessageId,
    Guid WorkspaceId,
    Guid ConnectionId,
    string Channel,
    int Partition,
    CustomerAddress From,
    MessageContent Content,
    DateTimeOffset ReceivedAt,
    TimeSpan BurstWait,
    string? ExternalId = null,
    Guid? ConversationId = null,
    bool Verified = true,
    bool AnswerWanted = true) : IPartitioned;

/// <summary>
/// What many customers wrote came with one webhook: the same as each message by itself, in this order. Published by ChannelService, one for
/// each partition.
/// </summary>
/// <param name="Messages">At least two, all of this workspace and partition.</param>
public sealed record CustomerMessagesReceived(Guid WorkspaceId, int Partition, IReadOnlyList<CustomerMessageReceived> Messages) : IPartitioned;

/// <summary>A customer changed what was said before. Published by ChannelService; the target may be unknown yet, or for ever.</summary>
/// <param name="ChangeId">Derived from the connection and the provider's id of the change: seen twice, it is the same change.</param>
/// <param name="TargetExternalId">The provider's id of the message that it is about; a customer's or ours.</param>
/// <param name="Text">The new text of an edited message.</param>
/// <param name="Emoji">Of a reaction; null takes it back.</param>
public sealed record MessageChanged(
    Guid ChangeId,
    Guid WorkspaceId,
    Guid ConnectionId,
    string Channel,
    int Partition,
    CustomerAddress From,
    MessageChange Change,
    string TargetExternalId,
    string? Text,
    string? Emoji,
    DateTimeOffset ReceivedAt) : IPartitioned;

public enum MessageChange
{
    Edited,

    /// <summary>The text goes for good, also where the deletion comes before the message.</summary>
    Deleted,
    Reacted,
}

/// <summary>
/// Somebody answered the customer by another way than ours, in the provider's own app for instance. Published by ChannelService;
/// it is kept as an operator's message, and the turn goes to people.
/// </summary>
/// <param name="To">The customer.</param>
public sealed record OutsideReplyReceived(
    Guid MessageId,
    Guid WorkspaceId,
    Guid ConnectionId,
    string Channel,
    int Partition,
    CustomerAddress To,
    MessageContent Content,
    DateTimeOffset ReceivedAt,
    string? ExternalId) : IPartitioned;

/// <summary>A customer has another address now, a new number for instance. Published by ChannelService.</summary>
public sealed record CustomerAddressChanged(
    Guid ChangeId,
    Guid WorkspaceId,
    Guid ConnectionId,
    string Channel,
    int Partition,
    CustomerAddress From,
    string NewValue,
    DateTimeOffset ReceivedAt) : IPartitioned;

/// <summary>Asks AiService to answer the turn <c>Version</c> of a conversation. Published by ChatService.</summary>
/// <param name="Unanswered">Ids of the customer's messages in <c>History</c> that nobody answered yet, oldest first.</param>
/// <param name="History">The latest messages, oldest first, private notes left out.</param>
/// <param name="Stream">Whether anybody can see the answer grow.</param>
/// <param name="AnswerWanted">False while people hold the turn: understand the messages, write nothing.</param>
/// <param name="TimeZone">The workspace's, by its IANA name: what "tomorrow" means there.</param>
/// <param name="Assistant">What the workspace decided about its assistant; null: the usual.</param>
/// <param name="Sellers">What sellers were asked for this customer already; null: nothing.</param>
public sealed record ReplyRequested(
    Guid ConversationId,
    long Version,
    Guid WorkspaceId,
    Guid CustomerId,
    string Channel,
    int Partition,
    IReadOnlyList<Guid> Unanswered,
    IReadOnlyList<HistoryMessage> History,
    bool Stream,
    bool AnswerWanted,
    string? CustomerName,
    string? Locale,
    DateTimeOffset RequestedAt,
    string? TimeZone = null,
    BusinessSettings? Assistant = null,
    AskedSellers? Sellers = null);

/// <summary>What sellers were asked for a customer by the assistant.</summary>
/// <param name="Products">Those about which a question of this conversation waits for the seller's answer.</param>
/// <param name="MayAsk">Whether the customer's questions of the last hour leave room for another.</param>
public sealed record AskedSellers(IReadOnlyList<Guid> Products, bool MayAsk);

/// <summary>What a workspace's admins decided about its assistant, as it holds for one conversation.</summary>
/// <param name="Tone">How it talks, in their words.</param>
/// <param name="StaffedTimes">When people answer, in the workspace's time zone; null: always.</param>
/// <param name="FeaturesOff">What their feature flags <c>assistant.…</c> switch off for this conversation, by the name behind the dot.</param>
/// <param name="Holidays">Days on which people answer at other times than the weekday's.</param>
public sealed record BusinessSettings(
    string Tone, IReadOnlyList<StaffedTime>? StaffedTimes, IReadOnlyList<string> FeaturesOff, IReadOnlyList<Holiday>? Holidays = null);

/// <param name="From">Since midnight.</param>
/// <param name="To">Since midnight, at most 24 hours.</param>
public sealed record StaffedTime(DayOfWeek Day, TimeSpan From, TimeSpan To);

/// <summary>A day on which people answer at hours of its own, or not at all.</summary>
/// <param name="Yearly">On this day and month of every year.</param>
/// <param name="Times">Nothing: nobody answers.</param>
public sealed record Holiday(DateOnly Date, string Name, bool Yearly, IReadOnlyList<HolidayTime> Times)
{
    /// <summary>The one that counts on a day: what was said of this very date before what is said of every year.</summary>
    public static Holiday? On(DateOnly day, IReadOnlyList<Holiday> holidays) =>
        holidays.FirstOrDefault(holiday => !holiday.Yearly && holiday.Date == day)
        ?? holidays.FirstOrDefault(holiday => holiday.Yearly && (holiday.Date.Month, holiday.Date.Day) == (day.Month, day.Day));
}

/// <param name="From">Since midnight.</param>
/// <param name="To">Since midnight, at most 24 hours.</param>
public sealed record HolidayTime(TimeSpan From, TimeSpan To);

/// <summary>The turn of a conversation moved on: an answer to a lower version is no longer wanted. To every AiService replica; may be lost.</summary>
public sealed record TurnMoved(Guid ConversationId, long Version);

/// <summary>A piece of an answer that is being written. To every ChatService replica; may be lost.</summary>
public sealed record ReplyDelta(Guid ConversationId, long Version, int Index, string Text);

/// <summary>What was streamed of this answer is withdrawn; it starts again at index 0. To every ChatService replica; may be lost.</summary>
public sealed record ReplyReset(Guid ConversationId, long Version);

/// <summary>A job has ended and can be read at <c>/api/jobs/{id}</c>. To every ChatService replica, for the push; may be lost, since jobs can be asked for.</summary>
/// <param name="Kind">Such as <c>inspiration</c>.</param>
/// <param name="AskerId">The customer or operator who started it.</param>
/// <param name="ConversationId">A web customer's.</param>
public sealed record JobReady(Guid JobId, string Kind, Guid WorkspaceId, Guid AskerId, Guid? ConversationId);

/// <summary>AiService's answer to the turn <c>Version</c>.</summary>
/// <param name="ReplyId"><see cref="Identifiers.Reply"/> of the conversation and the version.</param>
/// <param name="HandOver">The customer asked for a person or accepted one: the turn goes to people after this answer.</param>
/// <param name="PromptVersion">Which version of the instructions a model was given.</param>
/// <param name="Enquiry">What a seller is to be asked for the customer, if this answer is stored and not otherwise.</param>
public sealed record ReplyGenerated(
    Guid ReplyId,
    Guid ConversationId,
    long Version,
    Guid WorkspaceId,
    int Partition,
    string Text,
    IReadOnlyList<Card> Cards,
    IReadOnlyList<Citation> Citations,
    IReadOnlyList<Recommendation> Recommendations,
    IReadOnlyList<Understanding> Understandings,
    string Model,
    string? PromptVersion,
    int LatencyMs,
    Money? Cost,
    bool HandOver,
    DateTimeOffset GeneratedAt,
    SellerEnquiry? Enquiry = null) : IPartitioned;

/// <summary>A customer's question about a product, for the one who sells it to the workspace.</summary>
/// <param name="SupplierId">As a customer.</param>
/// <param name="Title">The product's, as the customer was shown it.</param>
/// <param name="Question">In the customer's words, without anything that tells who he is.</param>
/// <param name="Language">The customer's, for the words around the seller's answer.</param>
public sealed record SellerEnquiry(Guid SupplierId, Guid ProductId, string Title, string Question, string Language);

/// <summary>What customers' messages mean, where no answer was wanted. Published by AiService.</summary>
public sealed record MessagesUnderstood(
    Guid ConversationId, Guid WorkspaceId, int Partition, IReadOnlyList<Understanding> Understandings) : IPartitioned;

/// <summary>AiService could not answer the turn <c>Version</c>; it goes to people.</summary>
public sealed record ReplyFailed(Guid ConversationId, long Version, Guid WorkspaceId, int Partition, string Reason) : IPartitioned;

/// <summary>The customer said how well he was helped. Published by ChatService; the latest counts.</summary>
/// <param name="Score">From 1, not helped at all, to 5.</param>
public sealed record ConversationRated(Guid WorkspaceId, Guid ConversationId, Guid CustomerId, int Score, DateTimeOffset RatedAt);

/// <summary>Somebody is to be forgotten: whatever holds his text or addresses removes it. Published by ChatService; repeating it removes nothing more.</summary>
/// <param name="CustomerIds">His, and those who were merged into him.</param>
/// <param name="Addresses">As <see cref="CustomerAddress.Value"/>.</param>
public sealed record CustomerErased(
    Guid WorkspaceId, IReadOnlyList<Guid> CustomerIds, IReadOnlyList<Guid> ConversationIds, IReadOnlyList<string> Addresses);

/// <summary>A provider demands, for a person or by law, that a customer be forgotten. Published by ChannelService; ChatService erases him everywhere.</summary>
/// <param name="Kind">As <see cref="CustomerAddress.Kind"/>.</param>
/// <param name="Value">The scoped id: <see cref="CustomerAddress.Person"/>, else <see cref="CustomerAddress.Value"/>.</param>
public sealed record CustomerErasureDemanded(Guid WorkspaceId, Guid ConnectionId, string Kind, string Value, DateTimeOffset DemandedAt);

/// <summary>An address a customer writes from. A phone number is one kind of identifier among several, never the key.</summary>
/// <param name="Kind">Scope of the value: <c>whatsapp</c>, <c>web</c>, …</param>
/// <param name="Value">The address as the provider takes it back, such as <c>whatsapp:+447700900123</c>.</param>
/// <param name="Phone">E.164 where the channel tells it.</param>
/// <param name="Person">The person's own scoped id where answers go elsewhere, such as a Slack user in a channel; otherwise <paramref name="Value"/> is it.</param>
public sealed record CustomerAddress(
    string Kind, string Value, string? Name = null, string? Phone = null, string? Email = null, string? Locale = null, string? Person = null);

/// <summary>What was said, in one neutral form for every channel.</summary>
/// <param name="Order">What the customer put together in the channel's own catalogue.</param>
/// <param name="Unsupported">What the provider calls a kind that it does not pass on, or that Assistify does not know: shown, never dropped.</param>
/// <param name="Form">What the customer filled in, as the channel sent it: a JSON object.</param>
/// <param name="Page">What the customer looked at, on web chat where the page said so.</param>
public sealed record MessageContent(
    string Text,
    IReadOnlyList<Attachment>? Attachments = null,
    Choice? Choice = null,
    Location? Location = null,
    string? ReplyToExternalId = null,
    Referral? Referral = null,
    IReadOnlyList<OrderLine>? Order = null,
    string? Unsupported = null,
    string? Form = null,
    PageContext? Page = null);

/// <summary>
/// What the page with the chat says of itself. The customer's browser says it, so it proves nothing: it tells what a question may be about.
/// </summary>
/// <param name="Product">The id of the product that the page shows, or what its address calls it.</param>
/// <param name="Facts">Whatever else the page says, by its own names.</param>
public sealed record PageContext(
    string? Url = null, string? Title = null, string? Product = null, IReadOnlyList<CartLine>? Cart = null, IReadOnlyDictionary<string, string>? Facts = null);

/// <param name="Product">As <see cref="PageContext.Product"/>, or the product's name.</param>
public sealed record CartLine(string Product, int Quantity);

/// <param name="ProductId">The shop's own id of the product in the catalogue.</param>
/// <param name="Price">Of one piece.</param>
public sealed record OrderLine(string ProductId, int Quantity, Money? Price = null);

/// <param name="Kind">
/// <c>image</c>, <c>audio</c>, <c>video</c>, <c>document</c>, <c>contact</c>, <c>sticker</c> or <c>file</c>; otherwise what the provider calls
/// something that is only shown where it lies and never stored here, such as <c>story_mention</c>, <c>share</c> or <c>fallback</c>.
/// </param>
/// <param name="Source">Where the provider keeps it, for a while; null once it is stored here, or where only <paramref name="ExternalId"/> leads to it.</param>
/// <param name="ExternalId">The provider's own id of the medium, where it has one.</param>
/// <param name="Unavailable">Why it will never be here, in a word: see <see cref="MediaFailed"/>.</param>
public sealed record Attachment(
    Guid Id, string Kind, string ContentType, string? FileName = null, long? Size = null, string? Source = null, string? ExternalId = null,
    string? Unavailable = null)
{
    /// <summary>Whether its content is in our own store.</summary>
    public bool IsStored() => Source is null && ExternalId is null && Size is not null && Unavailable is null;

    /// <summary>Whether a provider keeps it and it is to be stored here.</summary>
    public bool IsToBeStored() =>
        (Source is not null || ExternalId is not null) && Kind is "image" or "audio" or "video" or "document" or "contact" or "sticker" or "file";
}

/// <summary>A button or list entry that the customer chose.</summary>
public sealed record Choice(string Id, string Title);

/// <summary>The advertisement or link that brought the customer here.</summary>
/// <param name="SourceType">What the provider calls it, such as <c>ad</c> or <c>post</c>.</param>
public sealed record Referral(
    string? Headline, string? Body = null, string? SourceUrl = null, string? SourceId = null, string? SourceType = null,
    string? ClickId = null);

public sealed record Location(double Latitude, double Longitude, string? Name = null, string? Address = null);

/// <param name="Choice">What the customer answered by a tap.</param>
/// <param name="Offered">The answers that it offered for a tap.</param>
/// <param name="Pictures">Ids of the pictures that a customer sent with it; the provider may still keep them.</param>
/// <param name="Page">What the customer looked at while writing it.</param>
public sealed record HistoryMessage(
    Guid Id, Author Author, string Text, DateTimeOffset At, Choice? Choice = null, IReadOnlyList<Choice>? Offered = null, IReadOnlyList<Guid>? Pictures = null,
    PageContext? Page = null);

public enum Author
{
    Customer,
    Assistant,
    Agent,
    System,
}

/// <summary>Something to show beside the text.</summary>
/// <param name="Kind"><c>product</c>, <c>booking</c>, <c>listing</c>, <c>form</c>, or <c>choice</c> for what is only an answer to tap.</param>
/// <param name="Action">On a card without a picture: it is an answer that the customer can give by a tap, and this comes back as the <see cref="Choice"/>'s id.</param>
/// <param name="Fields">Of a form: what is asked for. The answer is one ordinary message, a line "label: value" for each field.</param>
/// <param name="Slots">Of a booking: times to choose from. The answer is one ordinary message, the title of one.</param>
/// <param name="Held">Which of them is kept for the customer.</param>
/// <param name="TimeZone">In which the times are shown (IANA); the customer's own where it is null.</param>
public sealed record Card(
    string Kind, string Id, string Title, string? Subtitle = null, Money? Price = null, string? ImageUrl = null, string? Url = null,
    string? Action = null, IReadOnlyList<FormField>? Fields = null, IReadOnlyList<Slot>? Slots = null, Hold? Held = null, string? TimeZone = null)
{
    /// <summary>Whether it is shown as an answer to tap.</summary>
    public bool IsChoice() => this is { Action.Length: > 0, ImageUrl: null };
}

/// <param name="Title">What choosing it says, in the customer's language: "Tuesday, 24 November, 15:00".</param>
public sealed record Slot(string Id, DateTimeOffset Start, string Title);

/// <param name="HeldUntil">Nobody else can take the time until then.</param>
public sealed record Hold(string SlotId, DateTimeOffset HeldUntil);

/// <summary>A question of a form.</summary>
/// <param name="Label">In the customer's language.</param>
/// <param name="Kind"><c>text</c>, <c>email</c>, <c>phone</c>, <c>number</c>, <c>date</c>, <c>time</c> or <c>choice</c>.</param>
/// <param name="Options">Of a choice.</param>
/// <param name="Min">The least number or the first day (<c>2026-11-24</c>) that can be meant.</param>
public sealed record FormField(
    string Name, string Label, string Kind, bool Required = true, IReadOnlyList<string>? Options = null, string? Min = null);

/// <summary>The span of a source that an answer rests on.</summary>
public sealed record Citation(string DocumentId, string Title, string? Url, string Quote);

public sealed record Recommendation(
    string ProductId, string Title, Money? Price, string? ImageUrl, string? Url, double Score, string Reason);

/// <param name="Amount">With the currency's own number of decimals, written as a string in JSON (<c>"12.50"</c>).</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record Money(decimal Amount, string Currency);

/// <param name="Sentiment"><c>negative</c>, <c>neutral</c> or <c>positive</c>.</param>
/// <param name="SentimentScore">-1 to 1.</param>
/// <param name="Language">BCP 47, such as <c>en</c>.</param>
public sealed record Understanding(
    Guid MessageId, string Intent, double Confidence, string Sentiment, double SentimentScore, string Language);
