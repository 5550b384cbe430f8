using Assistify.Load.Systems;

namespace Assistify.Integration;

/// <summary>One running system for the fixtures that can share one; the last of them searches what it wrote.</summary>
[SetUpFixture]
public sealed class Shared
{
    private static TestedSystem? s_system;

    internal static TestedSystem System => s_system ?? throw new InvalidOperationException("The shared system is not running.");

    /// <summary>What must be in no log and no trace of this run: everything that is said, written or secret goes in here.</summary>
    internal static Confidential Confidential { get; } = new();

    [OneTimeSetUp]
    public async Task Start()
    {
        var options = new SystemOptions().With(SystemOptions.RaisedLimits).With(SystemOptions.BurstWait(300));
        s_system = await TestedSystem.Start(options, CancellationToken.None);
        Confidential.Add("the owner's password", s_system.Running.OwnerPassword);
        Confidential.Add("the owner's e-mail", s_system.Running.OwnerEmail);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (s_system is not null) await s_system.DisposeAsync();
    }
}
