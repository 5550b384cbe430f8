namespace Assistify.AiService.Understanding.Learning;

/// <param name="Label">The likeliest label that is an intent; none of them may be meant.</param>
/// <param name="Confidence">The calibrated probability of it.</param>
/// <param name="Score">How clearly some intent is meant: below the model's threshold it is taken that none is.</param>
internal readonly record struct JudgedText(string Label, double Confidence, double Score);

/// <summary>A text model that knows how sure it may be, and when nothing that it knows is meant.</summary>
/// <param name="Outside">The label of examples that mean none of the intents, where there are such.</param>
internal sealed record IntentModel(TextModel Model, string? Outside)
{
    // Examples of what is outside show only a small part of it: their probability counts half.
    private const double OutsideShare = 0.5;

    /// <summary>Below one where the averaged nets are too modest, above one where they are too sure.</summary>
    public double Temperature { get; init; } = 1;

    public double Threshold { get; init; } = double.NegativeInfinity;

    public static IntentModel Train(IReadOnlyList<LabelledText> examples, string? outside, NetSettings settings) =>
        new(TextModelTrainer.Train(examples, settings), outside);

    public JudgedText Judge(SparseText text)
    {
        var probabilities = Model.Predict(text);
        for (var i = 0; i < probabilities.Length; i++) probabilities[i] = MathF.Log(probabilities[i] + 1e-9f);
        var best = -1;
        var outside = 0f;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (Model.Labels[i] == Outside) outside = probabilities[i];
            else if (best < 0 || probabilities[i] > probabilities[best]) best = i;
        }
        var score = probabilities[best] - OutsideShare * outside;
        Numbers.Softmax(probabilities, (float)Temperature);
        return new JudgedText(Model.Labels[best], probabilities[best], score);
    }
}
