using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assistify.ChannelService.Tests.Twilio;

/// <summary>Recorded webhooks with their signatures and what they mean, and the signatures that Twilio's own libraries publish.</summary>
public sealed class TwilioVectorTests
{
    private static IEnumerable<TestCaseData> Webhooks() => Cases("twilio.json", _ => true);

    private static IEnumerable<TestCaseData> Signatures() =>
        Cases("published.json", c => (string)c["scheme"]! is "twilio-form" or "twilio-body-hash");

    private static IEnumerable<TestCaseData> Limits() => Cases("limits.json", c => (string)c["config"]!["unit"]! != "items");

    [TestCaseSource(nameof(Webhooks))]
    public void A_recorded_webhook_is_judged_and_read_as_it_says(JsonNode vector)
    {
        var config = vector["config"]!;
        var options = new TwilioOptions
        {
            AccountSid = (string)config["account_sid"]!,
            AuthToken = (string)config["auth_token"]!,
            PublicUrl = (string)config["public_url"]!,
            From = "whatsapp:+441632960001",
        };
        var connection = new ChannelConnection(
            Guid.CreateVersion7(), Identifiers.DefaultWorkspace, "Twilio", "whatsapp", options.Account, TimeSpan.Zero, SignatureMode.Enforce);
        var adapter = new TwilioAdapter(connection, options, null!);
        var seen = new HashSet<string>();
        var statuses = new List<LedgerStatus>();
        foreach (var request in vector["requests"]!.AsArray())
        {
            var webhook = Request(request!);
            var reason = adapter.Verify(webhook);
            var expect = request!["expect"]!;
            Assert.That(reason, (string)expect["verdict"]! == "valid" ? Is.Null : Is.EqualTo((string)expect["reason"]!));
            if (reason is not null) continue;

            var content = adapter.Read(webhook);
            var events = expect["events"]!.AsArray();
            var items = content.Items.Where(item => item.Account == options.Account).ToList();
            Assert.That(items, Has.Count.EqualTo(events.Count), content.Reason);
            foreach (var expected in events)
            {
                if ((string)expected!["kind"]! == "message") CheckMessage((InboundItem)items.Single(), expected, seen);
                else CheckStatus((StatusItem)items.Single(), expected, seen, statuses);
            }
        }

        if (vector["expect_after"] is not { } after) return;
        Assert.That(seen, Has.Count.EqualTo((int)after["unique_events"]!));
        if (after["final_status"] is { } final)
        {
            var end = statuses.Aggregate(LedgerStatus.Sending, LedgerStatuses.Merge);
            Assert.That(end.ToString().ToLowerInvariant(), Is.EqualTo((string)final.AsObject().Single().Value!));
        }
    }

    [TestCaseSource(nameof(Signatures))]
    public void Published_signatures_are_reproduced(JsonNode vector)
    {
        var inputs = vector["inputs"]!;
        if ((string)vector["scheme"]! == "twilio-body-hash")
        {
            var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes((string)inputs["body"]!));
            Assert.That(Convert.ToHexStringLower(hash), Is.EqualTo((string)vector["expected"]!["sha256_hex"]!));
            return;
        }

        var form = TwilioForm.Of(inputs["params"]!.AsArray().Select(p => KeyValuePair.Create((string)p![0]!, (string)p[1]!)));
        var signature = (string)vector["expected"]!["signature"]!;
        Assert.That(TwilioSignature.Compute((string)inputs["signed_url"]!, form, (string)inputs["auth_token"]!), Is.EqualTo(signature));
        Assert.That(TwilioSignature.Verify(signature, [(string)inputs["signed_url"]!], form, ["another", (string)inputs["auth_token"]!]), Is.Null);
    }

    [TestCaseSource(nameof(Limits))]
    public void Texts_are_cut_exactly_where_the_limit_demands(JsonNode vector)
    {
        var unit = (string)vector["config"]!["unit"]! switch
        {
            "utf8_bytes" => TextUnit.Utf8Bytes,
            "utf16_units" => TextUnit.Utf16Units,
            _ => TextUnit.Characters,
        };
        var limit = (int)vector["config"]!["limit"]!;
        var text = Body(vector["input"]!);
        var decoded = Encoding.UTF8.GetString(text);

        var pieces = TextSplitter.Split(decoded, limit, unit);

        Assert.That(TextSplitter.Length(decoded, unit), Is.EqualTo((int)vector["expected"]!["length"]!));
        Assert.That(pieces, Has.Count.EqualTo((bool)vector["expected"]!["fits"]! ? 1 : (int?)vector["expected"]!["min_pieces"] ?? 2));
    }

    [TestCase("https://mycompany.com/myapp.php?foo=1&bar=2", "https://mycompany.com:443/myapp.php?foo=1&bar=2")]
    [TestCase("https://mycompany.com:443/myapp.php?foo=1", "https://mycompany.com/myapp.php?foo=1")]
    [TestCase("http://user:pass@MyCompany.com/x", "http://user:pass@MyCompany.com:80/x")]
    [TestCase("https://user:pass@mycompany.com:1234/x", "https://user:pass@mycompany.com/x")]
    [TestCase("https://mycompany.com", "https://mycompany.com:443")]
    [TestCase("https://mycompany.com?q=a:b@c/d", "https://mycompany.com:443?q=a:b@c/d")]
    [TestCase("http://[::1]/x", "http://[::1]:80/x")]
    public void The_address_counts_with_and_without_its_port(string url, string variant) =>
        Assert.That(TwilioSignature.PortVariants(url), Is.EqualTo([url, variant]));

    private static void CheckMessage(InboundItem message, JsonNode expected, HashSet<string> seen)
    {
        seen.Add(message.ExternalId);
        Assert.That((string)expected["dedup_key"]!, Does.EndWith(message.ExternalId));
        Assert.That(message.From.Value, Is.EqualTo((string)expected["peer"]!));
        Assert.That(message.Content.Text, Is.EqualTo((string)expected["text"]!));
        if (expected["profile_name"] is { } name) Assert.That(message.From.Name, Is.EqualTo((string)name!));
        if (expected["choice"] is { } choice) Assert.That(message.Content.Choice, Is.EqualTo(new Choice((string)choice["id"]!, (string)choice["title"]!)));
        if (expected["reply_to"] is { } reply) Assert.That(message.Content.ReplyToExternalId, Is.EqualTo((string)reply!));
        if (expected["location"] is { } place)
            Assert.That(message.Content.Location, Is.EqualTo(new Location((double)place["lat"]!, (double)place["lon"]!, (string?)place["name"], (string?)place["address"])));
        if (expected["attachments"] is { } attachments)
        {
            Assert.That(
                message.Content.Attachments!.Select(a => (a.Kind, a.ContentType, a.Source)),
                Is.EqualTo(attachments.AsArray().Select(a => ((string)a!["type"]!, (string)a["mime"]!, (string?)a["url"]))));
        }
    }

    private static void CheckStatus(StatusItem status, JsonNode expected, HashSet<string> seen, List<LedgerStatus> statuses)
    {
        seen.Add(status.ExternalId);
        statuses.Add(LedgerStatuses.Of(status.Status!.Value));
        Assert.That(status.MessageExternalId, Is.EqualTo((string)expected["message_ref"]!));
        Assert.That(status.RawStatus, Is.EqualTo((string)expected["status"]!));
        Assert.That(status.Address, Is.EqualTo((string)expected["peer"]!));
        if (expected["error_code"] is { } code) Assert.That(status.ErrorCode, Is.EqualTo(code.ToString()));
    }

    private static WebhookRequest Request(JsonNode request)
    {
        var headers = new HeaderDictionary();
        foreach (var header in request["headers"]!.AsArray()) headers.Append((string)header![0]!, (string)header[1]!);
        var path = (string)request["path"]!;
        var query = path.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? path[at..] : "";
        return new WebhookRequest((string)request["method"]!, "", query, headers["Content-Type"], headers, request["body"] is { } body ? Body(body) : default);
    }

    private static byte[] Body(JsonNode body) => (string)body["encoding"]! switch
    {
        "base64" => Convert.FromBase64String((string)body["data"]!),
        "segments" => Encoding.UTF8.GetBytes(string.Concat(
            body["segments"]!.AsArray().Select(s => string.Concat(Enumerable.Repeat((string)s!["data"]!, (int)s["count"]!))))),
        _ => Encoding.UTF8.GetBytes((string)body["data"]!),
    };

    private static IEnumerable<TestCaseData> Cases(string file, Func<JsonNode, bool> wanted)
    {
        var folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "Twilio", file);
        foreach (var vector in JsonNode.Parse(File.ReadAllText(folder), documentOptions: new JsonDocumentOptions { MaxDepth = 64 })!["cases"]!.AsArray().Where(c => wanted(c!)))
            yield return new TestCaseData(vector).SetArgDisplayNames((string)vector!["id"]!, (string)vector["name"]!);
    }
}
