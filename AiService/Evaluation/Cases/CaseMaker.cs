using System.Text.Json.Nodes;
using Assistify.AiService.Assistants;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.Orders;
using Assistify.AiService.Privacy;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Tools;
using Assistify.AiService.Understanding;
using Assistify.AiService.Vision;
using Assistify.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Assistify.AiService.Evaluation.Cases;

/// <param name="Unmet">What does not come out the same when the case is run: it was answered with other knowledge or settings, for instance.</param>
internal sealed record MadeCase(Guid CustomerId, Suite Suite, IReadOnlyList<string> Unmet);

/// <summary>Makes a case of a real conversation: what was asked and answered, with personal data masked, and the knowledge that it rests on.</summary>
internal sealed class CaseMaker(KeptTraces traces, MessageReader reader, IServiceScopeFactory scopes)
{
    private const int MostQuotes = 3;

    // What these find again in the case's own knowledge; of every other tool the result is kept.
    private static readonly HashSet<string> s_askedAgain =
        ["search_knowledge", "search_products", "recommend_products", "product_details", "check_availability", "quote_price", "remember_preference", "contact_seller", "request_appointment", "hand_over"];

    /// <returns>Null where this workspace has no such conversation that was answered.</returns>
    public async Task<MadeCase?> Make(Guid conversationId, Guid workspaceId, string name, CancellationToken cancellationToken)
    {
        var kept = await traces.OfConversation(conversationId, workspaceId, cancellationToken);
        if (kept.Count == 0) return null;
        var (entries, products) = await Knowledge(kept, workspaceId, cancellationToken);
        var masks = new PersonalData(
            [.. entries.Select(entry => entry.Title + "\n" + entry.Text + "\n" + entry.Url), .. products.Select(product => product.Title + "\n" + product.Description + "\n" + product.Url)],
            kept.Select(one => one.Trace.Request!.CustomerName));
        var first = kept[0].Trace.Request!;
        var one = new SuiteCase(
            name, [.. kept.Select(turn => Turn(turn.Trace, masks))], first.Channel, first.Locale, first.TimeZone,
            first.History.FirstOrDefault(message => first.Unanswered.Contains(message.Id))?.At);
        var suite = new Suite([one], Entries: entries, Products: products);

        using var runner = new CaseRunner(reader, MemoryKnowledge.Of(suite, workspaceId), workspaceId, 1, null);
        var results = await runner.Run(one, UsedAssistant.BuiltIn, cancellationToken);
        return new MadeCase(kept[0].CustomerId, suite, [.. results.SelectMany((result, n) => result.Failures.Select(failure => $"turn {n + 1}: the answer {failure}"))]);
    }

    private static SuiteTurn Turn(Trace trace, PersonalData masks)
    {
        var request = trace.Request!;
        var byModel = trace.Provider is not (null or OfflineReplyWriter.Name);
        var text = masks.Mask(trace.Text ?? "");
        var cited = trace.Sources.Where(source => source.Cited && source.Kind is not (SourceKind.Tool or SourceKind.Order)).ToList();
        var tools = trace.Tools.Where(tool => tool.Provider == trace.Provider && tool.Model == trace.Model).ToList();
        return new SuiteTurn(
            [.. request.History.Where(message => request.Unanswered.Contains(message.Id)).Select(message => masks.Mask(message.Text))],
            new Expectation(
                Contains: [.. cited.SelectMany(source => source.Spans).Select(span => span.Quote).Distinct().Where(quote => text.Contains(quote, StringComparison.Ordinal)).Take(MostQuotes)],
                Tools: [.. tools.Select(tool => new ExpectedTool(tool.Name))],
                Cites: [.. cited.Select(source => source.Title).Distinct()],
                Language: trace.Language,
                HandsOver: trace.HandOver,
                By: byModel ? "model" : "offline"),
            byModel ? Recorded(trace, tools, text, masks) : null,
            trace.Pictures.Where(picture => request.Unanswered.Contains(picture.MessageId)).Select(picture => Masked(picture.Facts, masks)).ToList() is { Count: > 0 } pictures ? pictures : null,
            byModel || tools.Count == 0 ? null : [.. tools.Select(tool => Recorded(tool, masks))]);
    }

    private static PictureFacts? Masked(PictureFacts? facts, PersonalData masks) =>
        facts is null ? null : facts with { Description = masks.Mask(facts.Description), Text = masks.Mask(facts.Text) };

    private static List<RecordedAnswer> Recorded(Trace trace, List<TracedTool> tools, string text, PersonalData masks) =>
    [
        .. tools.GroupBy(tool => tool.Round).OrderBy(round => round.Key).Select(round => new RecordedAnswer(Tools:
            [.. round.Select(tool => Recorded(tool, masks))])),
        new RecordedAnswer(text, null, (int)(trace.Tokens?.Input ?? 0), (int)(trace.Tokens?.Output ?? 0)),
    ];

    private static RecordedCall Recorded(TracedTool tool, PersonalData masks) => s_askedAgain.Contains(tool.Name)
        ? new RecordedCall(tool.Name, Masked(tool.Arguments as JsonObject, masks))
        : Recorded(tool, Masked(NamedOrder(tool.Arguments as JsonObject, masks), masks), tool.Name == LookUpOrder.Name ? MaskedOrders(tool.Result, masks) : masks.Mask(tool.Result));

    // A bare number is an order's only where it is named as one.
    private static JsonObject? NamedOrder(JsonObject? arguments, PersonalData masks)
    {
        if (arguments.Text(LookUpOrder.Number) is not { } number) return arguments;
        var named = (JsonObject)arguments!.DeepClone();
        named[LookUpOrder.Number] = masks.Mask($"#{number.TrimStart('#')}");
        return named;
    }

    // What is read as JSON again stays JSON.
    private static string MaskedOrders(string result, PersonalData masks)
    {
        if (OrderReports.Read(result) is not { } found) return masks.Mask(result);
        var orders = found.Orders.Select(order => order with { Id = masks.Mask(order.Id), Name = masks.Mask(order.Name), Tell = masks.Mask(order.Tell) });
        return Providers.Prompt.AsData((found with { Orders = [.. orders] }).ToJson());
    }

    /// <summary>A call as it was. What the assistant's own tools rejected they reject again; whatever a workspace's tool told is known from the recording only.</summary>
    internal static RecordedCall Recorded(TracedTool tool, JsonObject? arguments, string result) =>
        tool.Status == ToolStatus.Rejected && (s_askedAgain.Contains(tool.Name) || tool.Name == LookUpOrder.Name)
            ? new RecordedCall(tool.Name, arguments) : new RecordedCall(tool.Name, arguments, result, tool.Status == ToolStatus.Done ? null : tool.Status);

    private static JsonObject? Masked(JsonObject? arguments, PersonalData masks) => arguments is null ? null : new JsonObject(arguments.Select(pair =>
        KeyValuePair.Create(pair.Key, pair.Value is JsonValue value && value.TryGetValue<string>(out var text) && !Guid.TryParse(text, out _)
            ? JsonValue.Create(masks.Mask(text)) : pair.Value?.DeepClone())));

    // The texts as they are now; of a part of a document, what was cited of it.
    private async Task<(List<SuiteEntry> Entries, List<SuiteProduct> Products)> Knowledge(IReadOnlyList<KeptTrace> kept, Guid workspaceId, CancellationToken cancellationToken)
    {
        var sources = kept.SelectMany(one => one.Trace.Sources).ToList();
        var ids = sources.Select(source => Guid.TryParse(source.DocumentId, out var id) ? id : Guid.Empty).Distinct().ToList();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AiDbContext>();
        var entries = (await db.KnowledgeEntries.AsNoTracking().Where(entry => entry.WorkspaceId == workspaceId && ids.Contains(entry.Id)).OrderBy(entry => entry.Id).ToListAsync(cancellationToken))
            .ConvertAll(entry => new SuiteEntry(entry.Title, entry.Body, entry.Language, entry.Topics, entry.Keywords, entry.Slug, entry.Url, entry.Id));
        var products = (await db.Products.AsNoTracking().Where(product => product.WorkspaceId == workspaceId && ids.Contains(product.Id)).OrderBy(product => product.Id).ToListAsync(cancellationToken))
            .ConvertAll(Shown);
        var known = entries.Select(entry => entry.Id).Concat(products.Select(product => product.Id)).ToHashSet();
        var parts = sources.Where(source => source.Cited && source.Kind is SourceKind.Entry && Guid.TryParse(source.DocumentId, out var id) && !known.Contains(id))
            .GroupBy(source => source.DocumentId)
            .Select(part => new SuiteEntry(
                part.First().Title, string.Join('\n', part.SelectMany(source => source.Spans).Select(span => span.Quote).Distinct()), Url: part.First().Url, Id: Guid.Parse(part.Key)));
        entries.AddRange(parts);
        return (entries, products);
    }

    private static SuiteProduct Shown(Product product) => new(
        product.Title, product.Price, product.Description, product.Category, product.Currency, product.Stock, product.Colours, product.Tags, product.Url, product.Id, product.SupplierId);
}
