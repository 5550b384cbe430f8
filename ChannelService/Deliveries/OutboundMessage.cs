namespace Assistify.ChannelService.Deliveries;

/// <summary>One message to the provider out of a delivery.</summary>
/// <param name="Text">What the customer reads; also kept where <paramref name="Payload"/> says it to the provider.</param>
/// <param name="Payload">The provider's own form of the message where it is more than text and a medium: buttons, lists, cards. Only its adapter reads it.</param>
internal sealed record OutboundPart(string Text, string? MediaUrl = null, string? Payload = null);

/// <param name="Part">Counts from 0 within the delivery.</param>
/// <param name="Attempt">Counts from 1.</param>
internal sealed record OutboundMessage(
    Guid DeliveryId, int Part, string Address, string Text, string? MediaUrl, string? Payload = null, int Attempt = 1, DateTimeOffset CreatedAt = default);

/// <summary>A message that the provider holds.</summary>
internal sealed record ProviderMessage(string ExternalId, DateTimeOffset CreatedAt);

/// <summary>What became of one call to the provider.</summary>
internal abstract record SendResult
{
    /// <summary>The provider took the message and gave it an id.</summary>
    internal sealed record Accepted(string ExternalId) : SendResult;

    /// <summary>Certainly not sent, and may be repeated: refused connection, open breaker, rate limit, credentials.</summary>
    /// <param name="RetryAfter">As the provider asks.</param>
    /// <param name="GiveUpAfter">How old the delivery may become before this is final.</param>
    /// <param name="OnlyThis">It says nothing about the connection's other messages.</param>
    /// <param name="SoonerAfter">It need not wait longer than this where the connection's other messages are taken again; null where it must.</param>
    internal sealed record NotSent(
        string Code, string Error, TimeSpan? RetryAfter, TimeSpan GiveUpAfter, bool OnlyThis = false, TimeSpan? SoonerAfter = null) : SendResult;

    /// <summary>Refused for good.</summary>
    internal sealed record Refused(string Code, string Error) : SendResult;

    /// <summary>Nobody knows: the answer was lost, or the provider failed while it worked.</summary>
    internal sealed record Unknown(string Code) : SendResult;
}
