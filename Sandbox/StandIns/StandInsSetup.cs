using Assistify.Sandbox.Programs;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.StandIns;

internal static class StandInsSetup
{
    public static void AddStandIns(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StandInTools>().AddSingleton<ExchangeLog>().AddSingleton<WebhookSender>().AddSingleton<ApiCalls>().AddSingleton<ReceiveInbound>();
        builder.Services.AddSingleton<StatusReports>().AddHostedService(services => services.GetRequiredService<StatusReports>());
    }

    /// <summary>One that programs and the page find by its channel.</summary>
    public static void AddStandIn<T>(this IServiceCollection services) where T : StandIn =>
        services.AddProvider<T>().AddSingleton<StandIn>(provider => provider.GetRequiredService<T>());

    /// <summary>One without phones: programs find its faults and exchanges.</summary>
    public static IServiceCollection AddProvider<T>(this IServiceCollection services) where T : Provider =>
        services.AddSingleton<T>().AddSingleton<Provider>(provider => provider.GetRequiredService<T>());

    /// <summary>What programs and the page see: the customer's side, alike for every channel.</summary>
    public static void MapPrograms(this IEndpointRouteBuilder app)
    {
        var standIns = app.ServiceProvider.GetServices<StandIn>().ToArray();
        foreach (var standIn in standIns)
        {
            var channel = app.MapGroup($"/sandbox/api/{standIn.Channel}");
            channel.MapPost("/inbound", (InboundRequest request, ReceiveInbound inbound, CancellationToken cancellationToken) =>
                inbound.Handle(standIn, request, cancellationToken));
            channel.MapGet("/outbox", (string? to, long? after, int? limit) => ReadOutbox.Handle(standIn, to, after, limit));
            channel.MapDelete("/outbox", () => ReadOutbox.Reset(standIn));
            channel.MapPost("/handshake", (WebhookSender sender, CancellationToken cancellationToken) => AskHandshake.Handle(standIn, sender, cancellationToken));
        }

        foreach (var provider in app.ServiceProvider.GetServices<Provider>())
        {
            var api = app.MapGroup($"/sandbox/api/{provider.Channel}");
            api.MapGet("/faults", () => provider.Faults.Current);
            api.MapPut("/faults", (Faults faults) => SetFaults.Handle(provider, faults));
            api.MapGet("/exchanges", (ExchangeLog log, string? message, long? after, int? limit) => ReadExchanges.Handle(log, provider, message, after, limit));
        }

        ListChannels.Map(app, standIns);
    }
}
