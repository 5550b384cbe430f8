using Assistify.Sandbox;
using Assistify.Sandbox.Calendar;
using Assistify.Sandbox.Custom;
using Assistify.Sandbox.Meta;
using Assistify.Sandbox.Model;
using Assistify.Sandbox.Page;
using Assistify.Sandbox.Shopify;
using Assistify.Sandbox.Slack;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Telegram;
using Assistify.Sandbox.Twilio;
using Assistify.Sandbox.WeChat;
using Assistify.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
if (!builder.Environment.IsDevelopment())
{
    Console.Error.WriteLine(
        $"The sandbox stands in for real providers, so it only starts in Development: ASPNETCORE_ENVIRONMENT is {builder.Environment.EnvironmentName}.");
    return 1;
}

builder.AddServiceDefaults();
builder.AddSandbox();
builder.AddStandIns();
builder.AddTwilio();
builder.AddMeta();
builder.AddTelegram();
builder.AddSlack();
builder.AddWeChat();
builder.AddCustom();
builder.AddShopify();
builder.AddModel();
CalendarApi.AddCalendar(builder.Services);

var app = builder.Build();
app.UseServiceDefaults();
app.MapTwilioApi();
app.MapGraphApi();
app.MapDemandDeletion();
app.MapBotApi();
app.MapSlackApi();
app.MapWeChatApi();
app.MapCustomCallback();
app.MapShopifyApi();
app.MapModelApi();
CalendarApi.Map(app);
app.MapPrograms();
app.MapScripts();
app.MapLiveEvents();
app.MapPages();
app.Run();
return 0;

public partial class Program;
