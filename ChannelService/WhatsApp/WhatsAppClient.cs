using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.WhatsApp;

/// <summary>The part of the Graph API that is WhatsApp's.</summary>
internal sealed class WhatsAppClient(HttpClient http, TimeProvider time) : GraphClient(http, time)
{
    public const string Name = "whatsapp";

    /// <summary>Where a customer's medium can be fetched now, with the same access token: the address lives for five minutes. Throws when Meta does not say.</summary>
    public async Task<WhatsAppMedium> Medium(WhatsAppOptions options, string id, CancellationToken cancellationToken)
    {
        var answer = await Get(options, $"{Uri.EscapeDataString(id)}?phone_number_id={options.PhoneNumberId}", cancellationToken);
        return answer.Filled("url") is { } url
            ? new WhatsAppMedium(url, answer.Filled("mime_type"), answer.Number("file_size"))
            : throw new HttpRequestException("Meta's answer names no address for the medium.");
    }
}

internal sealed record WhatsAppMedium(string Url, string? ContentType, long? Size);
