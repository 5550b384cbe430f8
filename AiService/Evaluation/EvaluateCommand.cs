using System.Text.Json;
using Assistify.AiService.Evaluation.Conversations;

namespace Assistify.AiService.Evaluation;

/// <summary>
/// <c>evaluate intents|sentiment|language|retrieval</c>: measures the local understanding on anybody's files. Starts no server and needs no database.
/// Standard output is one JSON object on one line; whatever is wrong is one sentence on standard error and exit code 1.
/// <c>evaluate conversations</c> runs a suite of conversations and prints more: <see cref="EvaluateConversations"/>.
/// </summary>
internal static class EvaluateCommand
{
    private static readonly Dictionary<string, Func<EvaluationOptions, object>> s_kinds = new()
    {
        ["intents"] = EvaluateIntents.Run,
        ["sentiment"] = EvaluateSentiment.Run,
        ["language"] = EvaluateLanguage.Run,
        ["retrieval"] = EvaluateRetrieval.Run,
    };

    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            if (arguments.Count > 0 && arguments[0] == EvaluateConversations.Name) return EvaluateConversations.Run([.. arguments.Skip(1)], output);
            if (arguments.Count == 0 || !s_kinds.TryGetValue(arguments[0], out var kind))
                throw new EvaluationFault($"Say what to evaluate: {string.Join(", ", s_kinds.Keys)}, {EvaluateConversations.Name}.");
            var options = EvaluationOptions.Read([.. arguments.Skip(1)]);
            var figures = kind(options);
            output.WriteLine(JsonSerializer.Serialize(figures, figures.GetType(), JsonSerializerOptions.Web));
            return 0;
        }
        catch (EvaluationFault fault)
        {
            errors.WriteLine(fault.Message);
            return 1;
        }
    }
}
