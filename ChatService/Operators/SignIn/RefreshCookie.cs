namespace Assistify.ChatService.Operators.SignIn;

/// <summary>
/// The refresh token's cookie. Named by the instance (<c>Assistify:Instance</c>): cookies know no ports, and two instances on one machine
/// must not sign each other's people out.
/// </summary>
internal sealed class RefreshCookie(IConfiguration configuration, IHostEnvironment environment)
{
    private readonly string _name = "assistify_" + new string(
        [.. (configuration["Assistify:Instance"] ?? "main").Where(char.IsAsciiLetterOrDigit).Take(32)]);

    public string Read(HttpRequest request) => request.Cookies[_name] ?? "";

    public void Write(HttpResponse response, Refreshed login) =>
        response.Cookies.Append(_name, login.Token, Options(login.ExpiresAt));

    public void Delete(HttpResponse response) => response.Cookies.Delete(_name, Options(null));

    private CookieOptions Options(DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = !environment.IsDevelopment(),
        SameSite = SameSiteMode.Strict,
        Path = "/api/auth",
        Expires = expires,
        IsEssential = true,
    };
}
