using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Slack;

/// <summary>Slack's Web API, as far as messages need it.</summary>
internal sealed class SlackClient(HttpClient http, TimeProvider time)
{
    public const string Name = "slack";

    private const int PageSize = 200;
    private const int MostWaits = 5;
    private static readonly TimeSpan s_usualWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);

    public async Task<SendResult> Send(SlackOptions options, JsonObject message, CancellationToken cancellationToken)
    {
        using var request = Request(options, HttpMethod.Post, "chat.postMessage");
        request.Content = JsonContent.Create<JsonNode>(message);
        return await ProviderCall.Send(http, request, "Slack", time, Judge, cancellationToken);
    }

    /// <summary>Whose token it is.</summary>
    /// <returns>With the workspace's id where the token is good.</returns>
    public async Task<(ConnectionCheck Check, string? TeamId)> Check(SlackOptions options, CancellationToken cancellationToken)
    {
        using var request = Request(options, HttpMethod.Post, "auth.test");
        var answer = await ProviderCall.Ask(http, request, time, cancellationToken);
        return answer.Body?.Flag("ok") == true
            ? (new ConnectionCheck(true), answer.Body?.Text("team_id"))
            : (ProviderCall.Failed(SlackErrors.Classify(answer.Status, answer.Body?.Text("error"), null), "Slack"), null);
    }

    /// <summary>The messages of a channel or of a thread in it, those of threads with the one that they answer. https://docs.slack.dev/reference/methods/conversations.history</summary>
    public IAsyncEnumerable<JsonElement> History(SlackOptions options, string channel, string? thread, DateTimeOffset since, CancellationToken cancellationToken) =>
        List(
            options, thread is null ? "conversations.history" : "conversations.replies",
            $"&channel={Uri.EscapeDataString(channel)}{(thread is null ? "" : $"&ts={Uri.EscapeDataString(thread)}")}"
                + $"&oldest={since.ToUnixTimeSeconds()}.000000&inclusive=true&include_all_metadata=true",
            "messages", cancellationToken);

    /// <summary>The channels that the app is in, and the people's own with it. https://docs.slack.dev/reference/methods/users.conversations</summary>
    public IAsyncEnumerable<JsonElement> Channels(SlackOptions options, CancellationToken cancellationToken) =>
        List(options, "users.conversations", "&types=im,public_channel&exclude_archived=true", "channels", cancellationToken);

    /// <summary>A call that has to give something, made again as Slack asks where it was one too many. Throws where it gives nothing.</summary>
    public async Task<JsonElement> Get(SlackOptions options, string call, CancellationToken cancellationToken)
    {
        for (var waits = 0; ; waits++)
        {
            using var request = Request(options, HttpMethod.Get, call);
            var answer = await ProviderCall.Ask(http, request, time, cancellationToken);
            if (answer.Body is { } body && body.Flag("ok")) return body;

            var refused = ProviderCall.Refused(SlackErrors.Classify(answer.Status, answer.Body?.Text("error"), answer.RetryAfter), "Slack", SlackErrors.ClassOf);
            var wait = answer.RetryAfter ?? s_usualWait;
            if (refused.StatusCode != HttpStatusCode.TooManyRequests || waits == MostWaits || wait > s_longestWait) throw refused;
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async IAsyncEnumerable<JsonElement> List(
        SlackOptions options, string method, string arguments, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = "";
        do
        {
            var page = await Get(options, $"{method}?limit={PageSize}{arguments}{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);
            foreach (var item in page.Objects(name)) yield return item;
            cursor = page.Object("response_metadata")?.Text("next_cursor") ?? "";
        }
        while (cursor.Length > 0);
    }

    private static HttpRequestMessage Request(SlackOptions options, HttpMethod method, string call) => new(method, $"{options.ApiBaseUrl.TrimEnd('/')}/api/{call}")
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", options.BotToken) },
    };

    private static SendResult Judge(ProviderAnswer answer)
    {
        if (answer.Body is { } body && body.Flag("ok"))
            return body.Text("ts") is { Length: > 0 } ts ? new SendResult.Accepted(ts) : new SendResult.Unknown("unreadable_answer");

        // Without a word of Slack's own, only a failure is a failure.
        return answer.Body?.Text("error") is not null || (int)answer.Status >= 400
            ? SlackErrors.Classify(answer.Status, answer.Body?.Text("error"), answer.RetryAfter)
            : new SendResult.Unknown("unreadable_answer");
    }
}
