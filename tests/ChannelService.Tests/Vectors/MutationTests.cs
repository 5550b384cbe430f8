using System.Diagnostics;
using System.Text;
using Assistify.ChannelService.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Assistify.ChannelService.Tests.Vectors;

/// <summary>Whatever an authentic body is made of, reading it gives an outcome and never an exception.</summary>
[Category("Vectors")]
public sealed class MutationTests
{
    private const int Mutations = 100_000;
    private const int Seed = 20_261_121;

    private static readonly byte[][] s_splinters =
    [
        .. new[]
        {
            "null", "{}", "[]", "\"\"", "-1", "1e400", "99999999999999999999", "true", "\\ud83d", "\"\\udc00\"", "\\u0000", "{\"a\":", "[[[[[[[[", "\"id\":1,", "\"type\":\"\",",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xEF, 0xBB, 0xBF], [0x00], [.. Enumerable.Repeat((byte)'[', 300)],
    ];

    private VectorApp _app = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await VectorApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [Test]
    public void No_mutation_of_a_recorded_body_makes_a_parser_throw()
    {
        if (VectorFiles.All is null) Assert.Ignore(VectorFiles.Missing);

        var bodies = VectorFiles.All!.Where(vector => vector.Kind == "webhook" && ChannelSetUp.Find(vector.Channel) is not null)
            .SelectMany(vector => vector.Requests.Where(request => request.Method == "POST" && request.Body.Length is > 0 and < 20_000).Take(1).Select(request => (vector, request)))
            .Select(pair => (Adapter: _app.Connect(pair.vector, ChannelSetUp.For(pair.vector.Channel), [])[0], pair.request, pair.request.Body))
            .ToList();
#pragma warning disable CA5394 // The same mutations each time.
        var random = new Random(Seed);
        var outcomes = new Dictionary<WebhookOutcome, int>();
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < Mutations; round++)
        {
            var (adapter, request, original) = bodies[random.Next(bodies.Count)];
            var body = Mutate(original, random);
            var headers = new HeaderDictionary();
            foreach (var (name, value) in request.Headers) headers.Append(name, value);
            WebhookContent content;
            try
            {
                content = adapter.Read(new WebhookRequest(request.Method, "", request.Query, headers["Content-Type"], headers, body));
            }
            catch (Exception exception)
            {
                throw new AssertionException($"{adapter.Connection.Provider}, mutation {round}: {Encoding.UTF8.GetString(body)}", exception);
            }
            outcomes[content.Outcome] = outcomes.GetValueOrDefault(content.Outcome) + 1;
            foreach (var item in content.Items) Assert.That(item.ExternalId, Is.Not.Empty);
        }
#pragma warning restore CA5394

        TestContext.Out.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s; {string.Join(", ", outcomes.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.That(outcomes.Keys, Is.SubsetOf([WebhookOutcome.Accepted, WebhookOutcome.Ignored, WebhookOutcome.Malformed]));
        Assert.That(outcomes.Keys, Is.SupersetOf([WebhookOutcome.Accepted, WebhookOutcome.Malformed]), "Mutations reach behind the check of the syntax.");
    }

#pragma warning disable CA5394
    private static byte[] Mutate(byte[] original, Random random)
    {
        var body = original.ToList();
        for (var count = random.Next(1, 4); count > 0 && body.Count > 0; count--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(6))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, random.Next(1, Math.Min(40, body.Count - at + 1)));
                    break;
                case 2:
                    body.InsertRange(at, s_splinters[random.Next(s_splinters.Length)]);
                    break;
                case 3:
                    ReplaceValue(body, s_splinters[random.Next(s_splinters.Length)], random);
                    break;
                case 4:
                    body.InsertRange(at, body.GetRange(at, random.Next(1, Math.Min(60, body.Count - at + 1))));
                    break;
                default:
                    RenameMember(body, random);
                    break;
            }
        }
        return [.. body];
    }

    // What follows a colon, up to the next comma or bracket: mostly still JSON, of another kind than expected.
    private static void ReplaceValue(List<byte> body, byte[] splinter, Random random)
    {
        var colon = body.IndexOf((byte)':', random.Next(body.Count));
        if (colon < 0) return;
        var end = body.FindIndex(colon, unit => unit is (byte)',' or (byte)'}' or (byte)']');
        if (end < 0) return;
        body.RemoveRange(colon + 1, end - colon - 1);
        body.InsertRange(colon + 1, splinter);
    }

    private static void RenameMember(List<byte> body, Random random)
    {
        var quote = body.IndexOf((byte)'"', random.Next(body.Count));
        if (quote >= 0 && quote + 1 < body.Count) body[quote + 1] = (byte)random.Next('a', 'z');
    }
#pragma warning restore CA5394
}
