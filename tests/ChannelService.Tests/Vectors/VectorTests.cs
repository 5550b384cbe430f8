using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Vectors;

/// <summary>
/// Every case of every vector file, through the real endpoint and pipeline under the case's clock. The models' answers and the
/// calendar feeds are other tests'.
/// </summary>
[Category("Vectors")]
public sealed class VectorTests
{
    private VectorApp _app = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await VectorApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [TestCaseSource(nameof(Cases), ["webhook"])]
    public async Task A_recorded_webhook_is_judged_read_and_kept_as_it_says(VectorCase vector) =>
        await WebhookAssertions.Check(await WebhookRun.Begin(_app, Present(vector)));

    [TestCaseSource(nameof(Cases), ["signature"])]
    public void A_published_signature_is_reproduced(VectorCase vector)
    {
        var inputs = Present(vector).Json["inputs"]!;
        var signed = ChannelSetUp.All.Select(setUp => setUp.Sign(vector.Scheme, inputs)).FirstOrDefault(signed => signed is not null);

        Assert.That(signed, Is.Not.Null, $"No channel's set-up signs as {vector.Scheme}.");
        Assert.That(FieldComparison.Difference(vector.Expected, signed!), Is.Null);
    }

    [TestCaseSource(nameof(Cases), ["text_limit"])]
    public void A_text_is_cut_exactly_where_the_limit_demands(VectorCase vector)
    {
        var config = Present(vector).Config;
        var limit = (int)config["limit"]!;
        var fits = (bool)vector.Expected["fits"]!;
        if ((string)config["unit"]! == "items")
        {
            Assert.That(vector.Json["input"]!.AsArray(), Has.Count.EqualTo((int)vector.Expected["length"]!));
            Assert.That((int)vector.Expected["length"]! <= limit, Is.EqualTo(fits));
            return;
        }

        var unit = (string)config["unit"]! switch
        {
            "utf8_bytes" => TextUnit.Utf8Bytes,
            "utf16_units" => TextUnit.Utf16Units,
            _ => TextUnit.Characters,
        };
        var text = Encoding.UTF8.GetString(VectorCase.Body(vector.Json["input"]));
        var pieces = ChannelSetUp.Find(vector.Channel) is { } setUp && setUp.TextFields.Contains((string)vector.Json["field"]!)
            ? Compose(vector, setUp, text)
            : TextSplitter.Split(text, limit, unit);

        Assert.That(TextSplitter.Length(text, unit), Is.EqualTo((int)vector.Expected["length"]!));
        Assert.That(pieces, Has.Count.EqualTo(fits ? 1 : (int?)vector.Expected["min_pieces"] ?? 2));
        Assert.That(pieces.Select(piece => TextSplitter.Length(piece, unit)), Is.All.LessThanOrEqualTo(limit));

        // A piece ends where white space was.
        Assert.That(string.Concat(pieces.SelectMany(piece => piece).Where(unit => !char.IsWhiteSpace(unit))), Is.EqualTo(string.Concat(text.Where(unit => !char.IsWhiteSpace(unit)))));
    }

    [TestCaseSource(nameof(Cases), ["provider_response"])]
    public async Task A_providers_answer_is_understood(VectorCase vector)
    {
        var setUp = ChannelSetUp.For((string)Present(vector).Json["provider"]!);
        var adapter = _app.Connect(vector, setUp, [])[0];
        _app.Answers(vector);

        var answer = await setUp.Answer(_app, adapter, vector);

        foreach (var (name, expected) in vector.Expected)
        {
            // What an operator is advised to do, and how the provider calls the state of what it took, are not told by a send.
            if (name is "action" or "state" && !answer.ContainsKey(name)) continue;
            Assert.That(FieldComparison.Difference(new JsonObject { [name] = expected?.DeepClone() }, answer), Is.Null);
        }
    }

    private static IEnumerable<TestCaseData> Cases(string kind)
    {
        if (VectorFiles.All is not { } all)
        {
            yield return new TestCaseData(new VectorCase([])).SetArgDisplayNames("no vectors");
            yield break;
        }

        // Pages of shops' catalogues and calendars are AiService's to ask for.
        foreach (var vector in all.Where(vector =>
            vector.Kind == kind && vector.Channel is not "llm_responses" && (string?)vector.Json["provider"] is not "google_calendar"
            && !(kind == "provider_response" && vector.Expected.ContainsKey("items"))))
            yield return new TestCaseData(vector).SetArgDisplayNames(vector.Id, vector.Name);
    }

    private static VectorCase Present(VectorCase vector)
    {
        if (vector.Json.Count == 0) Assert.Ignore(VectorFiles.Missing);
        return vector;
    }

    private List<string> Compose(VectorCase vector, ChannelSetUp setUp, string text)
    {
        var adapter = _app.Connect(vector, setUp, [])[0];
        return
        [
            .. adapter.Compose(new DeliverMessage(
                Guid.CreateVersion7(), Guid.CreateVersion7(), Identifiers.DefaultWorkspace, adapter.Connection.Id, adapter.Connection.Channel, 0, setUp.Customer,
                text, [], [], Author.Assistant, 1, null, vector.Now)).Select(part => part.Text),
        ];
    }
}
