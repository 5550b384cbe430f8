using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Assistify.AiService.Assistants;
using Assistify.AiService.Vision;

namespace Assistify.AiService.Evaluation.Conversations;

/// <summary>Conversations with what must come out of them.</summary>
/// <param name="Knowledge"><c>demo</c>: that of the demo shop, to which <paramref name="Entries"/> and <paramref name="Products"/> are added.</param>
/// <param name="Assistant">The settings under test; else the built-in ones.</param>
/// <param name="Versions">Others, by name, to compare with.</param>
/// <param name="Price">Of recorded models, in US dollars for a million tokens.</param>
internal sealed record Suite(
    IReadOnlyList<SuiteCase> Cases,
    string? Name = null,
    string? Knowledge = null,
    IReadOnlyList<SuiteEntry>? Entries = null,
    IReadOnlyList<SuiteProduct>? Products = null,
    AssistantSettings? Assistant = null,
    IReadOnlyDictionary<string, AssistantSettings>? Versions = null,
    SuitePrice? Price = null)
{
    private static readonly JsonSerializerOptions s_options = Options();

    public const string Demo = "demo";

    /// <exception cref="EvaluationFault">It is no suite; the message tells where.</exception>
    public static Suite Read(string path)
    {
        var suite = Read<Suite>(path);
        if (suite.Cases.Count == 0) throw new EvaluationFault($"{path} holds no cases.");
        if (suite.Knowledge is not (null or Demo)) throw new EvaluationFault($"{path}: knowledge is demo or absent, not '{suite.Knowledge}'.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in suite.Cases)
        {
            if (!names.Add(one.Name)) throw new EvaluationFault($"{path}: two cases are called '{one.Name}'.");
            if (one.Turns.Count == 0) throw new EvaluationFault($"{path}: the case '{one.Name}' has no turns.");
        }
        return suite;
    }

    public static AssistantSettings ReadSettings(string path) => Read<AssistantSettings>(path);

    public string Write() => JsonSerializer.Serialize(this, s_options);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static Suite Parse(string json) => JsonSerializer.Deserialize<Suite>(json, s_options)!;

    private static T Read<T>(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationFault($"{path} cannot be read: {fault.Message}");
        }
        try
        {
            return Yaml.Read(text, path).Deserialize<T>(s_options) ?? throw new EvaluationFault($"{path} is empty.");
        }
        catch (JsonException fault)
        {
            throw new EvaluationFault($"{path}: at {fault.Path ?? "$"}: {fault.Message.Split(" Path:")[0]}");
        }
    }

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.Converters.Add(new TextsConverter());
        return options;
    }

    // One text may stand where several can.
    private sealed class TextsConverter : JsonConverter<IReadOnlyList<string>>
    {
        public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.String) return [reader.GetString()!];
            if (reader.TokenType is not JsonTokenType.StartArray) throw new JsonException("A text or a list of texts is expected; quote what looks like a number.");
            var texts = new List<string>();
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                texts.Add(reader.TokenType is JsonTokenType.String ? reader.GetString()! : throw new JsonException("A text is expected; quote what looks like a number."));
            return texts;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var text in value) writer.WriteStringValue(text);
            writer.WriteEndArray();
        }
    }
}

/// <param name="Name">Unique in its suite.</param>
/// <param name="At">When the first message is written: what "tomorrow" means.</param>
internal sealed record SuiteCase(
    string Name, IReadOnlyList<SuiteTurn> Turns, string Channel = "web", string? Locale = null, string? TimeZone = null, DateTimeOffset? At = null);

/// <param name="Say">One message, or several at once.</param>
/// <param name="Model">What a model answers, in order; where it is absent, no model is asked.</param>
/// <param name="Pictures">What a model saw in the pictures that came along; null in place of one that none could look at.</param>
/// <param name="Tools">What tools gave that the offline writer asked by itself, such as an order that was looked up; where they are absent, no shop is connected.</param>
internal sealed record SuiteTurn(
    IReadOnlyList<string> Say, Expectation? Expect = null, IReadOnlyList<RecordedAnswer>? Model = null, IReadOnlyList<PictureFacts?>? Pictures = null,
    IReadOnlyList<RecordedCall>? Tools = null);

/// <summary>What must be true of an answer; what is null is not looked at.</summary>
/// <param name="Tools">Called in this order, others between them.</param>
/// <param name="Cites">Titles of what is cited.</param>
/// <param name="Supported">Every figure in it stands in what it cites; looked at unless this is false.</param>
/// <param name="By"><c>model</c> or <c>offline</c>.</param>
/// <param name="MaxCost">In US dollars.</param>
internal sealed record Expectation(
    IReadOnlyList<string>? Contains = null,
    IReadOnlyList<string>? Excludes = null,
    IReadOnlyList<ExpectedTool>? Tools = null,
    IReadOnlyList<string>? Cites = null,
    bool Supported = true,
    string? Language = null,
    bool? HandsOver = null,
    string? By = null,
    decimal? MaxCost = null,
    int? MaxLatencyMs = null);

/// <param name="With">Arguments that must be among those it was called with.</param>
internal sealed record ExpectedTool(string Name, JsonObject? With = null);

/// <summary>One answer of a model: a text, or tools that it asks for.</summary>
internal sealed record RecordedAnswer(string? Text = null, IReadOnlyList<RecordedCall>? Tools = null, int InputTokens = 0, int OutputTokens = 0);

/// <param name="Result">What the tool gave; null: a tool that only looks is asked again, any other is taken for done. A workspace's own tool needs one.</param>
/// <param name="Status">Of the call, where it was not <c>done</c>: <c>proposed</c>, <c>unavailable</c> or <c>rejected</c>.</param>
internal sealed record RecordedCall(string Name, JsonObject? Arguments = null, string? Result = null, string? Status = null);

internal sealed record SuiteEntry(
    string Title, string Text, string Language = "en", IReadOnlyList<string>? Topics = null, string Keywords = "", string? Slug = null, string? Url = null,
    Guid? Id = null)
{
    /// <summary>The document that it is a part of; in no file.</summary>
    [JsonIgnore]
    public Guid? PartOf { get; init; }
}

internal sealed record SuiteProduct(
    string Title, decimal Price, string Description = "", string Category = "", string Currency = "EUR", int Stock = 1, IReadOnlyList<string>? Colours = null,
    IReadOnlyList<string>? Tags = null, string? Url = null, Guid? Id = null, Guid? SupplierId = null);

internal sealed record SuitePrice(decimal Input, decimal Output);
