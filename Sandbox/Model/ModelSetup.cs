using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Model;

internal static class ModelSetup
{
    public static void AddModel(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<ModelScripts>().AddProvider<OpenAiProvider>().AddProvider<AnthropicProvider>();

    /// <summary>What Assistify sees: the two providers' APIs.</summary>
    public static void MapModelApi(this IEndpointRouteBuilder app)
    {
        var calls = app.ServiceProvider.GetRequiredService<ApiCalls>();
        var openAi = app.ServiceProvider.GetRequiredService<OpenAiProvider>();
        var anthropic = app.ServiceProvider.GetRequiredService<AnthropicProvider>();
        app.MapPost("/v1/chat/completions", context => calls.Send(context, openAi, openAi.Complete));
        app.MapPost("/v1/responses", context => calls.Send(context, openAi, openAi.Respond));
        app.MapPost("/v1/embeddings", context => calls.Send(context, openAi, OpenAiProvider.Embed));
        app.MapPost("/v1/messages", context => calls.Send(context, anthropic, anthropic.Create));
    }

    /// <summary>What programs see: the scripts, and the calls that were made.</summary>
    public static void MapScripts(this IEndpointRouteBuilder app)
    {
        var model = app.MapGroup("/sandbox/api/model");
        model.MapGet("/scripts", (ModelScripts scripts) => scripts.All);
        model.MapPut("/scripts", (IReadOnlyList<Script> given, ModelScripts scripts) => Set(given, () => scripts.Set(given), scripts));
        model.MapPost("/scripts", (Script given, ModelScripts scripts) => Set([given], () => scripts.Add(given), scripts));
        model.MapGet("/calls", (ModelScripts scripts) => scripts.Calls);
        model.MapDelete("/scripts", (ModelScripts scripts) =>
        {
            scripts.Clear();
            return TypedResults.NoContent();
        });
    }

    private static IResult Set(IReadOnlyList<Script> given, Action set, ModelScripts scripts)
    {
        var errors = new Dictionary<string, string[]>();
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i].Answers is not { Count: > 0 } answers)
            {
                errors[$"[{i}].answers"] = ["At least one answer is needed."];
                continue;
            }

            if (answers.Any(answer => answer.Stop is not ("end" or "length" or "filtered"))) errors[$"[{i}].answers.stop"] = ["One of: end, length, filtered."];
            if (answers.Any(answer => answer.FirstAfterMs is < 0 or > 600_000 || answer.BetweenMs is < 0 or > 600_000)) errors[$"[{i}].answers.betweenMs"] = ["Between 0 and 600000."];
            if (answers.Any(answer => answer.Error is { Status: < 400 or > 599 })) errors[$"[{i}].answers.error.status"] = ["Between 400 and 599."];
            if (answers.Any(answer => answer is { Text: null, Refusal: null, Tools.Count: 0, Error: null, Raw: null })) errors[$"[{i}].answers"] = ["A text, tools, a refusal, an error or raw content is needed."];
        }

        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        set();
        return TypedResults.Ok(scripts.All);
    }
}
