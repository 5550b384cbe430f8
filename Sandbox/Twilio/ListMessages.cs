using System.Globalization;
using Assistify.Sandbox.Traffic;
using Microsoft.AspNetCore.WebUtilities;

namespace Assistify.Sandbox.Twilio;

/// <summary><c>GET …/Messages.json</c>, newest first, inbound and outbound, page by page.</summary>
internal static class ListMessages
{
    private static readonly string[] s_paging = ["Page", "PageToken", "PageSize"];

    public static Answer Handle(TwilioStandIn twilio, ApiRequest request)
    {
        var query = request.Query;
        if (!MessageFilter.TryParse(query, out var filter)) return TwilioError.InvalidDate.Answer();

        var size = Math.Clamp(Number(query["PageSize"], 50), 1, 1000);
        var page = Math.Max(0, Number(query["Page"], 0));
        var token = query["PageToken"].ToString();
        var before = token.StartsWith("PA", StringComparison.Ordinal) && long.TryParse(token.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place
            : long.MaxValue;

        var found = twilio.Messages.List(filter.Matches, filter.IsPast, before, size + 1);
        var more = found.Count > size;
        if (more) found.RemoveAt(size);
        var items = found.ConvertAll(message => MessageResource.Of(message, twilio.Options.AccountSid));
        var next = more ? Uri(request.Context, page + 1, size, $"PA{found[^1].Place.ToString(CultureInfo.InvariantCulture)}") : null;
        var answer = new MessagePage(
            items, page, size, page * size, page * size + Math.Max(0, items.Count - 1), Uri(request.Context, page, size, token), Uri(request.Context, 0, size, ""), next, null);
        return TwilioJson.Answer(StatusCodes.Status200OK, answer, TwilioJson.Default.MessagePage);
    }

    private static string Uri(HttpContext context, int page, int size, string token)
    {
        var query = context.Request.Query
            .Where(parameter => !s_paging.Contains(parameter.Key, StringComparer.Ordinal))
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value))
            .Append(KeyValuePair.Create("PageSize", (string?)size.ToString(CultureInfo.InvariantCulture)))
            .Append(KeyValuePair.Create("Page", (string?)page.ToString(CultureInfo.InvariantCulture)));
        if (token.Length > 0) query = query.Append(KeyValuePair.Create("PageToken", (string?)token));
        return QueryHelpers.AddQueryString(context.Request.Path, query);
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
