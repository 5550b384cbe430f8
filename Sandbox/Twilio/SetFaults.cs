using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.Sandbox.Twilio;

internal static class SetFaults
{
    private static readonly string[] s_steps = ["accepted", "queued", "sending", "sent", "delivered", "read", "failed", "undelivered", "canceled"];

    public static Results<Ok<Faults>, ValidationProblem> Handle(Faults faults, FaultSource source)
    {
        var errors = new Dictionary<string, string[]>();
        Probability("duplicateInbound", faults.DuplicateInbound);
        Probability("reorderInbound", faults.ReorderInbound);
        Probability("sendStatus429", faults.SendStatus429);
        Probability("send5xx", faults.Send5xx);
        Probability("timeoutAfterAccept", faults.TimeoutAfterAccept);
        Probability("statusDuplicate", faults.StatusDuplicate);
        Probability("statusReorder", faults.StatusReorder);
        Milliseconds("delayMs", faults.DelayMs);
        Milliseconds("delayJitterMs", faults.DelayJitterMs);
        Milliseconds("timeoutHoldMs", faults.TimeoutHoldMs);
        Milliseconds("statusDelayMs", faults.StatusDelayMs);
        if (faults.RetryAfterSeconds is < 0 or > 3600) errors["retryAfterSeconds"] = ["Between 0 and 3600."];
        if (faults.StatusSteps is null || faults.StatusSteps.Count > 20 || faults.StatusSteps.Except(s_steps, StringComparer.Ordinal).Any())
            errors["statusSteps"] = [$"At most 20 of: {string.Join(", ", s_steps)}."];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);

        source.Set(faults);
        return TypedResults.Ok(faults);

        void Probability(string name, double value)
        {
            if (value is not (>= 0 and <= 1)) errors[name] = ["A probability, 0 to 1."];
        }

        void Milliseconds(string name, int value)
        {
            if (value is < 0 or > 60_000) errors[name] = ["Between 0 and 60000."];
        }
    }
}
