using System.Text.Json.Nodes;
using Assistify.AiService.Evaluation;
using Assistify.AiService.Evaluation.Conversations;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Evaluation.Conversations;

public sealed class YamlTests
{
    [TestCase("a: 1\nb: two words # why\nc: 'it''s'\nd: \"a: \\\"b\\\"\\n\"", """{"a":1,"b":"two words","c":"it's","d":"a: \"b\"\n"}""")]
    [TestCase("a:\n  - 1\n  - x: 1\n    y: [2, \"3, 4\"]\n  -\n    z: ~\nb:\n- true", """{"a":[1,{"x":1,"y":[2,"3, 4"]},{"z":null}],"b":[true]}""")]
    [TestCase("a: { b: [], c: {}, d: [{ e: f }, { e: g h }] }", """{"a":{"b":[],"c":{},"d":[{"e":"f"},{"e":"g h"}]}}""")]
    [TestCase("# first\n\na: |\n  one\n\n   two\nb: 09:30\n", """{"a":"one\n\n two","b":"09:30"}""")]
    [TestCase("- - 1\n  - 2\n- \"k\": v", """[[1,2],{"k":"v"}]""")]
    [TestCase("\ufeffa: 1\r\nb: -2.5\r\n", """{"a":1,"b":-2.5}""")]
    [TestCase("{ \"a\": [1,\n 2] }", """{"a":[1,2]}""")]
    public void What_suites_are_written_in_is_read(string text, string json) =>
        Assert.That(Yaml.Read(text, "suite.yaml")!.ToJsonString(), Is.EqualTo(JsonNode.Parse(json)!.ToJsonString()));

    [TestCase("a: 1\na: 2", "line 2: 'a' stands here twice")]
    [TestCase("a: 1\n   b: 2", "line 2: the indentation fits nothing above")]
    [TestCase("a: x: y", "line 1: a text with a colon")]
    [TestCase("a: \"open", "line 1: the quotes are not closed")]
    [TestCase("a: [1, 2", "line 1: ']' is missing")]
    [TestCase("a: *b", "line 1: '*' begins nothing that is read here")]
    [TestCase("a:\n\tb: 1", "line 2: lines are indented by spaces")]
    [TestCase("{ \"a\": 1,\n  oops }", "line 2: this is no JSON")]
    public void Whatever_else_is_refused_with_its_line(string text, string told) =>
        Assert.That(() => Yaml.Read(text, "suite.yaml"), Throws.TypeOf<EvaluationFault>().With.Message.Contains($"suite.yaml, {told}"));
}
