using Microsoft.Extensions.FileProviders;

namespace Assistify.Gateway.Edge;

/// <summary>The built web pages: <c>Gateway:WebRoot</c>, by default <c>web/chat/dist</c> beside this project, if it exists.</summary>
internal static class WebPages
{
    public static void UseWebPages(this WebApplication app)
    {
        var root = Path.GetFullPath(app.Configuration["Gateway:WebRoot"] ?? "../web/chat/dist", app.Environment.ContentRootPath);
        if (!Directory.Exists(root)) return;

        var files = new PhysicalFileProvider(root);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files, DefaultFileNames = ["index.html"] });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = static file =>
            {
                var headers = file.Context.Response.Headers;
                headers.ContentSecurityPolicy = SecurityHeaders.Page;
                // The bundler puts a hash of the content into the names below /assets.
                headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets")
                    ? "public, max-age=31536000, immutable"
                    : "no-cache";
            },
        });
    }
}
