namespace Assistify.AiService.Evaluation;

/// <summary>Something is wrong with what was given; the message tells whoever typed the command what and where.</summary>
internal sealed class EvaluationFault(string message) : Exception(message);
