using Assistify.AiService;
using Assistify.AiService.Assistance;
using Assistify.AiService.Assistants;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Demo;
using Assistify.AiService.Embeddings;
using Assistify.AiService.Evaluation;
using Assistify.AiService.Evaluation.Cases;
using Assistify.AiService.Inspiration;
using Assistify.AiService.IntentModels;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Knowledge.Documents;
using Assistify.AiService.Knowledge.Suggestions;
using Assistify.AiService.Providers;
using Assistify.AiService.Publishing;
using Assistify.AiService.Replies;
using Assistify.AiService.Tools;
using Assistify.AiService.Tools.Http;
using Assistify.AiService.Tools.Mcp;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

if (args is ["evaluate", .. var what]) return EvaluateCommand.Run(what, Console.Out, Console.Error);

const int RepliesUnderWay = 128;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<AiDbContext>("aidb", byIndex: true);
builder.AddTokens();
builder.Services.AddBodyValidation().AddUnderstanding().AddIntentModels().AddKnowledge().AddHttpTools(builder.Configuration).AddProviders(builder.Configuration)
    .AddEmbeddings(builder.Configuration).AddReplies().AddAssistance().AddAssistants().AddEvaluation().AddInspiration().AddDemoShop(builder.Configuration);
builder.AddMessaging("ai", messaging => messaging
    .AddBroadcast<IntentModelActivated>()
    .AddBroadcast<AssistantChanged>()
    .Consume(Queues.ReplyRequests, RepliesUnderWay, typeof(ReplyRequestedConsumer), typeof(CustomerErasedConsumer), typeof(ConversationRatedConsumer))
    .ConsumeBroadcast(typeof(TurnMovedConsumer), typeof(IntentModelActivatedConsumer), typeof(AssistantChangedConsumer)));

var app = builder.Build();

app.UseServiceDefaults();
app.MapListings();
app.MapKnowledge();
app.MapDocuments();
app.MapProducts();
app.MapSuggestions();
app.MapIntents();
app.MapInspire();
app.MapTraces();
app.MapAssistance();
app.MapAssistants();
app.MapEvaluationCases();
app.MapPublishing();
app.MapHttpTools();
app.MapMcpServers();

app.Run();
return 0;

public partial class Program;
