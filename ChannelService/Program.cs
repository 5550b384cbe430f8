using Assistify.ChannelService;
using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Operations;
using Assistify.ChannelService.Orders;
using Assistify.ChannelService.Webhooks;
using Assistify.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase<ChannelDbContext>("channeldb", byIndex: true);
builder.AddCache();
builder.AddMessaging("channels", messaging =>
{
    messaging.ServesWithoutBroker = true;
    messaging.Consume(Queues.Deliveries, prefetch: 200, typeof(DeliverMessageConsumer), typeof(CancelDeliveriesConsumer), typeof(CustomerErasedConsumer));
});
builder.AddChannels();
builder.AddConnections();
builder.Services.AddWebhooks();
builder.Services.AddDeliveries();
builder.Services.AddMedia();

var app = builder.Build();
app.UseServiceDefaults();
ReceiveWebhook.Map(app);
DataDeletion.Map(app);
app.MapConnections();
app.MapOperations();
app.MapFindOrders();
app.Run();

public partial class Program;
