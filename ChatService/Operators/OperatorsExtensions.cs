using Assistify.ChatService.Operators.ApiKeys;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Operators.Keys;
using Assistify.ChatService.Operators.SignIn;
using Assistify.ChatService.Operators.TwoFactor;
using Assistify.ChatService.Operators.Users;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assistify.ChatService.Operators;

/// <summary>Operators, their sign-in, their programs' keys, and the tokens that all services believe.</summary>
internal static class OperatorsExtensions
{
    public static void AddOperators(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OwnerOptions>().BindConfiguration(OwnerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<Secrets>();
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddSingleton<ITokenKeys>(services => services.GetRequiredService<SigningKeys>());
        builder.Services.AddSingleton<ITokenIssuer>(services => new TokenIssuer(
            services.GetRequiredService<SigningKeys>().Signing, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IPasswordHasher<Operator>, PasswordHasher<Operator>>();
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddSingleton<Lockout>();
        builder.Services.AddSingleton<Logins>();
        builder.Services.AddSingleton<TotpStore>();
        builder.Services.AddSingleton<RefreshCookie>();
        builder.Services.AddSingleton<OwnOrigin>();
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddSingleton<ApiKeyStore>();
        builder.Services.AddSingleton<OperatorStore>();
        builder.Services.AddHostedService<FirstStart>();
        builder.AddTokens();
    }

    public static void MapOperators(this IEndpointRouteBuilder app)
    {
        app.MapTokenKeys();
        app.MapSignIn();
        app.MapTotp();
        app.MapUsers();
        app.MapApiKeys();
        app.MapAuditLog();
    }
}
