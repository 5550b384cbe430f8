using System.Globalization;
using System.Net;
using System.Text;
using Assistify.Load.Systems;

namespace Assistify.EndToEnd;

/// <summary>
/// A shop's own site, on an origin of its own: a page in the language of its path with the widget's script tag, under a policy that
/// allows our script and our service and no inline code or styles, with styles that would spoil the widget's if they came in.
/// </summary>
internal sealed class ShopSite : IAsyncDisposable
{
    private const string Styles = "html { font: 30px serif } body { font-size: 40px; color: #600 } button { background: red !important; text-transform: uppercase }";
    private readonly HttpListener _listener = new();
    private Task _serving = Task.CompletedTask;

    private ShopSite(string origin)
    {
        Origin = origin;
        _listener.Prefixes.Add($"{origin}/");
    }

    public string Origin { get; }

    public static ShopSite Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var site = new ShopSite(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Next()}"));
            try
            {
                site._listener.Start();
                site._serving = site.Serve();
                return site;
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Somebody else has just taken the port.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await Answer(context);
        }
    }

    private static async Task Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var response = context.Response;
        var isStyles = path == "/shop.css";
        response.ContentType = isStyles ? "text/css" : "text/html; charset=utf-8";
        var service = Shared.System.Address.GetLeftPart(UriPartial.Authority);
        response.Headers["Content-Security-Policy"] =
            $"default-src 'none'; script-src {service}; connect-src {service} {service.Replace("http", "ws", StringComparison.Ordinal)}; img-src {service}; style-src 'self'";
        var body = Encoding.UTF8.GetBytes(isStyles ? Styles : Page(path[1..], service));
        await response.OutputStream.WriteAsync(body);
        response.Close();
    }

    private static string Page(string language, string service) =>
        $"""
        <!doctype html><html lang="{language}"><head><title>A shop</title><link rel="stylesheet" href="/shop.css"><link rel="icon" href="{service}/icon.svg"></head>
        <body><main><h1>Vases</h1></main>
        <script src="{service}/widget.js" data-workspace-key="demo" data-suggestions="A blue vase under 50 EUR|Are you open on Sunday?" async></script></body></html>
        """;
}
