namespace Assistify.ChannelService.Deliveries;

/// <summary>What a provider's error means, whatever its code, and so what can be done about it.</summary>
internal enum FailureClass
{
    Other,

    /// <summary>Too much at once on this connection.</summary>
    RateLimited,

    /// <summary>Too much at once to this one person; everybody else goes on.</summary>
    RateLimitedPair,

    /// <summary>The provider's own trouble.</summary>
    Temporary,

    /// <summary>Too long since the customer wrote.</summary>
    WindowClosed,

    /// <summary>The person cannot be reached by this channel.</summary>
    Undeliverable,

    /// <summary>The provider knows that the person wants nothing more from us: as if he had written <c>STOP</c>.</summary>
    RecipientOptedOut,

    /// <summary>The person closed the channel, and opens it again by writing.</summary>
    RecipientBlocked,
    NotFound,

    /// <summary>The credentials of the connection.</summary>
    Auth,
    Permission,
    AccountRestricted,

    /// <summary>The provider does not want this message to go to this person.</summary>
    Policy,
    Template,
    Media,
    Unsupported,

    /// <summary>Ours: the provider does not understand the request, or the connection is set up wrongly there.</summary>
    InvalidRequest,
    Conflict,
}
