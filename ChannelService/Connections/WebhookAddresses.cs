namespace Assistify.ChannelService.Connections;

/// <summary>Where providers reach connections.</summary>
internal sealed class WebhookAddresses(IConfiguration configuration)
{
    private readonly string _publicUrl = (configuration["Assistify:PublicUrl"] ?? "http://localhost:8080").TrimEnd('/');

    public string Of(string channel, Guid connectionId) => $"{_publicUrl}/api/webhooks/{channel}/{connectionId}";
}
