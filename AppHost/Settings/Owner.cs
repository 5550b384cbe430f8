using Assistify.LocalHosting.State;

namespace Assistify.AppHost.Settings;

/// <summary>The first person who can log in. A password that nobody chose is made once and shown once.</summary>
internal sealed record Owner(string Email, string? Password)
{
    private const string Marker = "owner-created";

    public static Owner From(string? email, string? password, KeptValues kept)
    {
        var address = email ?? "owner@localhost";
        if (password is not null || kept.Find(Marker) is not null) return new(address, password);
        return new(address, Secret.Password(20)) { IsGenerated = true, Kept = kept };
    }

    public bool IsGenerated { get; private init; }

    private KeptValues? Kept { get; init; }

    /// <summary>
    /// Says the generated password on the terminal, and remembers (not the password, but that there is one) as soon as the system
    /// has answered: by then ChatService has made the owner.
    /// </summary>
    public void Introduce(string publicAddress)
    {
        if (!IsGenerated) return;

        Console.WriteLine();
        Console.WriteLine($"  First owner: {Email}, password {Password}");
        Console.WriteLine("  (shown only this once and kept nowhere: note it now, or set ASSISTIFY_OWNER_PASSWORD before the first start)");
        Console.WriteLine($"  Operators sign in at {publicAddress}/console");
        Console.WriteLine();
        _ = RememberOnceReady(new Uri($"{publicAddress}/health/ready"));
    }

    private async Task RememberOnceReady(Uri health)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(health);
                if (answer.IsSuccessStatusCode) break;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
            {
                // Still starting.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        Kept!.Set(Marker, "true");
    }
}
