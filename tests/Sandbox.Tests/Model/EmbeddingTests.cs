using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Model;

internal sealed class EmbeddingTests
{
    private SandboxUnderTest _sandbox = null!;

    [SetUp]
    public async Task Start() => _sandbox = await SandboxUnderTest.Start();

    [TearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task Equal_texts_are_equal_and_alike_ones_are_near()
    {
        var (status, body) = await Post(new { model = "text-embedding-3-small", input = new[] { "a blue vase", "the blue vases", "opening hours", "a blue vase" } });

        Assert.That(status, Is.EqualTo(200), body.ToString());
        var vectors = body.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle()).ToArray()).ToList();
        Assert.That(vectors.Select(vector => vector.Length), Has.All.EqualTo(256));
        Assert.That(vectors[3], Is.EqualTo(vectors[0]));
        Assert.That(Likeness(vectors[0], vectors[1]), Is.GreaterThan(Likeness(vectors[0], vectors[2]) + 0.2f));
        Assert.That(body.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), Is.Positive);

        var (_, packed) = await Post(new { model = "text-embedding-3-small", input = "a blue vase", encoding_format = "base64", dimensions = 64 });
        var bytes = packed.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.That(MemoryMarshal.Cast<byte, float>(bytes).Length, Is.EqualTo(64));
    }

    [TestCase("""{"input":"x"}""", "model")]
    [TestCase("""{"model":"m"}""", "input")]
    [TestCase("""{"model":"m","input":[]}""", "input")]
    [TestCase("""{"model":"m","input":["x",""]}""", "input")]
    [TestCase("""{"model":"m","input":[1]}""", "input")]
    [TestCase("""{"model":"m","input":"x","encoding_format":"hex"}""", "encoding_format")]
    [TestCase("""{"model":"m","input":"x","dimensions":0}""", "dimensions")]
    public async Task What_the_real_one_refuses_is_refused(string request, string about)
    {
        var (status, body) = await Post(JsonSerializer.Deserialize<JsonElement>(request));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body.GetProperty("error").GetProperty("message").GetString(), Does.Contain(about));
    }

    [Test]
    public async Task Without_a_key_nothing_is_embedded() =>
        Assert.That((int)(await _sandbox.Program.PostAsJsonAsync("/v1/embeddings", new { model = "m", input = "x" })).StatusCode, Is.EqualTo(401));

    private static float Likeness(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private async Task<(int Status, JsonElement Body)> Post(object content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/embeddings") { Content = JsonContent.Create(content) };
        request.Headers.Add("Authorization", "Bearer sk-any");
        using var response = await _sandbox.Program.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
