using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Page;

/// <summary>The page with a phone for each channel, as the web build left it in <c>web/sandbox/dist</c>.</summary>
internal static class SandboxPage
{
    // Its own: the gateway leaves everything under /sandbox to the sandbox.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string NotBuilt = """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title>
        <body><h1>Sandbox</h1><p>The pages are not built yet. Build them with <code>npm run build</code> in <code>web/</code>; programs can use
        <code>/sandbox/api/whatsapp/inbound</code>, <code>outbox</code> and <code>faults</code> without them.</p></body></html>
        """;

    public static void MapPages(this WebApplication app)
    {
        var folder = Folder(app.Services.GetRequiredService<IOptions<SandboxOptions>>().Value.Pages);
        var files = folder is null ? (IFileProvider)new NullFileProvider() : new PhysicalFileProvider(folder);
        var types = new FileExtensionContentTypeProvider();

        app.MapGet("/sandbox/{**path}", (string? path, HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = Policy;
            var file = files.GetFileInfo(string.IsNullOrEmpty(path) ? "index.html" : path);
            if (file is { Exists: true, IsDirectory: false, PhysicalPath: not null })
            {
                var type = types.TryGetContentType(file.Name, out var known) ? known : "application/octet-stream";
                return (IResult)TypedResults.PhysicalFile(file.PhysicalPath, type, lastModified: file.LastModified);
            }

            // Files that are asked for by name are missing; anything else is a view of the page.
            if (path is not null && Path.HasExtension(path)) return TypedResults.NotFound();
            var index = files.GetFileInfo("index.html");
            return index is { Exists: true, PhysicalPath: not null }
                ? TypedResults.PhysicalFile(index.PhysicalPath, "text/html; charset=utf-8")
                : TypedResults.Content(NotBuilt, "text/html; charset=utf-8");
        });
    }

    private static string? Folder(string? configured)
    {
        if (!string.IsNullOrEmpty(configured)) return Directory.Exists(configured) ? Path.GetFullPath(configured) : null;

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "web", "sandbox", "dist");
            if (Directory.Exists(built)) return built;
        }

        return null;
    }
}
