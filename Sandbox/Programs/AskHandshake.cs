using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Programs;

/// <param name="Passed">The address gave the answer that the provider wants.</param>
internal sealed record HandshakeResult(bool Passed, int Status, string? Error);

/// <summary><c>POST /sandbox/api/{channel}/handshake</c>: the provider asks whether the webhook's address is ours.</summary>
internal static class AskHandshake
{
    public static async Task<IResult> Handle(StandIn standIn, WebhookSender sender, CancellationToken cancellationToken)
    {
        if (standIn.Handshake() is not { } handshake)
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "No handshake", detail: $"{standIn.Name} has none.");

        var outcome = await sender.Post(handshake.Question, cancellationToken);
        var passed = outcome.Status == StatusCodes.Status200OK && outcome.Body is { } body && Answers(body, handshake.Answer);
        return TypedResults.Ok(new HandshakeResult(passed, outcome.Status, outcome.Error));
    }

    // As text, or as Slack also takes it: a form or JSON with the challenge.
    private static bool Answers(string body, string challenge) =>
        body == challenge || body == $"challenge={challenge}" || body.Replace(" ", "", StringComparison.Ordinal) == $"{{\"challenge\":\"{challenge}\"}}";
}
