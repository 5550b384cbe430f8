using System.ComponentModel.DataAnnotations;
using Assistify.Contracts;

namespace Assistify.ChannelService;

/// <summary>
/// What a connection is made of: the keys of <c>Channels:{Provider}</c> in configuration, the same names in a stored connection.
/// <see cref="IValidatableObject.Validate"/> names each missing or wrong key in a sentence.
/// </summary>
internal abstract class ConnectionOptions : IValidatableObject
{
    /// <summary>False where the section is empty: then there is no such connection.</summary>
    public abstract bool IsConfigured { get; }

    /// <summary>The account at the provider, as webhooks name it. Two connections of a provider differ in it.</summary>
    public abstract string Account { get; }

    /// <summary>What only one connection may have, over all workspaces; null where several side by side are told apart by their secrets.</summary>
    public virtual string? ExclusiveAccount => Account;

    [Range(0, 60_000, ErrorMessage = "{0} is between 0 and 60000.")]
    public int BurstWaitMs { get; init; } = 1200;

    public SignatureMode SignatureMode { get; init; }

    /// <summary>Unset: the provider's own bound at the provider itself, none at another base address such as the sandbox.</summary>
    [Range(1, 10_000, ErrorMessage = "{0} is between 1 and 10000.")]
    public int? MessagesPerSecond { get; init; }

    /// <summary>
    /// Whether a message of which nobody can tell whether it was sent is sent once more: customers rather get it twice than not at all.
    /// </summary>
    public bool AllowDoubles { get; init; }

    public abstract IEnumerable<ValidationResult> Validate(ValidationContext validationContext);

    protected static bool IsHttp(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    protected static ValidationResult Wrong(string name, string what) => new($"{name} {what}.", [name]);
}

/// <summary>A kind of connection.</summary>
internal interface IChannelProvider
{
    /// <summary>Its name in configuration (<c>Channels:Twilio</c>) and in stored connections.</summary>
    string Name { get; }

    /// <summary>The name in webhook addresses and messages; several providers may share one.</summary>
    string Channel { get; }

    Type OptionsType { get; }

    /// <summary>The options that are credentials: stored encrypted, never shown.</summary>
    IReadOnlyList<string> Secrets { get; }

    IChannelAdapter Create(IServiceProvider services, ChannelConnection connection, ConnectionOptions options);

    /// <param name="id">A stored connection's; null for the one that configuration gives to the default workspace.</param>
    ChannelConnection Connect(ConnectionOptions options, Guid workspaceId, Guid? id = null) => new(
        id ?? Identifiers.Connection(workspaceId, Channel, options.Account), workspaceId, Name, Channel, options.Account,
        TimeSpan.FromMilliseconds(options.BurstWaitMs), options.SignatureMode) { AllowsDoubles = options.AllowDoubles };
}

internal sealed class ChannelProvider<TOptions>(
    string name, string channel, IReadOnlyList<string> secrets, Func<IServiceProvider, ChannelConnection, TOptions, IChannelAdapter> create)
    : IChannelProvider where TOptions : ConnectionOptions
{
    public string Name => name;

    public string Channel => channel;

    public Type OptionsType => typeof(TOptions);

    public IReadOnlyList<string> Secrets => secrets;

    public IChannelAdapter Create(IServiceProvider services, ChannelConnection connection, ConnectionOptions options) =>
        create(services, connection, (TOptions)options);
}
