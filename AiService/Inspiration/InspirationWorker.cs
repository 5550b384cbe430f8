using System.Text.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using MassTransit;

namespace Assistify.AiService.Inspiration;

/// <summary>Works the jobs off, one after the other: they never get in the way of answers. Saves, then tells.</summary>
internal sealed partial class InspirationWorker(
    InspirationStore store, IdeaFinder finder, IBus bus, TimeProvider time, ILogger<InspirationWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);
    private readonly Alarm _alarm = new();

    public void Wake() => _alarm.Ring();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await store.Claim(stoppingToken) is { } job) await Work(job, stoppingToken);
                else await _alarm.Wait(s_poll, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The lease ends and the job is tried again, a few times.
                LogFailed(failure.GetType().Name);
                await Task.Delay(s_poll, time, stoppingToken);
            }
        }
    }

    private async Task Work(InspirationJob job, CancellationToken cancellationToken)
    {
        Ideas? ideas = null;
        if (job.Status != "failed")
        {
            using var context = JsonDocument.Parse(job.Context);
            ideas = await finder.Find(job.WorkspaceId, job.KnowledgeVersion, InspirationContext.Of(context.RootElement), cancellationToken);
        }

        await store.Finish(job.Id, ideas, cancellationToken);
        await bus.PublishTransient(new JobReady(job.Id, InspireEndpoints.Kind, job.WorkspaceId, job.AskerId, job.ConversationId), cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "A request for ideas could not be worked on now ({Reason})")]
    private partial void LogFailed(string reason);
}
