using Assistify.Sandbox;
using Assistify.Sandbox.Page;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Twilio;
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

var app = builder.Build();
app.UseServiceDefaults();
app.MapTwilioApi();
app.MapPrograms();
app.MapLiveEvents();
app.MapPages();
app.Run();
return 0;

public partial class Program;
