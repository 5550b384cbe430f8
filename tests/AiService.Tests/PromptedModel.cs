using System.Runtime.CompilerServices;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Tools;
using Assistify.ServiceDefaults.Http;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Tests;

/// <summary>A model that does what its instructions say: the worse they are, the worse it answers.</summary>
internal sealed class PromptedModel(Func<string, string> answer) : IChatClient
{
    public static IReplyWriter Writer(Func<string, string> answer)
    {
        var settings = new ProviderSettings { Kind = ProviderKinds.Compatible, Model = "prompted", Name = "prompted", BaseUrl = new Uri("http://localhost") };
        return new ProviderReplyWriter(
            new ModelProvider(settings, new PromptedModel(answer), new Circuit(settings.Name, TimeProvider.System, null), TimeProvider.System),
            new ToolRunner([], new NoWorkspaceTools(), new PretendedRuns(), TimeProvider.System), new NoBudgets(), new NoPreferences(), new NoKeptAnswers());
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, answer(options!.Instructions!)) { FinishReason = ChatFinishReason.Stop };
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
