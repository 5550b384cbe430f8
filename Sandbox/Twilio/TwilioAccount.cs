using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Twilio;

/// <summary>Who may call the API: account sid and token by HTTP Basic, for the account's own resources.</summary>
internal sealed class TwilioAccount(IOptions<TwilioOptions> options, FaultSource faults)
{
    private readonly byte[] _credentials = Encoding.UTF8.GetBytes($"{options.Value.AccountSid}:{options.Value.AuthToken}");

    public TwilioOptions Options => options.Value;

    /// <returns>What to answer instead, or null where the call may go on.</returns>
    public TwilioError? Refuse(HttpContext context)
    {
        if (faults.Current.TokenExpired || !Knows(context.Request.Headers.Authorization.ToString())) return TwilioError.Unauthorized;
        return (string?)context.Request.RouteValues["accountSid"] == options.Value.AccountSid ? null : TwilioError.NotFound(context);
    }

    private bool Knows(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return false;

        Span<byte> given = stackalloc byte[512];
        return Convert.TryFromBase64Chars(header.AsSpan(6).Trim(), given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], _credentials);
    }
}
