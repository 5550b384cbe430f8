using Assistify.AppHost.Settings;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests.Settings;

internal sealed class AppSettingsTests
{
    private string _root = "";

    [SetUp]
    public void Start() => _root = Directory.CreateTempSubdirectory("assistify-settings").FullName;

    [TearDown]
    public void End() => Directory.Delete(_root, recursive: true);

    [TestCase("Channels:Twilio:Foo", "x", "Channels__Twilio__Foo")]
    [TestCase("Channels:Fax:Number", "x", "Channels__Fax__Number")]
    [TestCase("Limits:CustomersPerSecond", "5", "Limits__CustomersPerSecond")]
    [TestCase("Ai:Providers:first:Kind", "openai", "Ai__Providers__first__Kind")]
    [TestCase("ASSISTIFY_HTTP_PROT", "8080", "ASSISTIFY_HTTP_PROT")]
    [TestCase("ASSISTIFY_REPLICAS:WEB", "2", "ASSISTIFY_REPLICAS__WEB")]
    [TestCase("ConnectionStrings:maindb", "Host=x", "ConnectionStrings__maindb")]
    public void An_unknown_name_is_named(string key, string value, string named)
    {
        Assert.That(() => Load((key, value)), Throws.TypeOf<SettingException>().With.Message.Contains(named));
    }

    [TestCase("ASSISTIFY_HTTP_PORT", "eighty", "ASSISTIFY_HTTP_PORT")]
    [TestCase("ASSISTIFY_HTTP_PORT", "70000", "ASSISTIFY_HTTP_PORT")]
    [TestCase("ASSISTIFY_DEMO", "maybe", "ASSISTIFY_DEMO")]
    [TestCase("ASSISTIFY_ENVIRONMENT", "Staging", "ASSISTIFY_ENVIRONMENT")]
    [TestCase("ASSISTIFY_OWNER_PASSWORD", "short", "ASSISTIFY_OWNER_PASSWORD")]
    [TestCase("Channels:Twilio:AccountSid", "AC123", "Channels__Twilio__AccountSid")]
    [TestCase("channels:twilio:apibaseurl", "ftp://x", "Channels__Twilio__ApiBaseUrl")]
    [TestCase("Secrets:Key", "short", "Secrets__Key")]
    [TestCase("Media:S3:Bucket", "My files", "Media__S3__Bucket")]
    [TestCase("ConnectionStrings:messaging", "http://broker", "ConnectionStrings__messaging")]
    [TestCase("ConnectionStrings:chatdb", "somewhere", "ConnectionStrings__chatdb")]
    public void A_malformed_value_is_named(string key, string value, string named)
    {
        Assert.That(() => Load((key, value)), Throws.TypeOf<SettingException>().With.Message.Contains(named));
    }

    [Test]
    public void A_missing_value_of_a_channel_is_named()
    {
        Assert.That(
            () => Load(("Channels:Telegram:BotToken", "1:abc")),
            Throws.TypeOf<SettingException>().With.Message.Contains("Channels__Telegram__SecretToken is missing"));
        Assert.That(
            () => Load(("Ai:Providers:0:Kind", "openai")),
            Throws.TypeOf<SettingException>().With.Message.Contains("Ai__Providers__0__ApiKey"));
    }

    [Test]
    public void A_bucket_needs_a_name_a_place_and_keys_and_is_chats_alone()
    {
        (string, string)[] all =
            [("Media:S3:Bucket", "files"), ("Media:S3:Region", "eu-central-1"), ("Media:S3:AccessKey", "AKIA1"), ("Media:S3:SecretKey", "s"), ("Media:Kind", "s3")];
        foreach (var (missing, _) in all[..4])
        {
            Assert.That(
                () => Load([.. all.Where(value => value.Item1 != missing)]),
                Throws.TypeOf<SettingException>().With.Message.Contains($"{missing.Replace(":", "__", StringComparison.Ordinal)} is missing"));
        }

        var elsewhere = Load([.. all.Where(static value => value.Item1 != "Media:S3:Region"), ("Media:S3:Endpoint", "http://127.0.0.1:9000")]);
        Assert.That(Value(elsewhere, "chat", "Media__S3__Endpoint"), Is.EqualTo("http://127.0.0.1:9000"));
        Assert.That(elsewhere.For("chat").Single(static setting => setting.Name == "Media__S3__SecretKey").IsSecret, Is.True);
        foreach (var other in new[] { "channels", "ai", "analytics", "gateway" })
        {
            Assert.That(elsewhere.For(other).Select(static setting => setting.Name), Has.None.StartsWith("Media__"));
        }

        Assert.That(
            () => Production([("ASSISTIFY_PUBLIC_URL", "https://shop.example"), .. all, ("Media:S3:Endpoint", "http://files.example")]),
            Throws.TypeOf<SettingException>().With.Message.Contains("Media__S3__Endpoint must be an https address"));
    }

    [Test]
    public void The_environment_wins_over_the_file()
    {
        File.WriteAllText(Path.Combine(_root, ".env"), """
            # a comment
            ASSISTIFY_HTTP_PORT=9001
            export ASSISTIFY_DEMO="false"   
            Limits__CustomerPerSecond=7 # as agreed
            """);

        var settings = Load(("ASSISTIFY_HTTP_PORT", "9002"));

        Assert.That(settings.HttpPort, Is.EqualTo(9002));
        Assert.That(settings.Demo, Is.False);
        Assert.That(Value(settings, "gateway", "Limits__CustomerPerSecond"), Is.EqualTo("7"));
    }

    [Test]
    public void A_value_reaches_only_the_services_that_need_it()
    {
        var settings = Load(("Ai:Providers:0:Kind", "openai"), ("Ai:Providers:0:ApiKey", "sk-1"), ("channels:telegram:bottoken", "1:a"), ("Channels:Telegram:SecretToken", "b"));

        Assert.That(settings.For("ai").Single(static setting => setting.Name == "Ai__Providers__0__ApiKey").IsSecret, Is.True);
        Assert.That(Value(settings, "channels", "Channels__Telegram__BotToken"), Is.EqualTo("1:a"));
        foreach (var other in new[] { "chat", "analytics", "gateway" })
        {
            Assert.That(settings.For(other).Select(static setting => setting.Name), Has.None.StartsWith("Ai__").And.None.StartsWith("Channels__Telegram"));
        }
    }

    [Test]
    public void Without_an_account_every_channel_runs_against_the_sandbox_with_stable_credentials()
    {
        var first = Load();
        var made = Credentials(first, "channels");
        var second = Load();

        Assert.That(first.SandboxAccounts.Select(static account => account.Channel),
            Is.EqualTo(new[] { "Twilio", "WhatsApp", "Messenger", "Instagram", "Telegram", "Slack", "WeChat", "Custom", "Shopify" }));
        Assert.That(made["Channels__Twilio__AccountSid"], Does.Match("^AC[0-9a-f]{32}$"));
        Assert.That(made["Channels__WeChat__EncodingAesKey"], Has.Length.EqualTo(43));
        Assert.That(Convert.FromBase64String(made["Channels__Custom__Secret"]["whsec_".Length..]), Has.Length.EqualTo(32));
        Assert.That(made, Has.Count.EqualTo(30));
        Assert.That(Credentials(second, "channels"), Is.EqualTo(made));
        Assert.That(Credentials(second, "sandbox"), Is.EqualTo(made));
        Assert.That(Credentials(second, "gateway"), Is.Empty);
    }

    [Test]
    public void A_channel_with_an_account_is_left_alone()
    {
        var settings = Load(("Channels:Telegram:BotToken", "1:a"), ("Channels:Telegram:SecretToken", "b"));

        Assert.That(settings.SandboxAccounts.Select(static account => account.Channel), Has.None.EqualTo("Telegram").And.Some.EqualTo("Slack"));
        Assert.That(Value(settings, "channels", "Channels__Telegram__BotToken"), Is.EqualTo("1:a"));
        Assert.That(Credentials(settings, "sandbox").Keys, Has.None.StartsWith("Channels__Telegram"));
    }

    [Test]
    public void Production_refuses_plain_http_default_secrets_and_the_sandbox()
    {
        Assert.That(() => Production(), Throws.TypeOf<SettingException>().With.Message.Contains("ASSISTIFY_PUBLIC_URL"));
        Assert.That(() => Production(("ASSISTIFY_PUBLIC_URL", "http://shop.example")), Throws.TypeOf<SettingException>().With.Message.Contains("https"));
        Assert.That(
            () => Production(("ASSISTIFY_PUBLIC_URL", "https://shop.example"), ("ASSISTIFY_OWNER_PASSWORD", "changeme12345")),
            Throws.TypeOf<SettingException>().With.Message.Contains("ASSISTIFY_OWNER_PASSWORD"));
        Assert.That(
            () => Production(("ASSISTIFY_PUBLIC_URL", "https://shop.example"), ("ConnectionStrings:messaging", "amqp://guest:guest@broker")),
            Throws.TypeOf<SettingException>().With.Message.Contains("ConnectionStrings__messaging"));

        var settings = Production(("ASSISTIFY_PUBLIC_URL", "https://shop.example"), ("ConnectionStrings:chatdb", "Host=db;Username=app;Password=kf83mZq0Lw"));
        Assert.That(settings.SandboxAccounts, Is.Empty);
        Assert.That(settings.Demo, Is.False);
        Assert.That(settings.For("channels").Select(static setting => setting.Name), Has.None.StartsWith("Channels__Twilio"));
    }

    [Test]
    public void A_generated_owner_password_is_in_no_file()
    {
        var settings = Load();

        Assert.That(settings.Owner.IsGenerated, Is.True);
        Assert.That(Value(settings, "chat", "Owner__Password"), Is.EqualTo(settings.Owner.Password));
        Assert.That(
            Directory.GetFiles(_root, "*", SearchOption.AllDirectories).Select(File.ReadAllText),
            Has.None.Contains(settings.Owner.Password!));
    }

    [Test]
    public void Services_share_the_key_of_stored_secrets_over_restarts()
    {
        var key = Value(Load(), "channels", "Secrets__Key");

        Assert.That(Convert.FromBase64String(key!), Has.Length.EqualTo(32));
        Assert.That(Value(Load(), "chat", "Secrets__Key"), Is.EqualTo(key));
    }

    [Test]
    public void Every_known_key_is_in_the_example_file()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, ".env.example"))) folder = folder.Parent;
        var example = File.ReadAllText(Path.Combine(folder.FullName, ".env.example"));
        var written = KnownKeys.All
            // Every channel takes these; they are named once.
            .Where(static key => key.Path.Split(':')[^1] is not ("BurstWaitMs" or "SignatureMode" or "AllowDoubles"))
            .Select(static key => key.Path.Replace("*", "0", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal));

        Assert.That(written.Where(key => key != "Channels__Web__ApiBaseUrl" && !example.Contains(key + "=", StringComparison.Ordinal)), Is.Empty);
    }

    private AppSettings Production(params (string, string)[] values) => Load([("ASSISTIFY_ENVIRONMENT", "Production"), .. values]);

    private AppSettings Load(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(values.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        return AppSettings.Read(configuration, _root);
    }

    private static Dictionary<string, string> Credentials(AppSettings settings, string service) => settings.For(service)
        .Where(static setting => setting.Name.StartsWith("Channels__", StringComparison.Ordinal))
        .ToDictionary(static setting => setting.Name, static setting => setting.Value);

    private static string? Value(AppSettings settings, string service, string name) =>
        settings.For(service).FirstOrDefault(setting => setting.Name == name)?.Value;
}
