namespace Assistify.ChannelService.Connections;

/// <summary>Where providers reach connections.</summary>
internal sealed class WebhookAddresses(IConfiguration configuration)
{
    private readonly string _publicUrl = (configuration["Assistify:PublicUrl"] ?? "http://localhost:8080").TrimEnd('/');

    /// <param name="path">From the root, such as <c>/api/webhooks/whatsapp</c>.</param>
    public string At(string path) => _publicUrl + path;

    public string Of(string channel, Guid connectionId) => At($"/api/webhooks/{channel}/{connectionId}");
}
