using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.ChatService.Operators.SignIn;

/// <summary>Refusals that several endpoints give.</summary>
internal static class SignInProblems
{
    /// <summary>Of a 401 whose password was right: the second factor's code is missing or wrong.</summary>
    public const string CodeNeeded = "urn:assistify:problem:code-needed";

    public static ProblemHttpResult Locked(HttpResponse response, TimeSpan wait)
    {
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem("Too many attempts; wait before the next one.", statusCode: StatusCodes.Status423Locked);
    }

    public static ProblemHttpResult NotAKey() =>
        TypedResults.Problem("Sign in for this; API keys cannot do it.", statusCode: StatusCodes.Status403Forbidden);
}
