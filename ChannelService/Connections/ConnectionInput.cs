using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.ChannelService.Connections;

/// <summary>What is the same in the answers about connections.</summary>
internal static class ConnectionInput
{
    private const int LongestName = 100;

    public static void CheckName(this Dictionary<string, string[]> errors, string? name)
    {
        if (name is not null && (name.Trim().Length is 0 or > LongestName || name.Any(char.IsControl)))
            errors["name"] = [$"1 to {LongestName} characters, none of them control characters."];
    }

    public static ValidationProblem Invalid(string field, string reason) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [reason] });

    public static ProblemHttpResult Taken() => TypedResults.Problem(
        "This account is connected already. Its webhooks come to one connection only.", statusCode: StatusCodes.Status409Conflict);

    public static ProblemHttpResult ReadOnly() => TypedResults.Problem(
        "This connection comes from configuration; it is changed there.", statusCode: StatusCodes.Status409Conflict);

    public static ProblemHttpResult Outdated() => TypedResults.Problem(
        "Somebody else changed this connection at the same moment. Please repeat it.", statusCode: StatusCodes.Status409Conflict);
}
