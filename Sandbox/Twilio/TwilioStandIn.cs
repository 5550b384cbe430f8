using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Twilio;

/// <summary>WhatsApp by Twilio: an account with one sender.</summary>
internal sealed class TwilioStandIn(StandInTools tools, IOptions<TwilioOptions> options, IOptions<SandboxOptions> sandbox)
    : StandIn(tools, new Faults { StatusSteps = ["sent", "delivered"], StatusErrorCode = 63024 })
{
    private readonly byte[] _credentials = Encoding.UTF8.GetBytes($"{options.Value.AccountSid}:{options.Value.AuthToken}");
    private readonly string _publicOrigin = TwilioAddress.Origin(options.Value.PublicUrl);

    public TwilioOptions Options => options.Value;

    public override string Channel => "whatsapp";

    public override string Name => "WhatsApp (Twilio)";

    public override string Address => Options.From;

    public override IReadOnlyList<SandboxPerson> People { get; } = [new("Zoë", "whatsapp:+447700900123"), new("Andreas", "whatsapp:+12025550143")];

    public override string AddressForm => "A telephone number such as +447700900123.";

    public override string SidForm => "SM or MM and 32 hexadecimal digits.";

    public override IReadOnlyList<string> Abilities { get; } = [Ability.Text, Ability.Media, Ability.Button, Ability.Location, Ability.ReplyTo, Ability.Raw];

    public override int LongestText => 1600;

    public override int MostMedia => 10;

    public override bool TakesMediaAddresses => true;

    public override IReadOnlyList<string> KnownSteps { get; } = ["accepted", "queued", "sending", "sent", "delivered", "read", "failed", "undelivered", "canceled"];

    public override IReadOnlyList<string> Secrets => [Options.AuthToken];

    public override string? ReadAddress(string text)
    {
        var address = text.StartsWith("whatsapp:", StringComparison.Ordinal) ? text : "whatsapp:" + text;
        return address is { Length: >= 17 and <= 25 } && address.StartsWith("whatsapp:+", StringComparison.Ordinal)
            && ulong.TryParse(address.AsSpan(10), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && address[10] != '0'
            ? address
            : null;
    }

    public override bool IsSid(string text) => TwilioSid.IsMessage(text);

    public override string NewSid(InboundRequest request) => TwilioSid.New(request.Media is { Count: > 0 } ? "MM" : "SM", Time.GetUtcNow());

    public override string NewMediaId() => TwilioSid.New("ME", Time.GetUtcNow());

    public override Webhook Compose(IReadOnlyList<CustomerAct> acts) =>
        Signed(Options.PublicUrl, InboundForm.Of(acts[0], Options, file => MediaAddress(acts[0].Sid, file)), acts[0].Sid, "Message of a customer");

    public override Webhook Raw(string content, string sid) =>
        Signed(Options.PublicUrl, [.. content.Split('&').Select(Decode)], sid, "Raw content");

    public override Webhook? Report(Message message, string step, int? errorCode) =>
        message.StatusCallback is null ? null : Signed(message.StatusCallback, StatusForm.Of(message, step, errorCode, Options.AccountSid), message.Sid, $"Status {step}");

    public override Answer? Authorize(ApiRequest request)
    {
        if (Faults.Current.TokenExpired || !Knows(request.Header("Authorization"))) return TwilioError.Unauthorized.Answer();
        return request.Route("accountSid") == Options.AccountSid ? null : TwilioError.NotFound(request).Answer();
    }

    public override Answer TooManyRequests(int retryAfterSeconds) =>
        TwilioError.TooManyRequests.Answer(("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture)));

    public override Answer ServerError() => (Faults.Next(2) == 0 ? TwilioError.Internal : TwilioError.Unavailable).Answer();

    private string MediaAddress(string messageSid, MediaFile file) =>
        file.Url ?? $"{BaseAddress}/2010-04-01/Accounts/{Options.AccountSid}/Messages/{messageSid}/Media/{file.Id}";

    private Webhook Signed(string url, IReadOnlyList<KeyValuePair<string, string>> form, string sid, string title)
    {
        var deliverTo = string.IsNullOrEmpty(sandbox.Value.DeliverTo) ? _publicOrigin : TwilioAddress.Origin(sandbox.Value.DeliverTo);
        var address = TwilioAddress.Parse(url, _publicOrigin, deliverTo);
        var token = Guid.CreateVersion7(Time.GetUtcNow()).ToString();
        List<(string, string)> headers =
        [
            ("Host", address.Host), ("User-Agent", "TwilioProxy/1.1"), ("Accept", "*/*"),
            ("X-Twilio-Signature", TwilioSignature.Sign(Options.AuthToken, address.Signed, form)), ("I-Twilio-Idempotency-Token", token),
        ];
        if (address.Authorization is { } authorization) headers.Add(("Authorization", authorization));
        return new Webhook(this, sid, address.Target, address.Retries)
        {
            Title = title,
            Body = Encode(form),
            ContentType = "application/x-www-form-urlencoded; charset=UTF-8",
            Headers = _ => headers,
        };
    }

    private static KeyValuePair<string, string> Decode(string pair) =>
        pair.Split('=', 2) is [var name, var value] ? new(WebUtility.UrlDecode(name), WebUtility.UrlDecode(value)) : new(WebUtility.UrlDecode(pair), "");

    private static byte[] Encode(IReadOnlyList<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(1024);
        foreach (var (name, value) in form)
        {
            if (text.Length > 0) text.Append('&');
            text.Append(WebUtility.UrlEncode(name)).Append('=').Append(WebUtility.UrlEncode(value));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private bool Knows(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return false;

        Span<byte> given = stackalloc byte[512];
        return Convert.TryFromBase64Chars(header.AsSpan(6).Trim(), given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], _credentials);
    }
}
