using System.Runtime.CompilerServices;
using Assistify.AiService.Providers;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Evaluation.Conversations;

/// <summary>A model that says what was recorded, one answer for each call; asked once more than that, it fails.</summary>
internal sealed class RecordedModel(IReadOnlyList<RecordedAnswer> answers) : IChatClient
{
    private int _next;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_next == answers.Count) throw new ModelFaultException(ModelFault.InvalidRequest, "no more answers were recorded");
        var answer = answers[_next++];
        await Task.CompletedTask;
        if (answer.Text is { Length: > 0 } text) yield return new ChatResponseUpdate(ChatRole.Assistant, text);
        foreach (var (call, n) in (answer.Tools ?? []).Select((call, n) => (call, n)))
            yield return new ChatResponseUpdate(ChatRole.Assistant, [WireClient.Call($"{_next}-{n}", call.Name, call.Arguments?.ToJsonString() ?? "{}")]);
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = answer.InputTokens, OutputTokenCount = answer.OutputTokens })])
        {
            FinishReason = answer.Tools is { Count: > 0 } ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
