namespace Assistify.ChatService.Operators;

/// <summary>Somebody who works with the conversations of a workspace.</summary>
internal sealed record Operator(
    Guid Id,
    Guid WorkspaceId,
    string Email,
    string Name,
    string Role,
    string PasswordHash,
    DateTimeOffset? DisabledAt,
    DateTimeOffset CreatedAt)
{
    public OperatorView View() => new(Id, WorkspaceId, Email, Name, Role, DisabledAt is not null, CreatedAt);
}

/// <summary>An operator as the API shows him.</summary>
internal sealed record OperatorView(
    Guid Id, Guid WorkspaceId, string Email, string Name, string Role, bool Disabled, DateTimeOffset CreatedAt);
