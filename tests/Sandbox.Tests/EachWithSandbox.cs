using NUnit.Framework;

namespace Assistify.Sandbox.Tests;

/// <summary>Tests that have a sandbox each.</summary>
internal abstract class EachWithSandbox
{
    protected SandboxUnderTest _sandbox = null!;

    [SetUp]
    public async Task Start() => _sandbox = await SandboxUnderTest.Start();

    [TearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();
}
