namespace Assistify.AiService.Understanding.Learning;

/// <summary>How a model is trained. The defaults were chosen on validation parts, never on test parts.</summary>
internal sealed record NetSettings
{
    /// <summary>Nets whose answers are averaged; they differ by their random start and order.</summary>
    public int Nets { get; init; } = 4;

    /// <summary>How many of the nets look at single words too. They take twice the time of others, to train and to ask, but not more memory.</summary>
    public int Pooled { get; init; }

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

    /// <summary>
    /// With few examples of each class there is time for more nets, half of them pooled, and each must rely less on single features; with enough of
    /// each but not too many in all, all are pooled and know more features.
    /// </summary>
    public static NetSettings For(int examples, int classes, ulong seed)
    {
        var settings = new NetSettings { Seed = seed };
        if (examples < classes * FewPerClass) return settings with { Nets = 8, Pooled = 4, Epochs = 40, FeatureDropout = 0.55f, Smoothing = 0 };
        return examples <= MostForPooled ? settings with { Pooled = settings.Nets, Features = FeaturesOfPooled } : settings;
    }

    private const int FewPerClass = 30;
    private const int MostForPooled = 12_000; // twice the work on more would take ten seconds on two cores
    private const int FeaturesOfPooled = 28_000; // rarer words and pairs tell apart what is nearly the same
}
