using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Instagram;
using Assistify.ChannelService.Messenger;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.WhatsApp;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.ChannelService.Tests.Vectors;

internal sealed class WhatsAppSetUp() : ChannelSetUp("meta_whatsapp")
{
    public override string Provider => "WhatsApp";

    public override string Customer => "447700900456";

    public override IReadOnlyList<string> TextFields => ["text.body"];

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector) =>
        MetaConfig.Accounts(vector, "phone_number_ids").Select(account => new WhatsAppOptions
        {
            PhoneNumberId = account, AccessToken = "token", AppSecret = MetaConfig.Secrets(vector)[0], AppSecretSecondary = MetaConfig.Secrets(vector)[1],
            VerifyToken = MetaConfig.VerifyToken(vector), ApiBaseUrl = MetaConfig.ApiBaseUrl,
        });

    public override JsonObject? Sign(string scheme, JsonNode inputs) => scheme != "meta-hub-256" ? null : new JsonObject
    {
        ["signature"] = MetaSignature.Compute(Encoding.UTF8.GetBytes((string)inputs["body"]!), (string)inputs["app_secret"]!),
    };

    public override async Task<JsonObject> Answer(VectorApp app, IChannelAdapter adapter, VectorCase vector)
    {
        if ((string)vector.Json["request"]!["method"]! != "GET") return await base.Answer(app, adapter, vector);

        var options = (WhatsAppOptions)Connections(vector).First();
        var medium = await app.Service.Services.GetRequiredService<WhatsAppClient>().Medium(options, "1003383421387256", CancellationToken.None);
        return new JsonObject { ["ok"] = true, ["media_url"] = medium.Url, ["size"] = medium.Size, ["mime"] = medium.ContentType };
    }
}

internal sealed class MessengerSetUp() : ChannelSetUp("messenger")
{
    public override string Provider => "Messenger";

    public override IReadOnlyList<string> TextFields => ["message.text"];

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector) =>
        MetaConfig.Accounts(vector, "page_ids").Select(account => new MessengerOptions
        {
            PageId = account, AccessToken = "token", AppSecret = MetaConfig.Secrets(vector)[0], AppSecretSecondary = MetaConfig.Secrets(vector)[1],
            VerifyToken = MetaConfig.VerifyToken(vector), AppId = vector.Config["app_id"]?.ToString(), ApiBaseUrl = MetaConfig.ApiBaseUrl,
        });
}

internal sealed class InstagramSetUp() : ChannelSetUp("instagram")
{
    public override string Provider => "Instagram";

    public override IReadOnlyList<string> TextFields => ["message.text"];

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector) =>
        MetaConfig.Accounts(vector, "ig_ids").Select(account => new InstagramOptions
        {
            AccountId = account, AccessToken = "token", AppSecret = MetaConfig.Secrets(vector)[0], AppSecretSecondary = MetaConfig.Secrets(vector)[1],
            VerifyToken = MetaConfig.VerifyToken(vector), ApiBaseUrl = MetaConfig.ApiBaseUrl,
        });
}

/// <summary>What the three channels' <c>config</c> has in common.</summary>
internal static class MetaConfig
{
    public const string ApiBaseUrl = "http://provider.test";

    public static IEnumerable<string> Accounts(VectorCase vector, string key) =>
        vector.Config[key] is JsonArray { Count: > 0 } accounts ? accounts.Select(account => account!.ToString()) : ["1001001"];

    public static string?[] Secrets(VectorCase vector) =>
    [
        .. new[] { (string?)vector.Config["app_secret"] }.Concat((vector.Config["app_secrets"] as JsonArray ?? []).Select(secret => (string?)secret))
            .OfType<string>().Distinct().DefaultIfEmpty("secret").Append(null).Take(2),
    ];

    public static string VerifyToken(VectorCase vector) => (string?)vector.Config["verify_token"] ?? "verify";
}
