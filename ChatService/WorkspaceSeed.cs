using Assistify.Contracts;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Assistify.ChatService;

/// <summary>The workspace that configuration speaks of is there from the first start.</summary>
internal sealed class WorkspaceSeed(NpgsqlDataSource database, IOptions<ChatOptions> options, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var demo = options.Value.Demo;
        await using var command = database.CreateCommand(
            "insert into workspaces (id, key, name, created_at) values ($1, $2, $3, $4) on conflict do nothing");
        command.Parameters.AddWithValue(Identifiers.DefaultWorkspace);
        command.Parameters.AddWithValue(demo ? "demo" : "default");
        command.Parameters.AddWithValue(demo ? "Demo shop" : "Default");
        command.Parameters.AddWithValue(time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
