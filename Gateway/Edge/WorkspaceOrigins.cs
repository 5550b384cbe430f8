using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ServiceDefaults;

namespace Assistify.Gateway.Edge;

/// <summary>
/// Asks ChatService every few seconds which origins the workspaces allow, so that no request waits for that. While it is away the last
/// ones count; before its first answer, those of <c>ASSISTIFY_ALLOWED_ORIGINS</c> do.
/// </summary>
internal sealed partial class WorkspaceOrigins(
    HttpClient http, IReadOnlyList<Uri> chats, AllowedOrigins origins, InternalCalls calls, TimeProvider time, ILogger<WorkspaceOrigins> logger)
    : BackgroundService
{
    private const string Path = "/internal/allowed_origins";
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(3);

    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        do
        {
            var answer = await Ask(stoppingToken);
            if (answer is not null) origins.SetWorkspaces(answer.Origins);
            if (answer is null && !_isAway) LogAway();
            _isAway = answer is null;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>Null where no replica answered.</returns>
    private async Task<Answer?> Ask(CancellationToken cancellationToken)
    {
        foreach (var chat in chats)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(chat, Path));
                request.Headers.Add(InternalCalls.Header, calls.Sign($"GET {Path}"));
                using var response = await http.SendAsync(request, cancellationToken);
                response.EnsureSuccessStatusCode();
                if (await response.Content.ReadFromJsonAsync<Answer>(cancellationToken) is { Origins: not null } answer) return answer;
            }
            catch (Exception exception) when (exception is HttpRequestException or JsonException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // The next replica, and else the next time.
            }
        }

        return null;
    }

    private sealed record Answer(IReadOnlyList<string> Origins);

    [LoggerMessage(LogLevel.Warning, "ChatService does not say which origins workspaces allow; the last ones count")]
    private partial void LogAway();
}
