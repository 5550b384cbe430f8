using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Assistify.Gateway.Edge;

/// <summary>
/// The built web pages, each where it exists: the shop's (<c>Gateway:WebRoot</c>), the operators' console (<c>Gateway:ConsoleRoot</c>) and the
/// widget's script (<c>Gateway:WidgetRoot</c>); by default <c>web/…/dist</c> beside this project.
/// </summary>
internal static class WebPages
{
    private const string Console = "/console";
    private const string Widget = "/widget.js";
    private static readonly StringValues s_unchanging = "public, max-age=31536000, immutable";
    private static readonly StringValues s_askAgain = "no-cache";

    public static void UseWebPages(this WebApplication app)
    {
        if (Find(app, "Gateway:ConsoleRoot", "console") is { } console)
        {
            app.Use(ShowConsole);
            // The sandbox, which exists in Development only, shows it beside its phones.
            app.UsePage(console, Console, framed: app.Environment.IsDevelopment());
        }

        if (Find(app, "Gateway:WidgetRoot", "widget") is { } widget) app.UseWidget(widget);

        if (Find(app, "Gateway:WebRoot", "chat") is { } chat)
        {
            app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = chat, DefaultFileNames = ["index.html"] });
            app.UsePage(chat, "");
        }
    }

    private static PhysicalFileProvider? Find(WebApplication app, string key, string page)
    {
        var root = Path.GetFullPath(app.Configuration[key] ?? $"../web/{page}/dist", app.Environment.ContentRootPath);
        return Directory.Exists(root) ? new PhysicalFileProvider(root) : null;
    }

    /// <summary>The console's own addresses, such as <c>/console/inbox/{id}</c>, are all one page; files have a dot in their names.</summary>
    private static Task ShowConsole(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.Path.StartsWithSegments(Console, StringComparison.OrdinalIgnoreCase, out var rest)
            && !Path.HasExtension(rest.Value))
        {
            request.Path = $"{Console}/index.html";
        }

        return next(context);
    }

    private static void UsePage(this WebApplication app, PhysicalFileProvider files, string path, bool framed = false) =>
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            RequestPath = path,
            OnPrepareResponse = file =>
            {
                var headers = file.Context.Response.Headers;
                headers.ContentSecurityPolicy = framed ? SecurityHeaders.FramedPage : SecurityHeaders.Page;
                if (framed) headers.XFrameOptions = "SAMEORIGIN";
                // The bundler puts a hash of the content into the names below /assets.
                headers.CacheControl = file.Context.Request.Path.StartsWithSegments($"{path}/assets") ? s_unchanging : s_askAgain;
            },
        });

    /// <summary>One script that pages of other sites load, by whatever policy they have for what they embed.</summary>
    private static void UseWidget(this WebApplication app, PhysicalFileProvider files) =>
        app.UseWhen(static context => context.Request.Path == Widget, branch => branch.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = static file =>
            {
                file.Context.Response.Headers.CacheControl = s_askAgain;
                file.Context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            },
        }));
}
