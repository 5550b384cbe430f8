using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Model;

internal sealed class ModelTests : EachWithSandbox
{
    [Test]
    public async Task Scripts_answer_what_they_fit_one_answer_after_the_other()
    {
        await Scripts(new { when = "open on sunday", answers = new object[] { new { text = "Yes." }, new { text = "Still yes." } } }, new { answers = new[] { new { text = "Anything else?" } } });

        var texts = new List<string?>();
        foreach (var question in new[] { "Are you OPEN on Sunday?", "hello", "open on sunday, really", "open on sunday!" }) texts.Add(Text((await Chat(question)).Body));

        Assert.That(texts, Is.EqualTo(new[] { "Yes.", "Anything else?", "Still yes.", "Still yes." }));
        var calls = await _sandbox.Program.GetFromJsonAsync<JsonElement>("/sandbox/api/model/calls");
        Assert.That(calls.GetArrayLength(), Is.EqualTo(4));
        Assert.That(calls[1].GetProperty("lastUserText").GetString(), Is.EqualTo("hello"));
    }

    [TestCase("image/png", 68, true)]
    [TestCase("image/tiff", 68, false)]
    [TestCase("image/png", 0, false)]
    public async Task A_picture_of_a_kind_that_no_provider_takes_is_refused_by_each_API(string type, int size, bool isTaken)
    {
        var data = Convert.ToBase64String(new byte[size]);
        var url = $"data:{type};base64,{data}";
        var chat = await Post("/v1/chat/completions", new { model = "gpt-test", messages = new[] { new { role = "user", content = new[] { new { type = "image_url", image_url = new { url } } } } } });
        var response = await Post("/v1/responses", new { model = "gpt-test", input = new[] { new { role = "user", content = new[] { new { type = "input_image", image_url = url } } } } });
        var message = await Message(type, data);

        Assert.That(new[] { chat.Status, response.Status, message.Status }, Is.All.EqualTo(isTaken ? 200 : 400));
        if (isTaken) return;
        Assert.That(chat.Body.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("invalid_image_format"));
        Assert.That(response.Body.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("invalid_image_format"));
        Assert.That(message.Body.GetProperty("error").GetProperty("message").GetString(), Does.StartWith("messages.0.content.0.image.source.base64"));
    }

    [Test]
    public async Task Anthropic_takes_pictures_of_five_megabytes_and_no_larger_ones()
    {
        Assert.That((await Message("image/jpeg", Convert.ToBase64String(new byte[5 * 1024 * 1024]))).Status, Is.EqualTo(200));
        var (status, body, _) = await Message("image/jpeg", Convert.ToBase64String(new byte[5 * 1024 * 1024 + 1]));
        Assert.That((status, body.GetProperty("error").GetProperty("type").GetString()), Is.EqualTo((400, "invalid_request_error")));
        Assert.That(body.GetProperty("error").GetProperty("message").GetString(), Does.Contain("exceeds 5 MB maximum"));
    }

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Message(string mediaType, string data) => Post("/v1/messages", new
    {
        model = "claude-test", max_tokens = 10,
        messages = new[] { new { role = "user", content = new[] { new { type = "image", source = new { type = "base64", media_type = mediaType, data } } } } },
    });

    [Test]
    public async Task A_tool_is_called_and_its_result_answered_by_each_API()
    {
        await Scripts(
            new { afterTool = false, answers = new[] { new { tools = new[] { new { name = "get_order", arguments = new { order = "1001" }, id = "call_a" } } } } },
            new { afterTool = true, answers = new[] { new { text = "It left today." } } });

        var chat = (await Chat("where is it")).Body.GetProperty("choices")[0];
        var after = await Post("/v1/chat/completions", new
        {
            model = "gpt-test",
            messages = new object[]
            {
                new { role = "user", content = "where is it" },
                new { role = "assistant", tool_calls = new[] { new { id = "call_a", type = "function", function = new { name = "get_order", arguments = "{}" } } } },
                new { role = "tool", tool_call_id = "call_a", content = "shipped" },
            },
        });
        var response = await Post("/v1/responses", new { model = "gpt-test", input = "where is it" });
        var message = await Post("/v1/messages", new { model = "claude-test", max_tokens = 10, messages = new[] { new { role = "user", content = "where is it" } } });

        Assert.That(chat.GetProperty("finish_reason").GetString(), Is.EqualTo("tool_calls"));
        Assert.That(chat.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString(), Is.EqualTo("""{"order":"1001"}"""));
        Assert.That(Text(after.Body), Is.EqualTo("It left today."));
        Assert.That(response.Body.GetProperty("output")[0].GetProperty("call_id").GetString(), Is.EqualTo("call_a"));
        Assert.That(message.Body.GetProperty("stop_reason").GetString(), Is.EqualTo("tool_use"));
        Assert.That(message.Body.GetProperty("content")[0].GetProperty("input").GetProperty("order").GetString(), Is.EqualTo("1001"));
    }

    [TestCase(0)]
    [TestCase(7)]
    public async Task Streams_carry_the_same_text_in_each_wire_format(int flushBytes)
    {
        await Scripts(new { answers = new[] { new { text = "Yes, size 42 is in stock. 👟", pieces = 5, flushBytes, inputTokens = 120, outputTokens = 9 } } });

        var chat = await Events("/v1/chat/completions", new { model = "gpt-test", stream = true, stream_options = new { include_usage = true }, messages = new[] { new { role = "user", content = "42?" } } });
        var response = await Events("/v1/responses", new { model = "gpt-test", stream = true, input = "42?" });
        var message = await Events("/v1/messages", new { model = "claude-test", max_tokens = 99, stream = true, messages = new[] { new { role = "user", content = "42?" } } });

        Assert.That(chat[^1].Data, Is.EqualTo("[DONE]"));
        Assert.That(Json(chat[^2]).GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), Is.EqualTo(120));
        Assert.That(string.Concat(chat.SkipLast(2).Select(e => Json(e).GetProperty("choices")[0].GetProperty("delta")).Where(d => d.TryGetProperty("content", out _)).Select(d => d.GetProperty("content").GetString())),
            Is.EqualTo("Yes, size 42 is in stock. 👟"));
        Assert.That(response.Select(e => Json(e).GetProperty("sequence_number").GetInt32()), Is.EqualTo(Enumerable.Range(0, response.Count)));
        Assert.That(response.Select(e => e.Name), Is.EqualTo(response.Select(e => Json(e).GetProperty("type").GetString())));
        Assert.That(response[^1].Name, Is.EqualTo("response.completed"));
        Assert.That(string.Concat(response.Where(e => e.Name == "response.output_text.delta").Select(e => Json(e).GetProperty("delta").GetString())), Is.EqualTo("Yes, size 42 is in stock. 👟"));
        Assert.That(message.Select(e => e.Name).First(), Is.EqualTo("message_start"));
        Assert.That(message[^1].Name, Is.EqualTo("message_stop"));
        Assert.That(string.Concat(message.Where(e => e.Name == "content_block_delta").Select(e => Json(e).GetProperty("delta").GetProperty("text").GetString())), Is.EqualTo("Yes, size 42 is in stock. 👟"));
    }

    [Test]
    public async Task Malformed_arguments_are_streamed_as_they_are()
    {
        await Scripts(new { answers = new[] { new { tools = new[] { new { name = "get_order", arguments = """{"order": 10""" } } } } });

        var chat = await Events("/v1/chat/completions", new { model = "gpt-test", stream = true, messages = new[] { new { role = "user", content = "x" } } });
        var message = await Events("/v1/messages", new { model = "claude-test", max_tokens = 99, stream = true, messages = new[] { new { role = "user", content = "x" } } });

        Assert.That(string.Concat(chat.SkipLast(1).SelectMany(e => Json(e).GetProperty("choices")[0].GetProperty("delta").TryGetProperty("tool_calls", out var calls) ? calls.EnumerateArray() : default(JsonElement.ArrayEnumerator))
            .Select(call => call.GetProperty("function").GetProperty("arguments").GetString())), Is.EqualTo("""{"order": 10"""));
        Assert.That(string.Concat(message.Where(e => e.Name == "content_block_delta").Select(e => Json(e).GetProperty("delta").GetProperty("partial_json").GetString())), Is.EqualTo("""{"order": 10"""));
    }

    [Test]
    public async Task Errors_refusals_and_limits_have_each_providers_form()
    {
        await Scripts(new { answers = new object[] { new { error = new { status = 429, type = "insufficient_quota", code = "insufficient_quota", message = "You exceeded your current quota." } }, new { refusal = "I can't help with that." } } });
        var quota = await Chat("x");
        var refused = await Chat("x");
        await _sandbox.SetFaults("openai", new { sendStatus429 = 1, retryAfterSeconds = 7 });
        await _sandbox.SetFaults("anthropic", new { sendStatus429 = 1, retryAfterSeconds = 12 });
        var limited = await Chat("x");
        var other = await Post("/v1/messages", new { model = "claude-test", max_tokens = 10, messages = new[] { new { role = "user", content = "x" } } });

        Assert.That((quota.Status, quota.Body.GetProperty("error").GetProperty("code").GetString()), Is.EqualTo((429, "insufficient_quota")));
        Assert.That(refused.Body.GetProperty("choices")[0].GetProperty("message").GetProperty("refusal").GetString(), Is.EqualTo("I can't help with that."));
        Assert.That((limited.Status, limited.Response.Headers.RetryAfter!.Delta), Is.EqualTo((429, TimeSpan.FromSeconds(7))));
        Assert.That((other.Status, other.Body.GetProperty("error").GetProperty("type").GetString()), Is.EqualTo((429, "rate_limit_error")));
        Assert.That(other.Response.Headers.GetValues("anthropic-ratelimit-requests-remaining"), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public async Task A_stream_can_fail_in_its_middle_or_be_cut()
    {
        await Scripts(new { answers = new object[] { new { text = "The answer is 42", error = new { status = 529, type = "overloaded_error", midStream = true } }, new { text = "The answer is 42", cutAfterBytes = 300 } } });
        var request = new { model = "claude-test", max_tokens = 99, stream = true, messages = new[] { new { role = "user", content = "x" } } };

        var failed = await Events("/v1/messages", request);

        Assert.That(failed[^1].Name, Is.EqualTo("error"));
        Assert.That(failed.Any(e => e.Name == "content_block_delta"), Is.True);
        Assert.That(async () => await Events("/v1/messages", request), Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>());
    }

    [Test]
    public async Task Wrong_requests_are_refused_as_the_providers_do()
    {
        var user = new[] { new { role = "user", content = "x" } };
        (string Path, object Content, string Message)[] cases =
        [
            ("/v1/chat/completions", new { messages = user }, "model"),
            ("/v1/chat/completions", new { model = "m", messages = user, tools = new[] { new { type = "function", name = "flat" } } }, "tools[0].function"),
            ("/v1/chat/completions", new { model = "m", messages = new[] { new { role = "tool", tool_call_id = "call_9", content = "x" } } }, "role 'tool'"),
            ("/v1/responses", new { model = "m", input = "x", tools = new[] { new { type = "function", function = new { name = "nested" } } } }, "tools[0].name"),
            ("/v1/responses", new { model = "m", input = new[] { new { type = "function_call_output", call_id = "call_9", output = "x" } } }, "call_9"),
            ("/v1/messages", new { model = "m", messages = user }, "max_tokens"),
            ("/v1/messages", new { model = "m", max_tokens = 1, messages = new[] { new { role = "assistant", content = "x" } } }, "first message"),
            ("/v1/messages", new { model = "m", max_tokens = 1, messages = new[] { new { role = "user", content = new[] { new { type = "tool_result", tool_use_id = "toolu_9" } } } } }, "toolu_9"),
        ];
        foreach (var (path, content, message) in cases)
        {
            var (status, body, _) = await Post(path, content);
            Assert.That(status, Is.EqualTo(400), path);
            Assert.That(body.GetProperty("error").GetProperty("message").GetString(), Does.Contain(message), path);
        }

        Assert.That((await _sandbox.Call("/v1/chat/completions", new { model = "m", messages = user })).Status, Is.EqualTo(401));
        Assert.That((await _sandbox.Call("/v1/messages", new { model = "m", max_tokens = 1, messages = user })).Status, Is.EqualTo(401));
        using var useless = await _sandbox.Program.PutAsJsonAsync("/sandbox/api/model/scripts", new[] { new { when = "x" } });
        Assert.That((int)useless.StatusCode, Is.EqualTo(400));
    }

    private async Task Scripts(params object[] scripts)
    {
        using var response = await _sandbox.Program.PutAsJsonAsync("/sandbox/api/model/scripts", scripts);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Chat(string text) =>
        Post("/v1/chat/completions", new { model = "gpt-test", messages = new[] { new { role = "user", content = text } } });

    private async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Post(string path, object content)
    {
        using var request = Request(path, content);
        var response = await _sandbox.Program.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(), response);
    }

    private async Task<List<(string Name, string Data)>> Events(string path, object content)
    {
        using var request = Request(path, content);
        using var response = await _sandbox.Program.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block =>
        {
            var lines = block.Split('\n');
            return (lines.FirstOrDefault(line => line.StartsWith("event: ", StringComparison.Ordinal))?[7..] ?? "", lines.Single(line => line.StartsWith("data: ", StringComparison.Ordinal))[6..]);
        })];
    }

    private static HttpRequestMessage Request(string path, object content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(content) };
        if (path == "/v1/messages")
        {
            request.Headers.Add("x-api-key", "sk-ant-any");
            request.Headers.Add("anthropic-version", "2023-06-01");
        }
        else
        {
            request.Headers.Add("Authorization", "Bearer sk-any");
        }

        return request;
    }

    private static JsonElement Json((string Name, string Data) one) => JsonSerializer.Deserialize<JsonElement>(one.Data);

    private static string? Text(JsonElement body) => body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
}
