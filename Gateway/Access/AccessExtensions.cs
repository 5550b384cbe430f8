using Assistify.Gateway.Limits;
using Assistify.Gateway.Proxy;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.Gateway.Access;

internal static class AccessExtensions
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(LimitOptions.From(builder.Configuration));
        builder.Services.AddSingleton<RateLimiter>();
        builder.Services.AddSingleton<BadTokens>();
        builder.Services.AddTokenValidation();
        builder.Services.AddSingleton(services => new ApiKeys(
            new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
            {
                Timeout = TimeSpan.FromSeconds(2),
            },
            Services.Addresses(builder.Configuration, "chat"),
            services.GetRequiredService<TokenValidator>(),
            services.GetRequiredService<TimeProvider>()));
    }
}
