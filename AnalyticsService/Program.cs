using Assistify.AnalyticsService;
using Assistify.AnalyticsService.Alerts;
using Assistify.AnalyticsService.Conversations;
using Assistify.AnalyticsService.Events;
using Assistify.AnalyticsService.Figures;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase<AnalyticsDbContext>("analyticsdb");
builder.AddMessaging("analytics", bus => bus.Consume(Queues.EventLog, prefetch: 64, typeof(EventsRecordedConsumer)));
builder.AddTokens();
builder.Services.AddSingleton<EventLog>();
builder.Services.AddSingleton<IQualityAlerts, BusQualityAlerts>();
builder.Services.AddSingleton<ModelWatch>();
builder.Services.AddHostedService(services => services.GetRequiredService<ModelWatch>());

var app = builder.Build();
app.UseServiceDefaults();
var analytics = app.MapGroup("/api/analytics").RequireAuthorization(Policies.Viewer);
analytics.MapFigures();
analytics.MapListConversations();
analytics.MapConversationsBehind();
app.Run();

public partial class Program;
