using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

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
        builder.Services.AddStandIn<TwilioStandIn>();
    }

    /// <summary>What Assistify sees: Twilio's API.</summary>
    public static void MapTwilioApi(this IEndpointRouteBuilder app)
    {
        var twilio = app.ServiceProvider.GetRequiredService<TwilioStandIn>();
        var calls = app.ServiceProvider.GetRequiredService<ApiCalls>();
        var time = app.ServiceProvider.GetRequiredService<TimeProvider>();

        var account = app.MapGroup("/2010-04-01/Accounts/{accountSid}");
        account.MapPost("/Messages.json", context => calls.Send(context, twilio, request => CreateMessage.Handle(twilio, request, time.GetUtcNow())));
        account.MapGet("/Messages.json", context => calls.Read(context, twilio, request => ListMessages.Handle(twilio, request)));
        account.MapGet("/Messages/{sid}.json", context => calls.Read(context, twilio, request =>
            twilio.Messages.TryGet(request.Route("sid"), out var message)
                ? TwilioJson.Answer(StatusCodes.Status200OK, MessageResource.Of(message, twilio.Options.AccountSid), TwilioJson.Default.MessageResource)
                : TwilioError.NotFound(request).Answer()));

        // A customer's file; like the provider's protected media it needs the account's credentials.
        account.MapGet("/Messages/{sid}/Media/{mediaSid}", context => calls.Read(context, twilio, request =>
            twilio.Media.TryGet(request.Route("mediaSid"), out var file) ? Answer.File(file) : TwilioError.NotFound(request).Answer()));
        app.MapFallback("/2010-04-01/{**path}", context => calls.Read(context, twilio, request => TwilioError.NotFound(request).Answer()));
    }
}
