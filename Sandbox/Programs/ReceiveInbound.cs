using System.Text.Json;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.Sandbox.Programs;

/// <summary><c>POST /sandbox/api/{channel}/inbound</c>: a customer does something, and the provider tells Assistify with the faults in force.</summary>
internal sealed class ReceiveInbound(WebhookSender sender, LiveEvents live, TimeProvider time)
{
    public async Task<IResult> Handle(StandIn standIn, InboundRequest request, CancellationToken cancellationToken)
    {
        if (Check(standIn, request, out var from) is { Count: > 0 } errors) return TypedResults.ValidationProblem(errors);

        var count = request.Count ?? 1;
        if (request.Raw is { } raw)
        {
            var webhook = standIn.Raw(raw, request.Sid ?? standIn.NewSid(request));
            return Answer(await Repeat(count, () => Send(standIn, webhook, from, "", cancellationToken)));
        }

        var files = ReadFiles(standIn, request, null);
        foreach (var file in files) standIn.Media.Add(file);
        if (request.Sid is { } sid)
        {
            var again = Act(sid);
            return Answer(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Tell(standIn, [again], cancellationToken))));
        }

        if (request.Batch)
        {
            var acts = Enumerable.Range(0, count).Select(_ => Act(standIn.NewSid(request))).ToList();
            var outcome = await Tell(standIn, acts, cancellationToken);
            return Answer(acts.ConvertAll(act => outcome with { MessageSid = act.Sid }));
        }

        return Answer(await Repeat(count, () => Tell(standIn, [Act(standIn.NewSid(request))], cancellationToken)));

        CustomerAct Act(string id) => new(id, from, request, files, time.GetUtcNow());
    }

    private static Ok<InboundResult> Answer(IReadOnlyList<InboundResult> results) =>
        TypedResults.Ok(results.Count == 1 ? results[0] : results[^1] with { Items = results });

    private static async Task<IReadOnlyList<InboundResult>> Repeat(int count, Func<Task<InboundResult>> send)
    {
        var results = new List<InboundResult>(count);
        for (var i = 0; i < count; i++) results.Add(await send());
        return results;
    }

    private async Task<InboundResult> Tell(StandIn standIn, List<CustomerAct> acts, CancellationToken cancellationToken)
    {
        foreach (var act in acts) Keep(standIn, act);
        return await Send(standIn, standIn.Compose(acts), acts[0].From, acts[0].Text, cancellationToken);
    }

    private async Task<InboundResult> Send(StandIn standIn, Webhook webhook, string from, string text, CancellationToken cancellationToken)
    {
        var faults = standIn.Faults;
        var now = faults.Current;
        if (faults.Hit(now.ReorderInbound))
            await Task.Delay(TimeSpan.FromMilliseconds(50 + faults.Next(200)), time, cancellationToken);
        await faults.Delay(cancellationToken);

        var outcome = await sender.Post(webhook, cancellationToken);
        if (faults.Hit(now.DuplicateInbound))
        {
            var again = await sender.Post(webhook, cancellationToken);
            outcome = outcome with { Attempts = outcome.Attempts + again.Attempts };
        }

        live.Publish("inbound", (standIn, webhook, from, text, outcome.Status), static e => new
        {
            channel = e.standIn.Channel, sid = e.webhook.MessageSid, e.from, body = e.text, status = e.Status,
        });
        return new InboundResult(webhook.MessageSid, outcome.Status, outcome.Attempts, outcome.Error, outcome.Repeats);
    }

    private static void Keep(StandIn standIn, CustomerAct act)
    {
        var request = act.Request;
        if (request.Edit is not null || request.Delete is not null || request.Reaction is not null || request.Event is not null)
        {
            if (request.Edit is { } edited && standIn.Messages.TryGet(edited, out var message)) message.Body = act.Text;
            if (request.Delete is { } deleted && standIn.Messages.TryGet(deleted, out var gone)) standIn.Messages.Advance(gone, "deleted", null, act.At);
            return;
        }

        standIn.Messages.Add(new Message
        {
            Sid = act.Sid,
            Inbound = !request.Echo,
            From = request.Echo ? standIn.Address : act.From,
            To = request.Echo ? act.From : standIn.Address,
            Body = act.Text,
            MediaUrls = [.. act.Files.Select(file => file.Url ?? file.Id)],
            Room = act.Part("channel")?.GetString(),
            Thread = request.ReplyTo,
            CreatedAt = act.At,
            State = new MessageState(request.Echo ? "sent" : "received", act.At, act.At),
        });
    }

    private static Dictionary<string, string[]> Check(StandIn standIn, InboundRequest request, out string from)
    {
        var errors = new Dictionary<string, string[]>();
        from = request.From is null ? "" : standIn.ReadAddress(request.From) ?? "";
        if (from.Length == 0 && (request.Raw is null || request.From is not null)) errors["from"] = [standIn.AddressForm];
        if (request.Text?.Length > standIn.LongestText) errors["text"] = [$"At most {standIn.LongestText} characters."];
        if (request.Count is < 1 or > 1000) errors["count"] = ["Between 1 and 1000."];
        if (request.Sid is not null && !standIn.IsSid(request.Sid)) errors["sid"] = [standIn.SidForm];
        if (request.Button is { } button && string.IsNullOrEmpty(button.Text)) errors["button"] = ["A button has a text."];
        if (request.Edit is not null && string.IsNullOrEmpty(request.Text)) errors["text"] = ["The new text is needed."];
        if (request.Event is { } name && !standIn.Events.Contains(name, StringComparer.Ordinal))
            errors["event"] = [standIn.Events.Count == 0 ? "This channel has none." : $"One of: {string.Join(", ", standIn.Events)}."];

        (string Ability, bool Used)[] used =
        [
            (Ability.Text, !string.IsNullOrEmpty(request.Text)), (Ability.Media, request.Media is { Count: > 0 }), (Ability.Button, request.Button is not null),
            (Ability.Location, request.Location is not null), (Ability.Reaction, request.Reaction is not null), (Ability.Edit, request.Edit is not null),
            (Ability.Delete, request.Delete is not null), (Ability.Content, request.Content is not null), (Ability.Event, request.Event is not null),
            (Ability.Raw, request.Raw is not null),
        ];
        if (!used.Any(part => part.Used)) errors["text"] = ["A text, media, a button or a location is needed."];
        foreach (var (ability, _) in used.Concat([(Ability.ReplyTo, request.ReplyTo is not null), (Ability.Echo, request.Echo), (Ability.Batch, request.Batch)])
            .Where(part => part.Item2 && !standIn.Abilities.Contains(part.Item1, StringComparer.Ordinal)))
        {
            errors[ability] = ["This channel has none."];
        }

        ReadFiles(standIn, request, errors);
        if (errors.Count == 0) standIn.Check(request, errors);
        return errors;
    }

    private static List<MediaFile> ReadFiles(StandIn standIn, InboundRequest request, Dictionary<string, string[]>? errors)
    {
        var files = new List<MediaFile>();
        foreach (var item in request.Media ?? [])
        {
            if (item.ValueKind == JsonValueKind.String && standIn.TakesMediaAddresses && Uri.TryCreate(item.GetString(), UriKind.Absolute, out var address))
            {
                files.Add(new MediaFile(standIn.NewMediaId(), TypeOf(address), [], Url: item.GetString()));
            }
            else if (item.ValueKind == JsonValueKind.Object
                && item.TryGetProperty("contentType", out var type) && type.ValueKind == JsonValueKind.String && type.GetString()!.Contains('/', StringComparison.Ordinal)
                && item.TryGetProperty("base64", out var base64) && base64.ValueKind == JsonValueKind.String && base64.TryGetBytesFromBase64(out var content))
            {
                var name = item.TryGetProperty("fileName", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
                files.Add(new MediaFile(standIn.NewMediaId(), type.GetString()!, content, name));
            }
            else if (errors is not null)
            {
                errors["media"] = [standIn.TakesMediaAddresses ? "Each is an absolute address or { contentType, base64 }." : "Each is { contentType, base64 }."];
            }
        }

        if (errors is not null && files.Count > standIn.MostMedia) errors["media"] = [$"At most {standIn.MostMedia}."];
        return files;
    }

    private static string TypeOf(Uri address) =>
        new Microsoft.AspNetCore.StaticFiles.FileExtensionContentTypeProvider().TryGetContentType(address.AbsolutePath, out var type) ? type : "application/octet-stream";
}
