namespace Assistify.Sandbox.Twilio;

/// <summary>A customer's file; like the provider's protected media it needs the account's credentials.</summary>
internal static class GetMedia
{
    public static async Task Handle(HttpContext context, string mediaSid, TwilioAccount account, TwilioMediaStore store)
    {
        if (account.Refuse(context) is { } refusal)
        {
            await refusal.Write(context);
            return;
        }

        if (!store.TryGet(mediaSid, out var media))
        {
            await TwilioError.NotFound(context).Write(context);
            return;
        }

        context.Response.ContentType = media.ContentType;
        context.Response.ContentLength = media.Content.Length;
        await context.Response.Body.WriteAsync(media.Content, context.RequestAborted);
    }
}
