using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Assistify.Testing;

/// <summary>Generated data that is the same in each run: what fails once fails again, and what passes here passes everywhere.</summary>
public static class FixedSeed
{
    private const ulong Seed = 20_261_121;

    /// <summary>Checks the property on so many generated values and throws where it does not hold.</summary>
    public static void Check(this Property property, int values = 100) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(values).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None))), property);

    /// <summary>So many values of the given size.</summary>
    public static IEnumerable<T> SameSample<T>(this Gen<T> generator, int count, int size) => generator.Sample(count, new Rnd(Seed), size);
}
