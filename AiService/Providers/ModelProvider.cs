using System.Text;
using Assistify.AiService.Replies;
using Assistify.ServiceDefaults.Http;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Providers;

/// <summary>A provider with its circuit: one call with its timeouts, and another try where the failure may pass.</summary>
internal sealed class ModelProvider(ProviderSettings settings, IChatClient client, Circuit circuit, TimeProvider time)
{
    /// <summary>So long until the first piece of an answer, and from one piece to the next.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(8);

    private const int Tries = 2;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    // Who asks for more patience gets none: the next provider is asked at once.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    public ProviderSettings Settings => settings;

    public bool CountsCachedApart => settings.Kind == ProviderKinds.Anthropic;

    /// <param name="stream">Takes the text while it grows; reset before another try.</param>
    /// <param name="left">Of the time in which the customer must have an answer.</param>
    /// <exception cref="ModelFaultException">No answer.</exception>
    /// <exception cref="CircuitOpenException">Nothing was sent.</exception>
    public async Task<ModelAnswer> Call(
        IReadOnlyList<ChatMessage> messages, ChatOptions options, IAnswerStream stream, WriterNotes notes, TimeSpan left, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Attempt(messages, options, stream, notes, left - time.GetElapsedTime(started), cancellationToken);
            }
            catch (ModelFaultException fault) when (fault.IsRetryable && fault.Fault is not ModelFault.Timeout && attempt < Tries)
            {
                stream.Reset();
                var pause = fault.RetryAfter ?? s_pause;
                if (pause > s_longestPause || pause > left - time.GetElapsedTime(started)) throw;
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task<ModelAnswer> Attempt(
        IReadOnlyList<ChatMessage> messages, ChatOptions options, IAnswerStream stream, WriterNotes notes, TimeSpan left, CancellationToken cancellationToken)
    {
        await circuit.Enter(cancellationToken);
        notes.Calls++;
        var started = time.GetTimestamp();
        using var silence = new CancellationTokenSource(Shorter(Silence, left), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var text = new StringBuilder();
        try
        {
            var calls = new List<FunctionCallContent>();
            ChatFinishReason? finish = null;
            await foreach (var update in client.GetStreamingResponseAsync(messages, options, either.Token))
            {
                silence.CancelAfter(Shorter(Silence, left - time.GetElapsedTime(started)));
                finish = update.FinishReason ?? finish;
                foreach (var content in update.Contents)
                {
                    switch (content)
                    {
                        case TextContent { Text.Length: > 0 } piece:
                            notes.FirstToken(time.GetElapsedTime(started));
                            text.Append(piece.Text);
                            stream.Append(piece.Text);
                            break;
                        case FunctionCallContent call:
                            calls.Add(call);
                            break;
                        case UsageContent usage:
                            notes.Used(TokenUse.Of(usage.Details, CountsCachedApart), settings.Price);
                            break;
                    }
                }
            }
            await circuit.Succeeded(CancellationToken.None);
            return new ModelAnswer(text.ToString(), calls, finish ?? ChatFinishReason.Stop);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await circuit.Failed(CancellationToken.None);
            throw new ModelFaultException(ModelFault.Timeout, "no answer in time") { HadBegun = text.Length > 0 };
        }
        catch (OperationCanceledException)
        {
            circuit.Abandoned();
            throw;
        }
        catch (ModelFaultException fault)
        {
            // Neither a pace that was too fast nor a request that was wrong says that the other side is broken.
            if (fault.Fault is ModelFault.RateLimited or ModelFault.ContextTooLong or ModelFault.InvalidRequest or ModelFault.Filtered) circuit.Abandoned();
            else await circuit.Failed(CancellationToken.None);
            if (text.Length == 0) throw;
            throw new ModelFaultException(fault.Fault, fault.Message, fault.RetryAfter, fault) { HadBegun = true };
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b > TimeSpan.Zero ? b : TimeSpan.FromMilliseconds(1);
}

internal sealed record ModelAnswer(string Text, IReadOnlyList<FunctionCallContent> Calls, ChatFinishReason Finish);

internal static class ProviderKinds
{
    public const string OpenAi = "openai";
    public const string Anthropic = "anthropic";
    public const string Compatible = "openai-compatible";
}
