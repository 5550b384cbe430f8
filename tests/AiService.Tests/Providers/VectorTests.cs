using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.AiService.Providers;
using Assistify.Testing.Vectors;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Providers;

/// <summary>Every recorded answer of a model's API, through the client that speaks to it.</summary>
[Category("Vectors")]
public sealed class VectorTests
{
    [TestCaseSource(nameof(Cases))]
    public async Task A_models_answer_is_understood(VectorCase vector)
    {
        if (vector.Json.Count == 0) Assert.Ignore(VectorFiles.Missing);
        using var http = new HttpClient(new Recorded(vector.Json["response"]!.AsObject()));
        using var client = ClientFor(vector, http);

        var told = (bool?)vector.Json["request"]!["stream"] is true ? await Stream(client) : await Whole(client);

        Assert.That(FieldComparison.Difference(vector.Expected, told), Is.Null);
    }

    private static IEnumerable<TestCaseData> Cases()
    {
        if (VectorFiles.All is not { } all)
        {
            yield return new TestCaseData(new VectorCase([])).SetArgDisplayNames("no vectors");
            yield break;
        }
        foreach (var vector in all.Where(vector => vector.Channel == "llm_responses")) yield return new TestCaseData(vector).SetArgDisplayNames(vector.Id, vector.Name);
    }

    private static IChatClient ClientFor(VectorCase vector, HttpClient http)
    {
        var path = (string)vector.Json["request"]!["path"]!;
        var kind = (string)vector.Json["provider"]! == "anthropic" ? ProviderKinds.Anthropic
            : path.EndsWith("/responses", StringComparison.Ordinal) ? ProviderKinds.OpenAi
            : ProviderKinds.Compatible;
        var settings = new ProviderSettings { Kind = kind, ApiKey = "key", BaseUrl = new Uri("https://models.example"), Model = "test", Name = "test" };
        return ProviderRegistration.ClientOf(settings, http, TimeProvider.System);
    }

    private static async Task<JsonObject> Whole(IChatClient client)
    {
        try
        {
            var response = await client.GetResponseAsync("x");
            return Told(response.Text, response.Messages.SelectMany(message => message.Contents), response.FinishReason, response.Usage);
        }
        catch (ModelFaultException fault)
        {
            return Told(fault, "");
        }
    }

    private static async Task<JsonObject> Stream(IChatClient client)
    {
        var text = new StringBuilder();
        var contents = new List<AIContent>();
        ChatFinishReason? finish = null;
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync("x"))
            {
                text.Append(update.Text);
                contents.AddRange(update.Contents);
                finish = update.FinishReason ?? finish;
            }
        }
        catch (ModelFaultException fault)
        {
            return Told(fault, text.ToString());
        }
        return Told(text.ToString(), contents, finish, contents.OfType<UsageContent>().LastOrDefault()?.Details);
    }

    private static JsonObject Told(string text, IEnumerable<AIContent> contents, ChatFinishReason? finish, UsageDetails? usage) => new()
    {
        ["ok"] = true,
        ["text"] = text,
        ["tool_calls"] = new JsonArray([.. contents.OfType<FunctionCallContent>().Select(Told)]),
        ["stop"] = finish?.Value switch
        {
            "tool_calls" => "tool",
            "content_filter" => "filtered",
            "stop" => "end",
            var other => other,
        },
        ["usage"] = usage is null ? null : new JsonObject { ["input"] = usage.InputTokenCount, ["output"] = usage.OutputTokenCount, ["cached"] = usage.CachedInputTokenCount },
    };

    private static JsonObject Told(FunctionCallContent call)
    {
        var told = new JsonObject
        {
            ["id"] = call.CallId, ["name"] = call.Name,
            ["arguments"] = call.Arguments is null ? null : new JsonObject(call.Arguments.Select(pair => KeyValuePair.Create(pair.Key, ((JsonNode?)pair.Value)?.DeepClone()))),
        };
        if (call.Exception is not null) told["raw"] = call.RawRepresentation as string;
        return told;
    }

    private static JsonObject Told(ModelFaultException fault, string partial) => new()
    {
        ["ok"] = false, ["error_class"] = fault.Name, ["retryable"] = fault.IsRetryable, ["retry_after_s"] = fault.RetryAfter?.TotalSeconds, ["partial_text"] = partial,
    };

    /// <summary>Answers as recorded, flushed where the case says, in the middle of characters too.</summary>
    private sealed class Recorded(JsonObject response) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = VectorCase.Body(response["body"]);
            var ends = (response["chunks_at"] as JsonArray ?? []).Select(at => (int)at!).Append(body.Length).ToList();
            var message = new HttpResponseMessage((HttpStatusCode)(int)response["status"]!) { Content = new StreamContent(new Pieces(body, ends)) };
            foreach (var header in response["headers"]!.AsArray())
            {
                var (name, value) = ((string)header![0]!, (string)header[1]!);
                if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
            }
            return Task.FromResult(message);
        }
    }

    private sealed class Pieces(byte[] body, IReadOnlyList<int> ends) : MemoryStream(body)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            var next = ends.FirstOrDefault(end => end > Position, (int)Length);
            return base.Read(buffer, offset, Math.Min(count, next - (int)Position));
        }
    }
}
