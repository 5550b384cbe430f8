using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Custom;

namespace Assistify.ChannelService.Tests.Vectors;

internal sealed class CustomSetUp() : ChannelSetUp("custom_standard_webhooks")
{
    public override string Provider => "Custom";

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector)
    {
        var secrets = (vector.Config["secrets"] as JsonArray)?.Select(secret => (string)secret!).ToList() ?? [];
        yield return new CustomOptions
        {
            Secret = (string?)vector.Config["secret"] ?? secrets.ElementAtOrDefault(0),
            SecretSecondary = secrets.ElementAtOrDefault(1),
            PublicKey = (string?)vector.Config["public_key"],
            CallbackUrl = "http://provider.test/callback",
        };
    }

    public override JsonObject? Sign(string scheme, JsonNode inputs) => scheme != "standard-webhooks" ? null : new JsonObject
    {
        ["signature"] = StandardWebhooks.Sign(
            (string)inputs["id"]!, (string)inputs["timestamp"]!, Encoding.UTF8.GetBytes((string)inputs["body"]!),
            StandardWebhooks.KeyOf((string)inputs["secret"]!, StandardWebhooks.SecretPrefix)!),
    };
}
