namespace Assistify.AppHost.Settings;

/// <summary>Every key of the configuration. <c>.env.example</c> says the same to people.</summary>
internal static class KnownKeys
{
    /// <summary>Sections in which an unknown name is a mistake.</summary>
    public static readonly string[] Sections =
        ["Channels", "Ai", "Media", "Calendar", "Limits", "Sandbox", "Secrets", "ConnectionStrings", "ASSISTIFY_REPLICAS"];

    public static readonly string[] Servers = ["chatdb", "channeldb", "aidb", "analyticsdb", "messaging", "cache"];

    public static readonly IReadOnlyList<KnownKey> All =
    [
        new("ASSISTIFY_HTTP_PORT", "", KeyKind.Number) { Least = 1, Most = 65535 },
        new("ASSISTIFY_BIND", ""),
        new("ASSISTIFY_DASHBOARD_PORT", "", KeyKind.Number) { Least = 1, Most = 65535 },
        new("ASSISTIFY_DASHBOARD_URL", "chat", KeyKind.Address),
        new("ASSISTIFY_DATA", ""),
        new("ASSISTIFY_PUBLIC_URL", "", KeyKind.Address),
        new("ASSISTIFY_ENVIRONMENT", "", KeyKind.Choice) { Allowed = "Development|Production" },
        new("ASSISTIFY_DEMO", "", KeyKind.Flag),
        new("ASSISTIFY_OWNER_EMAIL", "", KeyKind.Pattern) { Allowed = @"^[^@\s]+@[^@\s]+$" },
        new("ASSISTIFY_OWNER_PASSWORD", "", KeyKind.Pattern) { Allowed = "^.{12,}$" },
        new("ASSISTIFY_ALLOWED_HOSTS", "gateway"),
        new("ASSISTIFY_ALLOWED_ORIGINS", "gateway chat"),
        new("ASSISTIFY_TRUSTED_PROXIES", "gateway"),
        .. new[] { "CHANNEL", "CHAT", "AI", "ANALYTICS", "GATEWAY" }
            .Select(static name => new KnownKey($"ASSISTIFY_REPLICAS:{name}", "", KeyKind.Number) { Least = 1, Most = 64 }),
        .. Servers.Select(static name => new KnownKey($"ConnectionStrings:{name}", "", KeyKind.Secret)),
        new("Secrets:Key", "", KeyKind.Pattern) { Allowed = "^[A-Za-z0-9+/]{43}=$" },
        new("Secrets:PreviousKey", "", KeyKind.Pattern) { Allowed = "^[A-Za-z0-9+/]{43}=$" },

        .. Channel("Twilio",
            new("AccountSid", "", KeyKind.Pattern) { Allowed = "^AC[0-9a-fA-F]{32}$" }, new("AuthToken", "", KeyKind.Secret), new("AuthTokenSecondary", "", KeyKind.Secret),
            new("MessagesPerSecond", "", KeyKind.Number) { Least = 1, Most = 10_000 },
            new("From", "", KeyKind.Pattern) { Allowed = @"^whatsapp:\+[0-9]{6,15}$" }, new("PublicUrl", "", KeyKind.Address)),
        .. Channel("WhatsApp", new("PhoneNumberId", ""), new("AccessToken", "", KeyKind.Secret), new("AppSecret", "", KeyKind.Secret),
            new("AppSecretSecondary", "", KeyKind.Secret), new("VerifyToken", "", KeyKind.Secret), new("ApiVersion", ""),
            new("MessagesPerSecond", "", KeyKind.Number) { Least = 1, Most = 10_000 }),
        .. Channel("Messenger", new("PageId", ""), new("HumanAgent", "", KeyKind.Flag), new("AppId", ""), new("AccessToken", "", KeyKind.Secret), new("AppSecret", "", KeyKind.Secret),
            new("AppSecretSecondary", "", KeyKind.Secret), new("VerifyToken", "", KeyKind.Secret), new("ApiVersion", ""),
            new("MessagesPerSecond", "", KeyKind.Number) { Least = 1, Most = 10_000 }),
        .. Channel("Instagram", new("AccountId", ""), new("HumanAgent", "", KeyKind.Flag), new("PageId", ""), new("AccessToken", "", KeyKind.Secret), new("AppSecret", "", KeyKind.Secret),
            new("AppSecretSecondary", "", KeyKind.Secret), new("VerifyToken", "", KeyKind.Secret), new("ApiVersion", ""),
            new("MessagesPerSecond", "", KeyKind.Number) { Least = 1, Most = 10_000 }),
        .. Channel("Shopify", new("Shop", ""), new("AccessToken", "", KeyKind.Secret), new("WebhookSecret", "", KeyKind.Secret),
            new("WebhookSecretSecondary", "", KeyKind.Secret), new("ApiVersion", "")),
        .. Channel("Telegram", new("BotToken", "", KeyKind.Secret), new("SecretToken", "", KeyKind.Secret), new("SecretTokenSecondary", "", KeyKind.Secret),
            new("MessagesPerSecond", "", KeyKind.Number) { Least = 1, Most = 10_000 }),
        .. Channel("Slack", new("SigningSecret", "", KeyKind.Secret), new("SigningSecretSecondary", "", KeyKind.Secret), new("BotToken", "", KeyKind.Secret),
            new("TeamId", ""), new("MessagesPerSecond", "", KeyKind.Number) { Least = 1, Most = 10_000 }),
        .. Channel("WeChat", new("AppId", ""), new("AppSecret", "", KeyKind.Secret), new("Token", "", KeyKind.Secret), new("TokenSecondary", "", KeyKind.Secret),
            new("EncodingAesKey", "", KeyKind.Secret), new("EncodingAesKeySecondary", "", KeyKind.Secret), new("OriginalId", ""),
            new("MessagesPerSecond", "", KeyKind.Number) { Least = 1, Most = 10_000 }),
        .. Channel("Custom", new("Secret", "", KeyKind.Secret), new("SecretSecondary", "", KeyKind.Secret), new("PublicKey", ""),
            new("CallbackUrl", "", KeyKind.Address), new("MessagesPerSecond", "", KeyKind.Number) { Least = 1, Most = 10_000 }),
        .. Channel("Web"),

        new("Sandbox:Capacity", "sandbox", KeyKind.Number) { Least = 1, Most = 2_000_000 },
        new("Sandbox:StatusWorkers", "sandbox", KeyKind.Number) { Least = 1, Most = 256 },
        new("Sandbox:RetrySpeed", "sandbox", KeyKind.Number) { Least = 1, Most = 1_000_000 },

        new("Ai:Providers:*:Kind", "ai", KeyKind.Choice) { Allowed = "openai|anthropic|openai-compatible" },
        new("Ai:Providers:*:ApiKey", "ai", KeyKind.Secret),
        new("Ai:Providers:*:BaseUrl", "ai", KeyKind.Address),
        new("Ai:Providers:*:Model", "ai"),
        new("Ai:Providers:*:VisionModel", "ai"),
        .. new[] { "InputPrice", "OutputPrice", "CachedPrice" }
            .Select(static name => new KnownKey($"Ai:Providers:*:{name}", "ai", KeyKind.Pattern) { Allowed = @"^\d{1,6}(\.\d{1,6})?$" }),
        .. new[] { "PerDay", "PerWorkspacePerDay", "PerConversation" }
            .Select(static name => new KnownKey($"Ai:Budgets:{name}", "ai", KeyKind.Pattern) { Allowed = @"^\d{1,9}(\.\d{1,6})?$" }),

        new("Ai:Embeddings:BaseUrl", "ai", KeyKind.Address),
        new("Ai:Embeddings:ApiKey", "ai", KeyKind.Secret),
        new("Ai:Embeddings:Model", "ai"),
        new("Ai:Embeddings:InputPrice", "ai", KeyKind.Pattern) { Allowed = @"^\d{1,6}(\.\d{1,6})?$" },
        new("Ai:Tools:AllowedOrigins", "ai", KeyKind.Pattern) { Allowed = @"^\s*https?://[^\s,/@]+/?\s*(,\s*https?://[^\s,/@]+/?\s*)*$" },

        new("Media:Kind", "chat", KeyKind.Choice) { Allowed = "disk|s3" },
        new("Media:S3:Bucket", "chat", KeyKind.Pattern) { Allowed = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$" },
        new("Media:S3:Region", "chat", KeyKind.Pattern) { Allowed = "^[a-z0-9-]{1,40}$" },
        new("Media:S3:Endpoint", "chat", KeyKind.Address),
        new("Media:S3:AccessKey", "chat", KeyKind.Secret),
        new("Media:S3:SecretKey", "chat", KeyKind.Secret),

        new("Calendar:Google:ClientId", "ai"),
        new("Calendar:Google:ClientSecret", "ai", KeyKind.Secret),
        new("Calendar:Google:RefreshToken", "ai", KeyKind.Secret),
        new("Calendar:Google:CalendarId", "ai"),
        new("Calendar:Google:ApiBaseUrl", "ai", KeyKind.Address),
        new("Calendar:Google:Push:Token", "ai channels", KeyKind.Secret),
        new("Calendar:Google:Push:TokenSecondary", "channels", KeyKind.Secret),
        new("Calendar:Google:Push:ChannelId", "channels"),
        new("Calendar:Google:Push:ResourceId", "channels"),

        .. new[] { "OperatorPerSecond", "CustomerPerSecond", "SessionsPerMinutePerAddress", "LoginsPerMinutePerAddress", "BadSignaturesPerMinutePerAddress" }
            .Select(static name => new KnownKey($"Limits:{name}", "gateway chat channels", KeyKind.Number) { Least = 1, Most = 1_000_000 }),
    ];

    // The burst wait is ChatService's to keep, everything else about a channel ChannelService's.
    private static IEnumerable<KnownKey> Channel(string name, params KnownKey[] own) => own
        .Append(new("ApiBaseUrl", "", KeyKind.Address))
        .Append(new("AllowDoubles", "", KeyKind.Flag))
        .Append(new("SignatureMode", "", KeyKind.Choice) { Allowed = "enforce|observe" })
        .Select(key => key with { Path = $"Channels:{name}:{key.Path}", Services = name == "Twilio" ? "channels sandbox" : "channels" })
        .Append(new($"Channels:{name}:BurstWaitMs", "channels chat", KeyKind.Number) { Most = 60_000 });
}
