using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Assistify.AiService.Demo;

internal static class DemoShopRegistration
{
    /// <summary>Fills the default workspace with the demo shop where <c>Assistify:Demo</c> asks for it.</summary>
    public static IServiceCollection AddDemoShop(this IServiceCollection services, IConfiguration configuration) =>
        configuration.GetValue("Assistify:Demo", false) ? services.AddHostedService<DemoShop>() : services;
}

/// <summary>
/// Writes the demo shop into the default workspace, once: what people changed or deleted afterwards stays as they left it.
/// </summary>
internal sealed partial class DemoShop(IServiceScopeFactory scopes, TimeProvider time, ILogger<DemoShop> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<AiDbContext>();
                if (await Seed(db, Identifiers.DefaultWorkspace, time.GetUtcNow(), cancellationToken)) LogSeeded(Identifiers.DefaultWorkspace);
                return;
            }
            catch (Exception exception) when (Failures.IsUnavailable(exception) || Failures.IsDoubtful(exception))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>False where it was there already.</returns>
    internal static Task<bool> Seed(AiDbContext db, Guid workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // The version's row is the mark that it was done, and of replicas that start together one waits for the other here.
            var added = await db.Database.ExecuteSqlAsync(
                $"INSERT INTO knowledge_versions (workspace_id, version) VALUES ({workspaceId}, 0) ON CONFLICT DO NOTHING", cancellationToken);
            if (added == 0) return false;
            db.KnowledgeEntries.AddRange(DemoKnowledge.Entries(workspaceId, now));
            db.Products.AddRange(DemoProducts.Products(workspaceId, now));
            await db.SaveChangesAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT raise_knowledge_version({workspaceId})", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        });

    [LoggerMessage(LogLevel.Information, "The demo shop was written into workspace {WorkspaceId}")]
    private partial void LogSeeded(Guid workspaceId);
}
