namespace Assistify.Sandbox.Twilio;

internal static class GetMessage
{
    public static Task Handle(HttpContext context, string sid, TwilioAccount account, TwilioMessages messages)
    {
        if (account.Refuse(context) is { } refusal) return refusal.Write(context);
        return messages.TryGet(sid, out var message)
            ? TwilioJson.Write(context, StatusCodes.Status200OK, MessageResource.Of(message, account.Options.AccountSid), TwilioJson.Default.MessageResource)
            : TwilioError.NotFound(context).Write(context);
    }
}
