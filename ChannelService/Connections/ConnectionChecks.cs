using Assistify.ServiceDefaults.Http;

namespace Assistify.ChannelService.Connections;

/// <summary>Asks a connection's provider whether it takes the credentials.</summary>
internal sealed class ConnectionChecks(ChannelAdapters adapters, ServedConnections served)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    public async Task<CheckView> Ask(Guid connectionId, CancellationToken cancellationToken)
    {
        if (adapters.Find(connectionId) is not { } adapter)
            return new CheckView("failed", "not_served", served.ProblemOf(connectionId) ?? "The connection is not served yet.");

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_timeout);
        try
        {
            return await adapter.Check(timeout.Token) is { } check
                ? new CheckView(check.Ok ? "ok" : "failed", check.Code, check.Error)
                : new CheckView("unchecked", null, "This provider cannot be asked; a message will tell.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CheckView("failed", "timeout", "The provider did not answer in time.");
        }
        catch (CircuitOpenException)
        {
            return new CheckView("failed", "circuit_open", "The provider failed repeatedly; calls are suspended for a while.");
        }
        catch (HttpRequestException exception)
        {
            return new CheckView("failed", exception.HttpRequestError.ToString(), "The provider cannot be reached.");
        }
    }
}
