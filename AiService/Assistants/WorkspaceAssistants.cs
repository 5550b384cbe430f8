using System.Collections.Concurrent;
using System.Globalization;
using Assistify.Contracts;

namespace Assistify.AiService.Assistants;

/// <summary>The versions in use, in memory: those that workspaces activated, and the canaries beside them.</summary>
internal sealed class WorkspaceAssistants
{
    private readonly ConcurrentDictionary<Guid, WorkspaceAssistant> _assistants = new();

    public IReadOnlyCollection<Guid> Workspaces => [.. _assistants.Keys];

    public UsedAssistant For(Guid workspaceId, Guid conversationId) =>
        _assistants.TryGetValue(workspaceId, out var own) ? own.For(conversationId) : UsedAssistant.BuiltIn;

    public WorkspaceAssistant? Of(Guid workspaceId) => _assistants.GetValueOrDefault(workspaceId);

    public void Use(Guid workspaceId, WorkspaceAssistant assistant) => _assistants[workspaceId] = assistant;

    public void UseBuiltIn(Guid workspaceId) => _assistants.TryRemove(workspaceId, out _);
}

/// <summary>What one workspace uses.</summary>
/// <param name="Canary">Null where none is running.</param>
internal sealed record WorkspaceAssistant(UsedAssistant Active, RunningCanary? Canary = null)
{
    private readonly UsedAssistant _active = Canary is null ? Active : Active with { Canary = new CanarySide(Canary.Id, CanarySide.Active) };

    public UsedAssistant For(Guid conversationId) => Canary is not null && Canary.Includes(conversationId) ? Canary.Assistant : _active;
}

/// <param name="Percent">Of the conversations.</param>
internal sealed record RunningCanary(Guid Id, UsedAssistant Assistant, int Percent)
{
    /// <summary>Decided by the ids alone, so that every replica says the same of a conversation, and each canary has others.</summary>
    public bool Includes(Guid conversationId) =>
        int.Parse(Identifiers.Derive($"canary/{Id}/{conversationId}").ToString("N")[..7], NumberStyles.HexNumber, CultureInfo.InvariantCulture) % 10_000 < Percent * 100;
}
