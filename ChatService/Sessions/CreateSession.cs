using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistify.ChatService.Settings;
using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.Extensions.Options;

namespace Assistify.ChatService.Sessions;

public sealed record CreateSessionRequest(
    string? WorkspaceKey = null, string? VisitorId = null, string? Name = null, string? Email = null, string? Locale = null,
    SessionIdentity? Identify = null);

/// <summary>The shop's own server vouches for the user.</summary>
/// <param name="Hash">Hex HMAC-SHA256 of <c>userId.expires</c> under the workspace's identify secret.</param>
/// <param name="Expires">Unix seconds.</param>
public sealed record SessionIdentity(string? UserId = null, string? Hash = null, long Expires = 0);

/// <param name="PreChat">What the workspace wants to know first and does not know of this visitor; absent where that is nothing.</param>
/// <param name="Now">By the server's clock, for what is counted down; the visitor's may be wrong.</param>
internal sealed record CreateSessionResponse(
    Guid ConversationId, Guid CustomerId, string VisitorId, string Token, DateTimeOffset ExpiresAt, PreChat? PreChat, DateTimeOffset Now, PeopleHours? People);

/// <param name="Now">Whether people answer now.</param>
/// <param name="ChangesAt">When that changes; absent where it never does.</param>
internal sealed record PeopleHours(bool Now, DateTimeOffset? ChangesAt);

/// <summary>Begins or resumes a chat on the web. Only the visitor's own token resumes; what a visitor says about himself proves nothing.</summary>
internal static class CreateSessionEndpoint
{
    private const int LongestUserId = 200;

    public static void MapCreateSession(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/chat/sessions", Handle)
            .AllowAnonymous()
            .WithName("CreateSession")
            .WithSummary("Begin or resume a chat on the web");

    internal static async Task<IResult> Handle(
        CreateSessionRequest request, HttpContext http, WorkspaceDirectory workspaces, SessionStore sessions, ITokenIssuer tokens,
        IOptions<ChatOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var invalid = new Invalid()
            .TooLong("workspaceKey", request.WorkspaceKey, 100).TooLong("visitorId", request.VisitorId, 100)
            .TooLong("name", request.Name, 200).TooLong("email", request.Email, 320).TooLong("locale", request.Locale, 35)
            .TooLong("identify.userId", request.Identify?.UserId, LongestUserId);
        if (invalid.Any) return invalid.AsProblem();

        await workspaces.Refresh(cancellationToken);
        var workspace = request.WorkspaceKey is { Length: > 0 } key ? workspaces.Find(key) : workspaces.Find(Identifiers.DefaultWorkspace);
        if (workspace is null) return Problem.Invalid("workspaceKey", "There is no workspace with this key.");
        if (!IsAllowed(http.Request, workspace, options.Value)) return Problem.Forbidden("This page may not open chats of the workspace.");

        string? userId = null;
        if (request.Identify is { } identify)
        {
            if (!IsAuthentic(identify, IdentifySecret.Of(options.Value, workspace), time.GetUtcNow()))
                return Problem.Invalid("identify", "The hash is wrong or has expired.");
            userId = StorableText.From(identify.UserId!);
        }

        var visitor = new Visitor(Resumed(http, workspace, request.VisitorId), userId, Clean(request.Name), Clean(request.Email), Clean(request.Locale));
        var session = await sessions.Open(workspace.Id, visitor, cancellationToken);
        var token = tokens.IssueCustomer(session.CustomerId, session.ConversationId, workspace.Id, Conversations.Channels.Web);
        var now = time.GetUtcNow();
        return TypedResults.Created(
            (string?)null,
            new CreateSessionResponse(
                session.ConversationId, session.CustomerId, session.VisitorId, token.Token, token.ExpiresAt, workspace.PreChat?.Without(session.HasName, session.HasEmail),
                now, workspace.Hours?.At(now) is { } hours ? new PeopleHours(hours.Open, hours.ChangesAt) : null));
    }

    private static Guid? Resumed(HttpContext http, WorkspaceFacts workspace, string? visitorId)
    {
        var user = http.User;
        if (user.Identity is not { IsAuthenticated: true } || !user.IsCustomer() || user.WorkspaceId() != workspace.Id) return null;
        return user.Channel() == Conversations.Channels.Web && visitorId is not "" ? user.Id() : null;
    }

    private static bool IsAllowed(HttpRequest request, WorkspaceFacts workspace, ChatOptions options)
    {
        if (workspace.AllowedOrigins.Length == 0 || request.Headers.Origin is not [{ Length: > 0 } origin]) return true;
        return workspace.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
            || (Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var own)
                && string.Equals(own.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase));
    }

    // The dot keeps what is signed apart: otherwise digits of the time could be moved into the user's id.
    private static bool IsAuthentic(SessionIdentity identify, byte[] secret, DateTimeOffset now)
    {
        if (identify is not { UserId.Length: > 0, Hash.Length: > 0 } || identify.Expires <= now.ToUnixTimeSeconds()) return false;
        var signed = string.Create(CultureInfo.InvariantCulture, $"{identify.UserId}.{identify.Expires}");
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(signed)));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(identify.Hash.ToLowerInvariant()));
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : StorableText.From(text.Trim());
}

internal static class IdentifySecret
{
    /// <summary>Derived, so that nothing has to be kept: another generation of a workspace has another secret. Given out in hex.</summary>
    public static byte[] Of(ChatOptions options, WorkspaceFacts workspace) =>
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(options.DeriveKey($"identify/{workspace.Id}/{workspace.IdentifyGeneration}")));
}
