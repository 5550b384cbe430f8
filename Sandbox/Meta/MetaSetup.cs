using Assistify.Sandbox.Instagram;
using Assistify.Sandbox.Messenger;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.WhatsAppCloud;

namespace Assistify.Sandbox.Meta;

internal static class MetaSetup
{
    public static void AddMeta(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<WhatsAppCloudOptions>().BindConfiguration(WhatsAppCloudOptions.Section);
        builder.Services.AddOptions<MessengerOptions>().BindConfiguration(MessengerOptions.Section);
        builder.Services.AddOptions<InstagramOptions>().BindConfiguration(InstagramOptions.Section);
        builder.Services.AddStandIn<WhatsAppCloudStandIn>();
        builder.Services.AddStandIn<MessengerStandIn>();
        builder.Services.AddStandIn<InstagramStandIn>();
    }
}
