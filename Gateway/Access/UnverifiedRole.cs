using System.Buffers;
using System.Buffers.Text;

namespace Assistify.Gateway.Access;

/// <summary>What a token says of itself before it is checked: good enough to choose between two rates for its own allowance.</summary>
internal static class UnverifiedRole
{
    private const int MaxLength = 4096;

    public static bool IsCustomer(ReadOnlySpan<char> token)
    {
        var start = token.IndexOf('.') + 1;
        if (start == 0 || token.Length > MaxLength) return false;
        var length = token[start..].IndexOf('.');
        if (length <= 0) return false;

        Span<byte> payload = stackalloc byte[MaxLength];
        // Not TryDecodeFromChars: that throws where the text is no Base64Url.
        return Base64Url.DecodeFromChars(token.Slice(start, length), payload, out _, out var written) == OperationStatus.Done
            && payload[..written].IndexOf("\"role\":\"customer\""u8) >= 0;
    }
}
