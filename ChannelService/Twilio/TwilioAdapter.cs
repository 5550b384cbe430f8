using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Twilio;

/// <summary>WhatsApp by Twilio's Programmable Messaging.</summary>
internal sealed class TwilioAdapter(ChannelConnection connection, TwilioOptions options, TwilioClient client) : IChannelAdapter
{
    private const int MaxBody = 1600;
    private const int TwilioPerSecond = 80;
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromSeconds(2);

    private readonly TwilioAddresses _addresses = new(options.PublicUrl!);

    public ChannelConnection Connection => connection;

    public int? MessagesPerSecond => options.MessagesPerSecond ?? (options.IsTwilioItself ? TwilioPerSecond : null);

    public bool CanBeAsked => true;

    public bool Recognises(WebhookRequest request) => request.Headers.ContainsKey(TwilioSignature.Header);

    public string? Verify(WebhookRequest request)
    {
        var signature = request.Headers[TwilioSignature.Header].ToString();
        var form = request.Method == HttpMethods.Get ? null : Form(request);
        if (form is null && request.Body.Length > 0 && signature.Length > 0)
        {
            // The address alone is signed; the body hangs on it by its hash in the query.
            var expected = TwilioForm.Parse(Encoding.UTF8.GetBytes(request.Query.TrimStart('?')))["bodySHA256"];
            if (expected is null) return "missing_body_hash";
            var actual = Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(actual))) return "body_hash_mismatch";
        }

        return TwilioSignature.Verify(signature, _addresses.Signed(request.Suffix, request.Query), form, options.AuthTokens);
    }

    public WebhookContent Read(WebhookRequest request)
    {
        var query = TwilioForm.Parse(Encoding.UTF8.GetBytes(request.Query.TrimStart('?')));
        if (request.Method == HttpMethods.Get) return TwilioWebhook.Read(query, query);
        return Form(request) is { } form
            ? TwilioWebhook.Read(form, query)
            : WebhookContent.Nothing(WebhookOutcome.Ignored, "not_a_form");
    }

    /// <summary>Signed for the address that the request came to, where that is not the one set here.</summary>
    public string? Explain(WebhookRequest request)
    {
        var (scheme, host) = (request.Headers["X-Forwarded-Proto"].ToString(), request.Headers["X-Forwarded-Host"].ToString());
        if (scheme.Length == 0 || host.Length == 0 || Form(request) is not { } form) return null;

        var path = $"/api/webhooks/{connection.Channel}{request.Suffix}{request.Query}";
        return TwilioSignature.Verify(
            request.Headers[TwilioSignature.Header].ToString(), [$"http://{host}{path}", $"https://{host}{path}"], form, options.AuthTokens) is null
            ? "other_address"
            : null;
    }

    public Task<HttpResponseMessage> OpenMedia(Attachment attachment, MediaClient media, CancellationToken cancellationToken) =>
        media.Get(attachment.Source, uri => TwilioClient.Credentials(options, uri), cancellationToken);

    public async Task<ConnectionCheck?> Check(CancellationToken cancellationToken)
    {
        try
        {
            // One message at most, and its content is not looked at.
            await using var pages = client.List(options, $"To={Uri.EscapeDataString(options.From!)}&PageSize=1", cancellationToken).GetAsyncEnumerator(cancellationToken);
            await pages.MoveNextAsync();
            return new ConnectionCheck(true);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is { } status)
        {
            return new ConnectionCheck(false, ((int)status).ToString(CultureInfo.InvariantCulture), exception.Message);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new ConnectionCheck(false, "unreadable_answer", "Twilio's answer cannot be read.");
        }
    }

    /// <summary>Answers go through the API, so that one path handles limits and repeats: the TwiML says nothing.</summary>
    public IResult Acknowledge(WebhookRequest request) => TypedResults.Content("<Response/>", "text/xml", Encoding.UTF8);

    public FailureClass ClassOf(string errorCode) => TwilioErrors.ClassOf(errorCode);

    public CustomerAddress? AddressOf(string typed) => PhoneNumber.Parse(typed) is { } phone ? new("whatsapp", $"whatsapp:{phone}", Phone: phone) : null;

    public bool TakesTemplates => true;

    public IReadOnlyList<OutboundPart> Compose(DeliverMessage message)
    {
        if (message.Template is { } template) return [Template(template, message.Text)];
        var media = message.Attachments.Select(attachment => attachment.Source)
            .Concat(message.Cards.Select(card => card.ImageUrl))
            .FirstOrDefault(IsFetchable);
        var parts = TextSplitter.Split(CardText.Compose(message), MaxBody, TextUnit.Utf16Units)
            .Select(text => new OutboundPart(text)).ToList();
        if (media is not null)
        {
            if (parts.Count == 0) parts.Add(new OutboundPart("", media));
            else parts[0] = parts[0] with { MediaUrl = media };
        }
        return parts;
    }

    public Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>>(5)
        {
            new("To", message.Address),
            new("From", options.From!),
            new("StatusCallback", _addresses.StatusCallback(message.DeliveryId, message.Part)),
        };
        if (message.Payload is null) form.Add(new("Body", message.Text));
        else form.AddRange(JsonNode.Parse(message.Payload)!.AsObject().Select(field => KeyValuePair.Create(field.Key, (string)field.Value!)));
        if (message.MediaUrl is { } media) form.Add(new("MediaUrl", media));
        return client.Send(options, form, cancellationToken);
    }

    // {"ContentSid":"HX…","ContentVariables":"{\"1\":\"Zoë\"}"}
    private static OutboundPart Template(MessageTemplate template, string text)
    {
        var fields = new JsonObject { ["ContentSid"] = template.Name };
        if (template.Values.Count > 0)
        {
            fields["ContentVariables"] = new JsonObject(template.Values.Select((value, place) => KeyValuePair.Create(
                (place + 1).ToString(CultureInfo.InvariantCulture), (JsonNode?)StorableText.From(value)))).ToJsonString();
        }

        return new OutboundPart(StorableText.From(text), Payload: fields.ToJsonString());
    }

    public async Task<IReadOnlyList<ProviderMessage>?> Find(OutboundMessage message, DateTimeOffset attemptStartedAt, CancellationToken cancellationToken)
    {
        // No filter by date: Twilio filters by when a message was sent, which one that is still queued was not.
        var since = attemptStartedAt - s_clockSlack;
        var query = $"To={Uri.EscapeDataString(message.Address)}&From={Uri.EscapeDataString(options.From!)}&PageSize=100";
        var found = new List<ProviderMessage>();
        try
        {
            await foreach (var page in client.List(options, query, cancellationToken))
            {
                found.AddRange(page
                    .Where(candidate => IsSame(candidate, message) && Created(candidate) >= Seconds(since))
                    .Select(candidate => new ProviderMessage(candidate.Sid, Created(candidate))));

                // Newest first, so what follows a page that ends before the attempt is older still.
                if (page.Count == 0 || Created(page[^1]) < since - TimeSpan.FromHours(1)) break;
            }
            return found;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<WebhookItem> ListSince(
        DateTimeOffset since, Func<string, Task<bool>> isKnown, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = since.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var query = $"To={Uri.EscapeDataString(options.From!)}&DateSent%3E={Uri.EscapeDataString(from)}&PageSize=500";
        var inbound = new List<TwilioMessage>();
        await foreach (var page in client.List(options, query, cancellationToken))
            inbound.AddRange(page.Where(message => message.Direction == "inbound" && message.From is not null && Created(message) >= Seconds(since)));

        // Newest first from Twilio; customers' messages go on in the order in which they were written.
        inbound.Reverse();
        foreach (var message in inbound.OrderBy(Created))
        {
            if (await isKnown(message.Sid)) continue;
            var media = message.MediaCount > 0 ? await client.Media(options, message.Sid, cancellationToken) : [];
            yield return TwilioWebhook.ReadMessage(TwilioForm.Of(Fields(message, media)), connection.Account, message.Sid, StorableText.From(message.From!));
        }
    }

    // The API knows neither the customer's name nor his WaId; for WhatsApp that is the number's digits.
    private IEnumerable<KeyValuePair<string, string>> Fields(TwilioMessage message, IReadOnlyList<TwilioMedia> media)
    {
        const string Scheme = "whatsapp:+";
        yield return new("Body", message.Body ?? "");
        if (message.From!.StartsWith(Scheme, StringComparison.Ordinal)) yield return new("WaId", message.From[Scheme.Length..]);
        yield return new("NumMedia", media.Count.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < media.Count; i++)
        {
            yield return new($"MediaUrl{i}", TwilioClient.Absolute(options, Path.ChangeExtension(media[i].Uri ?? "", null)));
            yield return new($"MediaContentType{i}", media[i].ContentType ?? "application/octet-stream");
        }
    }

    private bool IsFetchable(string? url) =>
        CardText.IsPublic(url) && (!options.IsTwilioItself || url!.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    private static TwilioForm? Form(WebhookRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? type.MediaType == "application/x-www-form-urlencoded" ? TwilioForm.Parse(request.Body.Span) : null
            : request.Body.IsEmpty ? TwilioForm.Parse([]) : null;

    private static bool IsSame(TwilioMessage candidate, OutboundMessage message) =>
        candidate.Direction?.StartsWith("outbound", StringComparison.Ordinal) == true
        // What a template becomes only Twilio knows.
        && (message.Payload is not null
            || (string.Equals((candidate.Body ?? "").Trim(), message.Text.Trim(), StringComparison.Ordinal) && candidate.MediaCount == (message.MediaUrl is null ? 0 : 1)));

    private static DateTimeOffset Created(TwilioMessage message) => message.CreatedAt ?? DateTimeOffset.MaxValue;

    // Twilio's times have no fractions.
    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
