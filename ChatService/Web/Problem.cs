using Microsoft.AspNetCore.Mvc;

namespace Assistify.ChatService.Web;

/// <summary>An error answer by RFC 9457, with the trace's id, and by field what is wrong with the input.</summary>
internal sealed class Problem(int status, string? detail = null, IReadOnlyDictionary<string, string[]>? errors = null) : IResult
{
    public static Problem NotFound() => new(StatusCodes.Status404NotFound);

    public static Problem Forbidden(string detail) => new(StatusCodes.Status403Forbidden, detail);

    public static Problem Conflict(string detail) => new(StatusCodes.Status409Conflict, detail);

    public static Problem Invalid(string field, string reason) => new Invalid().Add(field, reason).AsProblem();

    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status400BadRequest, "The request is not valid.", errors);

    /// <summary>What was asked for may still happen once, so the caller repeats it with the same id.</summary>
    public static Problem Unavailable() => new(StatusCodes.Status503ServiceUnavailable);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Detail = detail };
        if (errors is not null) problem.Extensions["errors"] = errors;
        await httpContext.RequestServices.GetRequiredService<IProblemDetailsService>()
            .TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }
}

/// <summary>Collects what is wrong with a request, by field.</summary>
internal sealed class Invalid
{
    private readonly Dictionary<string, string[]> _errors = [];

    public bool Any => _errors.Count > 0;

    public Invalid Add(string field, string reason)
    {
        _errors[field] = [.. _errors.GetValueOrDefault(field) ?? [], reason];
        return this;
    }

    public Invalid TooLong(string field, string? value, int most)
    {
        if (value?.Length > most) Add(field, $"At most {most} characters.");
        return this;
    }

    public Problem AsProblem() => Problem.Invalid(_errors);
}
