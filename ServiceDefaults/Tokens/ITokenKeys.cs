namespace Assistify.ServiceDefaults.Tokens;

/// <summary>Where the keys that tokens are checked with come from: the database in ChatService, ChatService everywhere else.</summary>
public interface ITokenKeys
{
    /// <returns>Null where nobody knows the key.</returns>
    /// <exception cref="TokenKeysUnavailableException">No key could ever be read, so nothing can be said about any token.</exception>
    ValueTask<TokenKey?> Find(string keyId, CancellationToken cancellationToken);
}

/// <summary>Tokens cannot be checked now; answered 503, since the caller's token may well be right.</summary>
public sealed class TokenKeysUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
