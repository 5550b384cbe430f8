using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Assistify.Sandbox.Traffic;

/// <summary>A call of a provider's API with its whole body.</summary>
internal sealed class ApiRequest(HttpContext context, byte[] body)
{
    private JsonNode? _json;
    private bool _parsed;

    public HttpContext Context => context;

    public byte[] Body => body;

    public IQueryCollection Query => context.Request.Query;

    public string Text => Encoding.UTF8.GetString(body);

    /// <summary>The body, where it is a JSON object.</summary>
    public JsonObject? Json
    {
        get
        {
            if (!_parsed)
            {
                _parsed = true;
                try
                {
                    _json = body.Length == 0 ? null : JsonNode.Parse(body);
                }
                catch (JsonException)
                {
                    // No JSON.
                }
            }

            return _json as JsonObject;
        }
    }

    public bool IsForm => context.Request.HasFormContentType;

    public FormCollection Form() =>
        context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            ? new FormCollection(new Dictionary<string, StringValues>(QueryHelpers.ParseQuery(Text), StringComparer.Ordinal))
            : FormCollection.Empty;

    public string Header(string name) => context.Request.Headers[name].ToString();

    public string Route(string name) => (string?)context.Request.RouteValues[name] ?? "";

    /// <summary>The token of <c>Authorization: Bearer</c>; empty without one.</summary>
    public string Bearer =>
        Header("Authorization") is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : "";
}
