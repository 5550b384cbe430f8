using Assistify.Sandbox.StandIns;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.Sandbox.Programs;

/// <summary><c>PUT /sandbox/api/{channel}/faults</c>: all of them at once; what is absent is off.</summary>
internal static class SetFaults
{
    public static Results<Ok<Faults>, ValidationProblem> Handle(Provider provider, Faults faults)
    {
        var errors = new Dictionary<string, string[]>();
        Probability("duplicateInbound", faults.DuplicateInbound);
        Probability("reorderInbound", faults.ReorderInbound);
        Probability("sendStatus429", faults.SendStatus429);
        Probability("send5xx", faults.Send5xx);
        Probability("cutConnection", faults.CutConnection);
        Probability("timeoutAfterAccept", faults.TimeoutAfterAccept);
        Probability("recipientGone", faults.RecipientGone);
        Probability("statusDuplicate", faults.StatusDuplicate);
        Probability("statusReorder", faults.StatusReorder);
        Milliseconds("delayMs", faults.DelayMs);
        Milliseconds("delayJitterMs", faults.DelayJitterMs);
        Milliseconds("timeoutHoldMs", faults.TimeoutHoldMs);
        Milliseconds("statusDelayMs", faults.StatusDelayMs);
        if (faults.RetryAfterSeconds is < 0 or > 3600) errors["retryAfterSeconds"] = ["Between 0 and 3600."];
        if (faults.CallsPerSecond is < 0 or > 100_000) errors["callsPerSecond"] = ["Between 0 (no limit) and 100000."];
        if (faults.StatusSteps is { } steps && (steps.Count > 20 || steps.Except(provider.KnownSteps, StringComparer.Ordinal).Any()))
            errors["statusSteps"] = [provider.KnownSteps.Count == 0 ? "This provider reports none." : $"At most 20 of: {string.Join(", ", provider.KnownSteps)}."];
        return errors.Count > 0 ? TypedResults.ValidationProblem(errors) : TypedResults.Ok(provider.Faults.Set(faults));

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
