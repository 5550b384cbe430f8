using System.Text.Json.Nodes;
using Assistify.AiService.Tools;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Tools;

public sealed class ArgumentSchemaTests
{
    private const string Order = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false, "required": ["items", "who"],
          "properties": {
            "who": { "type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[a-z]+$" },
            "items": { "type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true, "items": { "$ref": "#/$defs/item" } },
            "when": { "anyOf": [{ "type": "null" }, { "enum": ["now", "later"] }] },
            "how": { "oneOf": [{ "type": "integer" }, { "type": "number", "minimum": 10 }] },
            "flag": { "const": true }
          },
          "$defs": { "item": { "type": "object", "required": ["sku"], "properties": { "sku": { "type": ["string", "integer"] }, "count": { "type": "integer", "exclusiveMinimum": 0, "maximum": 9, "multipleOf": 2 } } } }
        }
        """;

    [TestCase("""{"who":"anna","items":[{"sku":"a","count":2,"other":1},{"sku":7}],"when":null,"how":3,"flag":true}""")]
    [TestCase("""{"who":"anna","items":[{"sku":"a"}],"when":"later","how":10.5}""")]
    [TestCase("""{"items":[]}""", "who is missing", "items: fewer than 1")]
    [TestCase("""{"who":"x","items":[{"sku":"a"}]}""", "who: fewer than 2 characters")]
    [TestCase("""{"who":"ABC","items":[{"sku":"a"}]}""", "who: does not match")]
    [TestCase("""{"who":7,"items":[{"sku":"a"}]}""", "who: not of the type string")]
    [TestCase("""{"who":"anna","items":[{}]}""", "items[0].sku is missing")]
    [TestCase("""{"who":"anna","items":[{"sku":true}]}""", "items[0].sku: not of the type string or integer")]
    [TestCase("""{"who":"anna","items":[{"sku":1},{"sku":1}]}""", "twice")]
    [TestCase("""{"who":"anna","items":[{"sku":1,"count":1.5}]}""", "items[0].count: not of the type integer")]
    [TestCase("""{"who":"anna","items":[{"sku":1,"count":3}]}""", "no multiple of 2")]
    [TestCase("""{"who":"anna","items":[{"sku":1,"count":0}]}""", "not more than 0")]
    [TestCase("""{"who":"anna","items":[{"sku":1,"count":10}]}""", "more than 9")]
    [TestCase("""{"who":"anna","items":[{"sku":1}],"when":"never"}""", "when: fits none")]
    [TestCase("""{"who":"anna","items":[{"sku":1}],"how":12}""", "how: does not fit exactly one")]
    [TestCase("""{"who":"anna","items":[{"sku":1}],"flag":false}""", "flag: not true")]
    [TestCase("""{"who":"anna","items":[{"sku":1}],"drop":"table"}""", "no parameter drop")]
    public void What_is_wrong_is_told(string arguments, params string[] told)
    {
        var schema = ArgumentSchema.Read(JsonNode.Parse(Order), out var problem);
        Assert.That(problem, Is.Null);

        var errors = schema!.Errors(JsonNode.Parse(arguments)!.AsObject());

        Assert.That(errors, Has.Count.EqualTo(told.Length), string.Join(' ', errors));
        foreach (var one in told) Assert.That(string.Join(' ', errors), Does.Contain(one));
    }

    [TestCase("null")]
    [TestCase("""{"type":"string"}""")]
    [TestCase("""{"type":"object","not":{}}""")]
    [TestCase("""{"type":"object","properties":{"a":{"$ref":"https://elsewhere.example/schema"}}}""")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"date"}}}""")]
    [TestCase("""{"type":"object","properties":{"a":{"pattern":"(a+)\\1"}}}""")]
    [TestCase("""{"type":"object","properties":{"a":{"minimum":"x"}}}""")]
    [TestCase("""{"type":"object","required":[1]}""")]
    [TestCase("""{"type":"object","properties":7}""")]
    public void What_cannot_be_checked_is_not_taken(string schema) => Assert.That(ArgumentSchema.Read(JsonNode.Parse(schema), out var problem), Is.Null, problem);

    [Test]
    public void A_schema_that_leads_back_to_itself_ends()
    {
        var choices = string.Join(',', Enumerable.Repeat("""{"$ref":"#"}""", 20));
        var schema = ArgumentSchema.Read(JsonNode.Parse($$"""{"type":"object","anyOf":[{{choices}}]}"""), out _)!;

        Assert.That(schema.Errors([]), Is.Not.Empty);
    }
}
