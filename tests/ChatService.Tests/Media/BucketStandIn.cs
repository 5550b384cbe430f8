using System.Collections.Concurrent;
using System.Security.Cryptography;
using Assistify.ChatService.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistify.ChatService.Tests.Media;

/// <summary>One bucket of an S3 store, addressed path style; takes signed requests of its one key only.</summary>
internal sealed class BucketStandIn : IAsyncDisposable
{
    private const string Bucket = "assistify-files";
    private const string AccessKey = "AKIATESTTESTTESTTEST";

    private readonly WebApplication _app;

    private BucketStandIn()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Map("/{bucket}/{**key}", Handle);
    }

    /// <summary>By their names.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>Connections end without an answer.</summary>
    public bool IsAway { get; set; }

    public static async Task<BucketStandIn> Start()
    {
        var bucket = new BucketStandIn();
        await bucket._app.StartAsync();
        return bucket;
    }

    public static string NameOf(byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        return $"{hash[..2]}/{hash}";
    }

    /// <summary>Makes a service that has not started yet keep its media here.</summary>
    public void Serve(ChatHost host)
    {
        host.Settings["Media:Kind"] = "s3";
        host.Settings["Media:S3:Bucket"] = Bucket;
        host.Settings["Media:S3:Region"] = "eu-central-1";
        host.Settings["Media:S3:Endpoint"] = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        host.Settings["Media:S3:AccessKey"] = AccessKey;
        host.Settings["Media:S3:SecretKey"] = "a secret of tests";
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> Handle(string bucket, string key, HttpRequest request)
    {
        if (IsAway)
        {
            request.HttpContext.Abort();
            return Results.Empty;
        }

        if (!request.Headers.Authorization.ToString().StartsWith($"AWS4-HMAC-SHA256 Credential={AccessKey}/", StringComparison.Ordinal)
            || !request.Headers.Authorization.ToString().Contains("/eu-central-1/s3/aws4_request", StringComparison.Ordinal))
        {
            return Error(StatusCodes.Status403Forbidden, "AccessDenied");
        }

        if (bucket != Bucket) return Error(StatusCodes.Status404NotFound, "NoSuchBucket");
        switch (request.Method)
        {
            case "PUT":
                using (var content = new MemoryStream())
                {
                    await request.Body.CopyToAsync(content);
                    if (request.Headers["x-amz-content-sha256"] != Convert.ToHexStringLower(SHA256.HashData(content.ToArray())))
                        return Error(StatusCodes.Status400BadRequest, "XAmzContentSHA256Mismatch");
                    Objects[key] = content.ToArray();
                }

                return Results.Ok();
            case "DELETE":
                Objects.TryRemove(key, out _);
                return Results.NoContent();
            case "GET" when Objects.TryGetValue(key, out var found):
                return Results.Bytes(found, "application/octet-stream", enableRangeProcessing: true);
            case "GET":
                return Error(StatusCodes.Status404NotFound, "NoSuchKey");
            default:
                return Error(StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed");
        }
    }

    private static IResult Error(int status, string code) =>
        Results.Text($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code></Error>", "application/xml", statusCode: status);
}
