using System.Net;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Npgsql;

namespace Assistify.ChannelService.Tests.Vectors;

/// <summary>One service with the real pipeline, database and endpoint for all cases; each case gets connections of its own.</summary>
internal sealed class VectorApp : IAsyncDisposable
{
    private readonly CannedAnswer _answer;

    private VectorApp(ChannelApp service, CannedAnswer answer)
    {
        (Service, _answer) = (service, answer);
        Database = NpgsqlDataSource.Create(service.ConnectionString);
    }

    public ChannelApp Service { get; }

    public NpgsqlDataSource Database { get; }

    public static async Task<VectorApp> Start()
    {
        var answer = new CannedAnswer();
        var service = await ChannelApp.Start(
            workers: false,
            settings: new Dictionary<string, string?> { ["Limits:BadSignaturesPerMinutePerAddress"] = "1000000" },
            configure: services => services.ConfigureAll<HttpClientFactoryOptions>(
                options => options.HttpMessageHandlerBuilderActions.Add(handler => handler.PrimaryHandler = answer)));
        return new VectorApp(service, answer);
    }

    /// <summary>From now on the service has the case's connections and no others.</summary>
    public IReadOnlyList<IChannelAdapter> Connect(VectorCase vector, ChannelSetUp setUp, List<WebhookContent> read)
    {
        Service.Time.StopAt(vector.Now);
        var provider = Service.Services.GetServices<IChannelProvider>().SingleOrDefault(provider => provider.Name == setUp.Provider)
            ?? throw new AssertionException($"{setUp.Provider} is no registered provider.");
        var adapters = setUp.Connections(vector).Select(options =>
        {
            var connection = provider.Connect(options, Identifiers.DefaultWorkspace, Guid.CreateVersion7());
            return RecordingAdapter.Around(provider.Create(Service.Services, connection, options), read);
        }).ToList();
        Service.Get<ChannelAdapters>().Replace(adapters);
        return adapters;
    }

    /// <summary>Whatever is asked of a provider from now on, this is its answer.</summary>
    public void Answers(VectorCase vector)
    {
        var response = vector.Json["response"]!;
        _answer.Is = () =>
        {
            var answer = new HttpResponseMessage((HttpStatusCode)(int)response["status"]!) { Content = new ByteArrayContent(VectorCase.Body(response["body"])) };
            foreach (var header in response["headers"]!.AsArray())
                if (!answer.Headers.TryAddWithoutValidation((string)header![0]!, (string)header[1]!))
                    answer.Content.Headers.TryAddWithoutValidation((string)header[0]!, (string)header[1]!);
            return answer;
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Service.DisposeAsync();
        _answer.Dispose();
    }

    private sealed class CannedAnswer : HttpMessageHandler
    {
        public Func<HttpResponseMessage> Is { get; set; } = () => new HttpResponseMessage(HttpStatusCode.NotImplemented);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Is());
    }
}
