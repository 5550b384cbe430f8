using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Slack;

/// <summary>Slack's Web API, as far as messages need it.</summary>
internal sealed class SlackClient(HttpClient http, TimeProvider time)
{
    public const string Name = "slack";

    public async Task<SendResult> Send(SlackOptions options, JsonObject message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.ApiBaseUrl.TrimEnd('/')}/api/chat.postMessage")
        {
            Content = JsonContent.Create<JsonNode>(message),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", options.BotToken) },
        };
        return await ProviderCall.Send(http, request, "Slack", time, Judge, cancellationToken);
    }

    /// <summary>Whose token it is.</summary>
    /// <returns>With the workspace's id where the token is good.</returns>
    public async Task<(ConnectionCheck Check, string? TeamId)> Check(SlackOptions options, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.ApiBaseUrl.TrimEnd('/')}/api/auth.test")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", options.BotToken) },
        };
        var answer = await ProviderCall.Ask(http, request, time, cancellationToken);
        return answer.Body?.Flag("ok") == true
            ? (new ConnectionCheck(true), answer.Body?.Text("team_id"))
            : (ProviderCall.Failed(SlackErrors.Classify(answer.Status, answer.Body?.Text("error"), null), "Slack"), null);
    }

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
