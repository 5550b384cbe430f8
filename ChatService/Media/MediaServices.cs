using Assistify.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace Assistify.ChatService.Media;

internal static class MediaServices
{
    public static void AddMedia(this IServiceCollection services)
    {
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MediaLinks>();
        services.AddSingleton<StoredMedia>();
        services.AddSingleton<MediaIntake>();
        services.AddSingleton<Thumbnails>();
        services.AddSingleton<IMediaContents>(static provider =>
            provider.GetRequiredService<IOptions<MediaOptions>>().Value.Kind == MediaKind.S3
                ? ActivatorUtilities.CreateInstance<BucketContents>(provider)
                : ActivatorUtilities.CreateInstance<DiskContents>(provider));
        services.AddHttpClient(BucketContents.Name)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
            {
                // A redirection would be followed with a signature that is another address's.
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(3),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddHttpMessageHandler(static () => new PlainFailures())
            .AddResilience(BucketContents.Name, attemptTimeout: TimeSpan.FromSeconds(20), totalTimeout: TimeSpan.FromSeconds(40));
    }

    /// <summary>
    /// Hides how a connection ended. The bucket's library repeats ten times at once what a reset has cut off, which would open the circuit
    /// on the first of them.
    /// </summary>
    private sealed class PlainFailures : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException failure) when (failure.InnerException is not null)
            {
                throw new HttpRequestException(failure.HttpRequestError, failure.Message);
            }
        }
    }
}
