using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

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

    /// <summary>The body, where it is a form of either kind.</summary>
    public IFormCollection Form { get; private init; } = FormCollection.Empty;

    public string Header(string name) => context.Request.Headers[name].ToString();

    public string Route(string name) => (string?)context.Request.RouteValues[name] ?? "";

    public static async Task<ApiRequest> Read(HttpContext context, int largest)
    {
        var http = context.Request;
        if (http.ContentLength is 0 || HttpMethods.IsGet(http.Method)) return new ApiRequest(context, []);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = largest;

        using var buffer = new MemoryStream((int)Math.Min(http.ContentLength ?? 1024, largest));
        await http.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        if (!http.HasFormContentType) return new ApiRequest(context, body);

        http.Body = new MemoryStream(body);
        try
        {
            return new ApiRequest(context, body) { Form = await http.ReadFormAsync(context.RequestAborted) };
        }
        catch (InvalidDataException)
        {
            // No form, whatever its header says.
            return new ApiRequest(context, body);
        }
    }

    /// <summary>The token of <c>Authorization: Bearer</c>; empty without one.</summary>
    public string Bearer =>
        Header("Authorization") is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : "";
}
