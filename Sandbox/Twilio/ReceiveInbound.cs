using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Assistify.Sandbox.Twilio;

/// <param name="From"><c>+447700900123</c> or <c>whatsapp:+447700900123</c>.</param>
/// <param name="Media">Each an address, or <c>{ contentType, base64 }</c>.</param>
/// <param name="Sid">To send a webhook of this id (again).</param>
/// <param name="Count">With a sid: the same webhook so many times at once. Without: so many messages, one after the other.</param>
internal sealed record InboundRequest(
    string? From, string? Text, string? ProfileName, IReadOnlyList<JsonElement>? Media, TwilioButton? Button, TwilioLocation? Location, string? Sid, int? Count);

/// <param name="Status">The answer to the webhook; 0 where there was none.</param>
internal sealed record InboundResult(string MessageSid, int Status, int Attempts, string? Error, IReadOnlyList<InboundResult>? Items = null);

/// <summary><c>POST /sandbox/api/whatsapp/inbound</c>: a customer writes.</summary>
internal static class ReceiveInbound
{
    public static async Task<IResult> Handle(
        InboundRequest request, InboundWebhook webhook, TwilioMediaStore store, TwilioAccount account, IServer server, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var from = request.From is null || request.From.StartsWith("whatsapp:", StringComparison.Ordinal) ? request.From : "whatsapp:" + request.From;
        var count = request.Count ?? 1;
        if (!IsNumber(from)) errors["from"] = ["A telephone number such as +447700900123."];
        if (request.Text?.Length > 1600) errors["text"] = ["At most 1600 characters."];
        if (count is < 1 or > 1000) errors["count"] = ["Between 1 and 1000."];
        if (request.Sid is not null && !TwilioSid.IsMessage(request.Sid)) errors["sid"] = ["SM or MM and 32 hexadecimal digits."];
        if (request.Button is { } button && string.IsNullOrEmpty(button.Text)) errors["button"] = ["A button has a text."];
        if (string.IsNullOrEmpty(request.Text) && request.Media is not { Count: > 0 } && request.Button is null && request.Location is null)
            errors["text"] = ["A text, media, a button or a location is needed."];

        var (files, links) = ReadMedia(request.Media, account.Options.AccountSid, BaseAddress(account, server), time, errors);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);

        foreach (var file in files) store.Add(file);
        var message = new CustomerSends(from!, request.Text ?? "", request.ProfileName, links, request.Button, request.Location);
        var results = new List<InboundResult>(count);
        if (request.Sid is { } sid)
        {
            results.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Send(sid))));
        }
        else
        {
            for (var i = 0; i < count; i++) results.Add(await Send(webhook.NewSid(message)));
        }

        return TypedResults.Ok(count == 1 ? results[0] : results[^1] with { Items = results });

        async Task<InboundResult> Send(string id)
        {
            var outcome = await webhook.Send(message, id, cancellationToken);
            return new InboundResult(id, outcome.Status, outcome.Attempts, outcome.Error);
        }
    }

    private static (List<TwilioMedia> Files, List<TwilioInboundMedia> Links) ReadMedia(
        IReadOnlyList<JsonElement>? media, string accountSid, string baseAddress, TimeProvider time, Dictionary<string, string[]> errors)
    {
        var files = new List<TwilioMedia>();
        var links = new List<TwilioInboundMedia>();
        foreach (var item in media ?? [])
        {
            if (item.ValueKind == JsonValueKind.String && Uri.TryCreate(item.GetString(), UriKind.Absolute, out var address))
            {
                links.Add(new TwilioInboundMedia(item.GetString()!, TypeOf(address)));
            }
            else if (item.ValueKind == JsonValueKind.Object
                && item.TryGetProperty("contentType", out var type) && type.ValueKind == JsonValueKind.String
                && item.TryGetProperty("base64", out var base64) && base64.ValueKind == JsonValueKind.String && base64.TryGetBytesFromBase64(out var content))
            {
                var file = new TwilioMedia(TwilioSid.New("ME", time.GetUtcNow()), type.GetString()!, content);
                files.Add(file);
                links.Add(new TwilioInboundMedia($"{baseAddress}/2010-04-01/Accounts/{accountSid}/Messages/{TwilioSid.New("MM", time.GetUtcNow())}/Media/{file.Sid}", file.ContentType));
            }
            else
            {
                errors["media"] = ["Each is an absolute address or { contentType, base64 }."];
            }
        }

        if (links.Count > 10) errors["media"] = ["At most 10."];
        return (files, links);
    }

    private static string TypeOf(Uri address) =>
        new Microsoft.AspNetCore.StaticFiles.FileExtensionContentTypeProvider().TryGetContentType(address.AbsolutePath, out var type) ? type : "application/octet-stream";

    private static string BaseAddress(TwilioAccount account, IServer server) =>
        (account.Options.ApiBaseUrl is { Length: > 0 } configured ? configured : server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost")
        .TrimEnd('/');

    private static bool IsNumber(string? address) =>
        address is { Length: >= 17 and <= 25 } && address.StartsWith("whatsapp:+", StringComparison.Ordinal)
        && ulong.TryParse(address.AsSpan(10), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && address[10] != '0';
}
