using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.SignalR;

namespace Assistify.ChatService.Live;

/// <summary>Connections of one customer or operator are found by the token's subject.</summary>
internal sealed class SubjectUserId : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirst(TokenClaims.Subject)?.Value;
}
