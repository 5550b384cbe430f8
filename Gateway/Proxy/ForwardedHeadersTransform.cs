using System.Net;
using System.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Assistify.Gateway.Proxy;

/// <summary>Services learn the caller's address, scheme and host from us alone: whatever the caller claims about them is dropped.</summary>
internal sealed class ForwardedHeadersTransform : RequestTransform
{
    private static readonly string[] s_claims =
        ["Forwarded", "X-Real-IP", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Forwarded-Server", "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Original-URL", "X-Rewrite-URL"];

    private Tuple<IPAddress?, string> _latest = new(null, "");

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var request = context.HttpContext.Request;
        var headers = context.ProxyRequest.Headers;
        foreach (var claim in s_claims)
        {
            if (request.Headers.ContainsKey(claim)) headers.Remove(claim);
        }

        Set(headers, request, "X-Forwarded-For", Text(context.HttpContext.Connection.RemoteIpAddress));
        Set(headers, request, "X-Forwarded-Proto", request.Scheme);
        Set(headers, request, "X-Forwarded-Host", request.Host.Value ?? "");
        // The service's own name, not ours.
        headers.Host = null;
        return ValueTask.CompletedTask;
    }

    private static void Set(HttpRequestHeaders headers, HttpRequest request, string name, string value)
    {
        if (request.Headers.ContainsKey(name)) headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }

    // Behind a proxy of ours, or under load, the same address comes again and again.
    private string Text(IPAddress? address)
    {
        var latest = _latest;
        if (address is not null && address.Equals(latest.Item1)) return latest.Item2;
        var text = (address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)?.ToString() ?? "";
        _latest = new Tuple<IPAddress?, string>(address, text);
        return text;
    }
}
