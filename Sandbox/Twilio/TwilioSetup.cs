using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Twilio;

internal static class TwilioSetup
{
    public static void AddTwilio(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<TwilioOptions>()
            .BindConfiguration(TwilioOptions.Section)
            .ValidateDataAnnotations()
            .Validate(options => Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https",
                "Channels__Twilio__PublicUrl must be an http or https address.")
            .ValidateOnStart();
        builder.Services.AddSingleton(services => new TwilioMessages(services.GetRequiredService<IOptions<SandboxOptions>>().Value.Capacity));
        builder.Services.AddSingleton<TwilioAccount>();
        builder.Services.AddSingleton<TwilioMediaStore>();
        builder.Services.AddSingleton<FaultSource>();
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton<InboundWebhook>();
        builder.Services.AddSingleton<CreateMessage>();
        builder.Services.AddSingleton<ListMessages>();
        builder.Services.AddSingleton<StatusCallbacks>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StatusCallbacks>());
    }

    /// <summary>What Assistify sees: Twilio's API.</summary>
    public static void MapTwilioApi(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup("/2010-04-01/Accounts/{accountSid}");
        account.MapPost("/Messages.json", (HttpContext context, CreateMessage create) => create.Handle(context));
        account.MapGet("/Messages.json", (HttpContext context, ListMessages list) => list.Handle(context));
        account.MapGet("/Messages/{sid}.json", GetMessage.Handle);
        account.MapGet("/Messages/{sid}/Media/{mediaSid}", GetMedia.Handle);
        app.MapFallback("/2010-04-01/{**path}", (HttpContext context) => TwilioError.NotFound(context).Write(context));
    }

    /// <summary>What programs and the page see: the customer's side.</summary>
    public static void MapTwilioPrograms(this IEndpointRouteBuilder app)
    {
        var whatsapp = app.MapGroup("/sandbox/api/whatsapp");
        whatsapp.MapPost("/inbound", ReceiveInbound.Handle);
        whatsapp.MapGet("/outbox", ReadOutbox.Handle);
        whatsapp.MapDelete("/outbox", ReadOutbox.Reset);
        whatsapp.MapGet("/faults", (FaultSource faults) => faults.Current);
        whatsapp.MapPut("/faults", SetFaults.Handle);
    }
}
