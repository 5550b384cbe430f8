using Assistify.ChatService;
using Assistify.ChatService.Operators;
using Assistify.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase<ChatDbContext>("chatdb", byIndex: true);
builder.AddMessaging("chat", ChatServices.Messages);
builder.AddOperators();
builder.AddChat();

var app = builder.Build();
app.UseServiceDefaults();
app.MapOperators();
app.MapChat();
app.Run();

public partial class Program;
