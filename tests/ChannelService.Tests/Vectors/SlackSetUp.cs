using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Slack;

namespace Assistify.ChannelService.Tests.Vectors;

internal sealed class SlackSetUp() : ChannelSetUp("slack")
{
    private const string Team = "T061EG9R6";

    public override string Provider => "Slack";

    public override string Customer => "D024BE91L";

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector) =>
        vector.Events.Select(expected => (string?)expected["account"]).OfType<string>().DefaultIfEmpty(Team).Distinct().Select(team => new SlackOptions
        {
            SigningSecret = (string?)vector.Config["signing_secret"] ?? "secret",
            BotToken = "xoxb-test",
            TeamId = team,
            ApiBaseUrl = "http://provider.test",
        });

    public override JsonObject? Sign(string scheme, JsonNode inputs) => scheme != "slack-v0" ? null : new JsonObject
    {
        ["signature"] = SlackSignature.Compute(
            (string)inputs["timestamp"]!, Encoding.UTF8.GetBytes((string)inputs["body"]!), (string)inputs["signing_secret"]!),
    };
}
