namespace Assistify.ServiceDefaults.Http;

public static class RetryAfterHeader
{
    /// <summary>How long the server asks to wait (<c>Retry-After</c>, in seconds or until a date; RFC 9110, 10.2.3); null where it does not, or the date is past.</summary>
    public static TimeSpan? RetryAfter(this HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
