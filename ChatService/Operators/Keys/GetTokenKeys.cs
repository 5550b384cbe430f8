using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Operators.Keys;

internal static class GetTokenKeys
{
    public static void MapTokenKeys(this IEndpointRouteBuilder app) =>
        app.MapGet("/.well-known/jwks.json", (SigningKeys keys, HttpResponse response) =>
        {
            response.Headers.CacheControl = "public, max-age=60";
            return TypedResults.Ok(new PublicTokenKeys([.. keys.Published]));
        });
}
