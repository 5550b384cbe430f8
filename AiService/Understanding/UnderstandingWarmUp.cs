namespace Assistify.AiService.Understanding;

/// <summary>Trains the models while the rest of the service starts, so that no customer waits for it.</summary>
internal sealed class UnderstandingWarmUp(IServiceProvider services) : IHostedService
{
    private Task _training = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _training = Task.Run(services.GetRequiredService<MessageReader>, cancellationToken);
        return Task.CompletedTask;
    }

    // A failure would be met again, and told, by the first message; here it must not be lost.
    public Task StopAsync(CancellationToken cancellationToken) => _training.WaitAsync(cancellationToken);
}
