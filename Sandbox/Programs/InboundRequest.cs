using System.Text.Json;

namespace Assistify.Sandbox.Programs;

/// <param name="From">The customer's address on the channel, a number such as <c>+447700900123</c> or the provider's own id.</param>
/// <param name="Media">Each <c>{ contentType, base64, fileName? }</c>; an address where the provider has media elsewhere.</param>
/// <param name="Sid">To send a webhook of this id (again).</param>
/// <param name="Count">With a sid: the same webhook so many times at once. Without: so many messages, one after the other.</param>
/// <param name="Batch">The messages of <paramref name="Count"/> in one webhook.</param>
/// <param name="ReplyTo">The id of the message that this one quotes.</param>
/// <param name="Edit">The id of the customer's own message whose text this replaces.</param>
/// <param name="Delete">The id of the customer's own message that is taken back.</param>
/// <param name="Echo">Not the customer but a person of the shop writes, to the customer, in the provider's own app.</param>
/// <param name="Content">Parts in the provider's own form: <c>contacts</c>, <c>order</c>, <c>referral</c>.</param>
/// <param name="Event">Something that is no message, by the provider's name for it.</param>
/// <param name="Raw">A whole body to be signed and sent as it is.</param>
internal sealed record InboundRequest(
    string? From, string? Text, string? ProfileName, IReadOnlyList<JsonElement>? Media, TappedButton? Button, Place? Location, string? Sid, int? Count,
    bool Batch = false, string? ReplyTo = null, ReactionTo? Reaction = null, string? Edit = null, string? Delete = null, bool Echo = false,
    JsonElement? Content = null, string? Event = null, string? Raw = null);

/// <param name="Kind">Of what the shop had offered: <c>reply</c> (default), <c>list</c>, <c>template</c>, <c>postback</c>.</param>
/// <param name="Sid">The id of the shop's message that has the button.</param>
internal sealed record TappedButton(string Text, string? Payload, string? Kind = null, string? Description = null, string? Sid = null);

internal sealed record Place(double Latitude, double Longitude, string? Label, string? Address);

/// <param name="Emoji">Null takes the reaction back.</param>
internal sealed record ReactionTo(string Sid, string? Emoji);

/// <param name="Status">The answer to the webhook; 0 where there was none.</param>
/// <param name="Repeats">The provider goes on trying.</param>
internal sealed record InboundResult(
    string MessageSid, int Status, int Attempts, string? Error, bool Repeats = false, IReadOnlyList<InboundResult>? Items = null);
