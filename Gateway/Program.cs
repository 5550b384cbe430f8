using Assistify.Gateway;
using Assistify.Gateway.Access;
using Assistify.Gateway.Edge;
using Assistify.Gateway.Proxy;
using Assistify.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddCache();
builder.AddListeners();
builder.AddEdge();
builder.AddAccess();
builder.AddProxy();
builder.Services.AddSingleton<SystemHealth>();

var app = builder.Build();

app.UseClientAddress();
app.UseServiceDefaults();
app.UseEdge();            // trusted host, security headers, CORS
app.UseRouting();
app.UseMiddleware<Admission>(); // body size, rate limit, token
app.UseWebPages();
app.MapSystemHealth();
app.MapProxy();

app.Run();

public partial class Program;
