using System.Text.Json;

namespace Assistify.AiService.Providers;

/// <summary>Why a call of a model brought no answer: decides whether it is worth another try, and is told in the trace.</summary>
internal enum ModelFault
{
    /// <summary>Overloaded, out of order, or cut off in the middle.</summary>
    Temporary,
    RateLimited,

    /// <summary>The account has no money left: waiting does not help.</summary>
    QuotaExhausted,
    ContextTooLong,
    Auth,
    NotFound,
    InvalidRequest,

    /// <summary>The provider's own filter let nothing pass.</summary>
    Filtered,
    Timeout,

    /// <summary>Nothing was sent.</summary>
    Unreachable,
}

/// <param name="detail">The provider's own words for it, short; never a text of a customer.</param>
internal sealed class ModelFaultException(ModelFault fault, string detail, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(detail, inner)
{
    public ModelFault Fault { get; } = fault;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The model had begun to write: that costs something.</summary>
    public bool HadBegun { get; init; }

    public bool IsRetryable => Fault is ModelFault.Temporary or ModelFault.RateLimited or ModelFault.Timeout or ModelFault.Unreachable;

    public string Name => NameOf(Fault);

    public static string NameOf(ModelFault fault) => JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());
}
