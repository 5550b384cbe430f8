using System.Diagnostics;
using Assistify.Load.Systems;
using Assistify.Load.WhatsApp;
using Assistify.Testing;

namespace Assistify.Integration.Operations;

/// <summary>A second instance beside the shared one, which is what people do who try two versions.</summary>
[TestFixture]
public sealed class RestartTests
{
    [Test]
    public async Task Second_instance_survives_kill_9_of_its_host_and_leaves_nothing_running_when_it_is_stopped()
    {
        const string Phone = "+447700900501";
        await using var system = await TestedSystem.Start(new SystemOptions().With(("Channels__Twilio__BurstWaitMs", "0")), CancellationToken.None);
        var webhook = await WriteAndWait(system, Phone);
        Assert.That(await Stored(system, webhook), Is.EqualTo(1));
        Assert.That(await Stored(Shared.System, webhook), Is.Zero, "the two instances share something");

        await system.Running.KillHost();
        var began = Stopwatch.GetTimestamp();
        await system.Running.StartHost();
        var restart = Stopwatch.GetElapsedTime(began);

        Assert.That(await Stored(system, webhook), Is.EqualTo(1), "history is gone");
        await WriteAndWait(system, Phone, answers: 1);
        await TestContext.Out.WriteLineAsync($"up again after {restart.TotalSeconds:0.0} s");

        var family = ProcFiles.Family(system.Running.HostProcessId);
        Assert.That(await system.Running.Stop(), Is.Zero);
        await Eventually.IsTrue(() => !family.Exists(ProcFiles.Lives));
        Assert.That(Naming(system.Running.DataFolder), Is.Empty, "left behind");
    }

    // The sandbox keeps its outbox in memory, so it begins anew with its process.
    private static async Task<SignedWebhook> WriteAndWait(TestedSystem system, string phone, int answers = 1)
    {
        using var twilio = system.Twilio();
        var webhook = SignedWebhook.Message(twilio.Account, TwilioAccount.NewSid(), phone, "When are you open?");
        Assert.That(await twilio.Post(webhook, CancellationToken.None), Is.EqualTo(200));
        await Eventually.IsTrue(async () => (await system.Outbox.ReadOf(phone, CancellationToken.None)).Count >= answers, TimeSpan.FromSeconds(60));
        return webhook;
    }

    private static async Task<int> Stored(TestedSystem system, SignedWebhook webhook)
    {
        var count = 0;
        foreach (var conversation in await system.Operator.Conversations(CancellationToken.None))
            count += (await system.Operator.Messages(conversation.Id, CancellationToken.None)).Count(message => message.ExternalId == webhook.Sid);
        return count;
    }

    private static List<string> Naming(string dataFolder) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Select(folder =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }).Where(command => command.Contains(dataFolder, StringComparison.Ordinal)),
    ];
}
