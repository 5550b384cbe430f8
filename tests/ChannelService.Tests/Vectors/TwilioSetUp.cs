using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Twilio;

namespace Assistify.ChannelService.Tests.Vectors;

internal sealed class TwilioSetUp() : ChannelSetUp("twilio")
{
    private const string Number = "whatsapp:+441632960001";

    public override string Provider => "Twilio";

    public override string Customer => ChannelApp.Customer;

    public override IReadOnlyList<string> TextFields => ["Body"];

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector) =>
        vector.Events.Select(expected => (string?)expected["account"]).OfType<string>().Append(Number).Distinct().Select(number => new TwilioOptions
        {
            AccountSid = (string?)vector.Config["account_sid"] ?? ChannelApp.AccountSid,
            AuthToken = (string?)vector.Config["auth_token"] ?? ChannelApp.AuthToken,
            PublicUrl = (string?)vector.Config["public_url"] ?? ChannelApp.PublicUrl,
            From = number,
            ApiBaseUrl = "http://provider.test",
        });

    public override string AccountOf(string account) => account[(account.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public override JsonObject? Sign(string scheme, JsonNode inputs) => scheme switch
    {
        "twilio-form" => new JsonObject
        {
            ["signature"] = TwilioSignature.Compute(
                (string)inputs["signed_url"]!,
                TwilioForm.Of(inputs["params"]!.AsArray().Select(p => KeyValuePair.Create((string)p![0]!, (string)p[1]!))),
                (string)inputs["auth_token"]!),
        },
        "twilio-body-hash" => new JsonObject
        {
            ["sha256_hex"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((string)inputs["body"]!))),
        },
        _ => null,
    };
}
