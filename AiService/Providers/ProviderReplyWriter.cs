using System.Text.Json.Nodes;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Tools;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Http;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Providers;

/// <summary>Lets a provider's model write, with tools, within its time and the budgets.</summary>
internal sealed class ProviderReplyWriter(
    ModelProvider provider, ToolRunner tools, IBudgets budgets, ICustomerPreferences preferences, IKeptAnswers kept) : IReplyWriter
{
    private const int MaxRounds = 4;
    private const int MaxCallsPerRound = 6;
    private const int MaxOutputTokens = 700;

    // Whoever waits is told something before he goes: what is left of this is the next provider's, and then the offline writer's.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public string Provider => provider.Settings.Kind;

    public string Model => provider.Settings.Model;

    public async Task<Draft?> Write(ReplyTask task, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken)
    {
        // A set phrase passes the customer to a person, and where nothing was said there is nothing to answer.
        if (task.Plan.HandOver || task.Plan.Wishes.Count == 0) return Declined(notes, task.Plan.HandOver ? "person" : "nothing_said");
        if (!task.Request.IsOn(Features.Models)) return Declined(notes, "switched_off");
        if (task.Assistant.Settings.IsStrict(task.Plan)) return Declined(notes, "strict_wording");
        var known = await preferences.Of(task.Request.WorkspaceId, task.Request.CustomerId, cancellationToken);
        return await Converse(task, Prompt.For(task, known), stream, notes, cancellationToken);
    }

    public async Task<Draft?> Repair(
        ReplyTask task, Draft refused, CheckResult why, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken)
    {
        var known = await preferences.Of(task.Request.WorkspaceId, task.Request.CustomerId, cancellationToken);
        var messages = Prompt.For(task, known);
        messages.Add(new ChatMessage(ChatRole.Assistant, refused.Text));
        messages.Add(new ChatMessage(ChatRole.User, Prompt.AsData(new JsonObject
        {
            ["refused"] = why.Reason, ["because"] = why.Detail,
            ["results"] = new JsonArray([.. task.Sources.All.Where(source => source.Kind is SourceKind.Tool).Select(Prompt.Show)]),
            ["wanted"] = "The same answer again, with nothing in it that stands in no source.",
        })));
        return await Converse(task, messages, stream, notes, cancellationToken);
    }

    public Task Accepted(ReplyTask task, Draft draft, CancellationToken cancellationToken) => kept.Keep(task, draft, cancellationToken);

    private async Task<Draft?> Converse(
        ReplyTask task, List<ChatMessage> messages, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ChatOptions { Instructions = Instructions.For(task), MaxOutputTokens = MaxOutputTokens, Tools = [.. await tools.DeclarationsFor(task.Request.WorkspaceId, cancellationToken)] };
            for (var round = 1; round <= MaxRounds; round++)
            {
                if (round == MaxRounds) options.Tools = null; // now it must answer
                var left = s_patience - task.Notes.ElapsedSinceSeeing;
                if (left <= TimeSpan.Zero) return Ended(stream, notes, "skipped", "out_of_time");
                var spending = await budgets.Reserve(task.Request, provider.Settings.Price, Estimate(messages, options), MaxOutputTokens, cancellationToken);
                if (spending.Refused is { } limit) return Ended(stream, notes, "skipped", limit);

                var answer = await budgets.Settled(spending, notes, () => provider.Call(messages, options, stream, notes, left, cancellationToken));
                if (answer.Calls.Count == 0) return Finish(task, answer, stream, notes);
                stream.Reset(); // "let me look" is not the answer
                await Run(answer, task, messages, round, notes, cancellationToken);
            }
            return Ended(stream, notes, "failed", "too_many_rounds");
        }
        catch (ModelFaultException fault)
        {
            return Ended(stream, notes, "failed", fault.Name, fault.Message);
        }
        catch (CircuitOpenException)
        {
            return Ended(stream, notes, "skipped", "circuit_open");
        }
    }

    private async Task Run(ModelAnswer answer, ReplyTask task, List<ChatMessage> messages, int round, WriterNotes notes, CancellationToken cancellationToken)
    {
        messages.Add(new ChatMessage(ChatRole.Assistant, [.. answer.Text.Length > 0 ? [new TextContent(answer.Text)] : Array.Empty<AIContent>(), .. answer.Calls]));
        var results = new List<AIContent>();
        foreach (var (call, n) in answer.Calls.Select((call, n) => (call, n)))
        {
            var result = n < MaxCallsPerRound
                ? await tools.Run(call, task, round, notes, cancellationToken)
                : "Not executed: too many calls at once.";
            results.Add(new FunctionResultContent(call.CallId, result));
        }
        messages.Add(new ChatMessage(ChatRole.Tool, results));
    }

    private static Draft? Finish(ReplyTask task, ModelAnswer answer, IAnswerStream stream, WriterNotes notes)
    {
        if (answer.Finish == ChatFinishReason.Length) return Ended(stream, notes, "failed", "truncated");
        if (answer.Finish == ChatFinishReason.ContentFilter) return Ended(stream, notes, "failed", "filtered");
        if (answer.Finish == FinishReasons.Refusal) return Ended(stream, notes, "failed", "refused");
        var text = answer.Text.Trim();
        if (text.Length == 0) return Ended(stream, notes, "failed", "empty");

        var language = task.Plan.Language;
        var named = task.Sources.Products.Where(product => product.IsAvailable && text.Contains(product.TitleIn(language), StringComparison.OrdinalIgnoreCase)).Take(3).ToList();
        var wish = task.Plan.Wishes.FirstOrDefault(wish => wish.Kind is WishKind.Products or WishKind.MentionedProducts) ?? task.Plan.Wishes[0];
        return new Draft(
            text,
            [.. named.Select(product => ProductAnswers.CardOf(product, language))],
            CitationFinder.Find(text, task.Sources.All),
            [.. named.Select(product => ProductAnswers.Recommend(product, wish, language, Phrases.In(language)))],
            task.Assistant.PromptVersion,
            notes.Cost is { } cost ? new Money(cost, "USD") : null);
    }

    private static int Estimate(List<ChatMessage> messages, ChatOptions options) =>
        Prompt.Tokens(options.Instructions ?? "")
        + messages.Sum(message => message.Contents.Sum(content => content switch
        {
            TextContent text => Prompt.Tokens(text.Text),
            FunctionResultContent { Result: string result } => Prompt.Tokens(result),
            _ => 50,
        }))
        + (options.Tools?.Count ?? 0) * 120;

    private static Draft? Ended(IAnswerStream stream, WriterNotes notes, string outcome, string reason, string? detail = null)
    {
        stream.Reset();
        notes.End(outcome, reason, detail);
        return null;
    }

    private static Draft? Declined(WriterNotes notes, string reason)
    {
        notes.End("declined", reason);
        return null;
    }
}
