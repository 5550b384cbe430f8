using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Assistify.ChatService.Media;

/// <summary>Contents in a bucket of S3, or of a store that speaks like it.</summary>
internal sealed partial class BucketContents : IMediaContents, IDisposable
{
    /// <summary>The HTTP client's, and the circuit's.</summary>
    public const string Name = "media";

    private const int AtOnce = 8;

    private readonly AmazonS3Client _s3;
    private readonly string _bucket;
    private readonly TimeProvider _time;
    private readonly ILogger<BucketContents> _logger;

    public BucketContents(IOptions<MediaOptions> options, IHttpClientFactory clients, TimeProvider time, ILogger<BucketContents> logger)
    {
        var s3 = options.Value.S3;
        (_bucket, _time, _logger) = (s3.Bucket, time, logger);
        var region = s3.Region.Length > 0 ? s3.Region : "us-east-1";
        var config = new AmazonS3Config
        {
            // Timeouts, repeated reads and the circuit are the HTTP client's. Writes are repeated here: under a content's own hash that is safe.
            HttpClientFactory = new Clients(clients),
            MaxErrorRetry = 1,
            IgnoreConfiguredEndpointUrls = true,
            // Other makers' stores do not know the newer checksums; what is sent is signed with its SHA-256 anyway.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (s3.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
            config.ForcePathStyle = true;
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);
        }

        _s3 = new AmazonS3Client(new BasicAWSCredentials(s3.AccessKey, s3.SecretKey), config);
    }

    public async Task Keep(string file, string sha256, CancellationToken cancellationToken)
    {
        // Typed as bytes, so that nothing in the bucket is a page, whoever is let see it.
        var request = new PutObjectRequest
        {
            BucketName = _bucket,
            Key = IMediaContents.NameOf(sha256),
            FilePath = file,
            ContentType = "application/octet-stream",
            UseChunkEncoding = false,
        };
        await Call(() => _s3.PutObjectAsync(request, cancellationToken), cancellationToken);
    }

    public async Task<IResult?> Answer(HttpRequest request, MediaFacts media, CancellationToken cancellationToken)
    {
        var wanted = new GetObjectRequest { BucketName = _bucket, Key = IMediaContents.NameOf(media.Sha256) };
        // The bucket knows ranges as browsers ask for them. What is none, or several, is answered with everything.
        if (request.GetTypedHeaders().Range is { Ranges.Count: 1 } range && range.Unit == "bytes") wanted.ByteRange = new ByteRange(range.ToString());
        try
        {
            return new BucketAnswer(await Call(() => _s3.GetObjectAsync(wanted, cancellationToken), cancellationToken), media.ContentType, _time);
        }
        catch (AmazonS3Exception gone) when (IsMissing(gone))
        {
            return null;
        }
        catch (AmazonS3Exception outside) when (IsOutside(outside))
        {
            request.HttpContext.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{media.Size}");
            return TypedResults.StatusCode(StatusCodes.Status416RangeNotSatisfiable);
        }
    }

    public async Task<Stream?> Open(string sha256, CancellationToken cancellationToken)
    {
        var wanted = new GetObjectRequest { BucketName = _bucket, Key = IMediaContents.NameOf(sha256) };
        try
        {
            return (await Call(() => _s3.GetObjectAsync(wanted, cancellationToken), cancellationToken)).ResponseStream;
        }
        catch (AmazonS3Exception gone) when (IsMissing(gone))
        {
            return null;
        }
    }

    public Task Remove(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        hashes,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (hash, stopping) =>
        {
            foreach (var name in (string[])[IMediaContents.SmallOf(hash), hash])
                await Call(() => _s3.DeleteObjectAsync(_bucket, IMediaContents.NameOf(name), stopping), stopping);
        });

    public void Dispose() => _s3.Dispose();

    private static bool IsMissing(AmazonS3Exception failure) => failure.ErrorCode == "NoSuchKey";

    private static bool IsOutside(AmazonS3Exception failure) => failure.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable;

    // A bucket that refuses us is as good as away: people can correct that, and the same call then succeeds.
    private async Task<T> Call<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (AmazonS3Exception answer) when (IsMissing(answer) || IsOutside(answer))
        {
            throw;
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException or HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogFailed((failure as AmazonServiceException)?.ErrorCode ?? failure.GetType().Name);
            throw new ServerUnavailableException("The bucket of the media did not do what it was asked for.", failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The bucket of the media did not do what it was asked for ({Reason})")]
    private partial void LogFailed(string reason);

    private sealed class Clients(IHttpClientFactory factory) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => factory.CreateClient(Name);
    }
}
