using Assistify.AiService.Understanding;

namespace Assistify.AiService.IntentModels;

/// <summary>Trains the models that were asked for, one after the other, beside the answers. Some seconds of work each; who dies at it is followed by another replica.</summary>
internal sealed partial class ModelTrainer(ModelStore store, TimeProvider time, ILogger<ModelTrainer> logger) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private readonly Alarm _alarm = new();

    public void Wake() => _alarm.Ring();

    /// <returns>False where nothing waited.</returns>
    internal async Task<bool> TrainNext(CancellationToken cancellationToken)
    {
        if (await store.Claim(cancellationToken) is not { } job) return false;
        var starter = IntentExamples.Read();
        var trained = await Task.Run(
            () => IntentTraining.Train([.. starter, .. job.Examples.Select(example => (example.Intent, example.Text))], [.. starter, .. job.OfActive]), cancellationToken);
        await store.Finish(job, trained, cancellationToken);
        LogTrained(job.WorkspaceId, job.Version, trained.Scores.Accuracy, trained.Compared.Accuracy);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await TrainNext(stoppingToken)) await _alarm.Wait(s_poll, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The lease ends and the job is tried again, a few times.
                LogFailed(failure.GetType().Name);
                await Task.Delay(s_poll, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Version {Version} of the intents of workspace {WorkspaceId} tells {Accuracy} of what was held back; the one in use {Compared}")]
    private partial void LogTrained(Guid workspaceId, int version, double accuracy, double compared);

    [LoggerMessage(LogLevel.Warning, "A model could not be trained now ({Reason})")]
    private partial void LogFailed(string reason);
}
