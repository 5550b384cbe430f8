using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;

namespace Assistify.ChatService;

/// <summary>What the service is told about its surroundings (see <c>.env.example</c>).</summary>
public sealed class ChatOptions
{
    /// <summary>Where customers and providers reach the system.</summary>
    public string PublicUrl { get; set; } = "http://localhost:8080";

    /// <summary>Where people find the Aspire dashboard; null where no page should lead there.</summary>
    public string? DashboardUrl { get; set; }

    /// <summary>Seeds the demo shop's workspace key.</summary>
    public bool Demo { get; set; }

    /// <summary>32 bytes in base64: what signatures and secrets of this service are derived from.</summary>
    [Required] public string SecretsKey { get; set; } = "";

    /// <summary>Before the assistant answers on the web; customers there see their own messages at once.</summary>
    [Range(0, 60_000)] public int WebBurstWaitMs { get; set; }

    /// <summary>A key for one purpose; keys of different purposes tell nothing about each other.</summary>
    public byte[] DeriveKey(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(SecretsKey), 32, info: Encoding.UTF8.GetBytes(purpose));

    internal static void Bind(ChatOptions options, IConfiguration configuration)
    {
        options.PublicUrl = configuration["Assistify:PublicUrl"] ?? options.PublicUrl;
        options.DashboardUrl = configuration["ASSISTIFY_DASHBOARD_URL"];
        options.Demo = configuration.GetValue("Assistify:Demo", false);
        options.SecretsKey = configuration["Secrets:Key"] ?? "";
        options.WebBurstWaitMs = configuration.GetValue("Channels:Web:BurstWaitMs", 0);
    }
}
