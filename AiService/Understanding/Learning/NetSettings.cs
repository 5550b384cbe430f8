namespace Assistify.AiService.Understanding.Learning;

/// <summary>How a model is trained. The defaults were chosen on validation parts, never on test parts.</summary>
internal sealed record NetSettings
{
    /// <summary>Nets whose answers are averaged; they differ by their random start and order.</summary>
    public int Nets { get; init; } = 4;

    public int Hidden { get; init; } = 80;

    public int Features { get; init; } = 14_000;

    public int Epochs { get; init; } = 15;

    public float Rate { get; init; } = 0.1f;

    /// <summary>Share of a text's features that an epoch does not see, so that no single one decides.</summary>
    public float FeatureDropout { get; init; } = 0.3f;

    public float HiddenDropout { get; init; } = 0.1f;

    /// <summary>Share of certainty given to all classes alike: labels are sometimes wrong.</summary>
    public float Smoothing { get; init; } = 0.1f;

    /// <summary>0: every example counts alike; 1: every label does.</summary>
    public float Balance { get; init; } = 0.5f;

    public ulong Seed { get; init; } = 1;

    /// <summary>With few examples of each class there is time for more nets, and each must rely less on single features.</summary>
    public static NetSettings For(int examples, int classes, ulong seed) => examples < classes * FewPerClass
        ? new NetSettings { Nets = 8, Epochs = 40, FeatureDropout = 0.55f, Smoothing = 0, Seed = seed }
        : new NetSettings { Seed = seed };

    private const int FewPerClass = 30;
}
