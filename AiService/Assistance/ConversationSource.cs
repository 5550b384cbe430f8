using System.Net;
using System.Net.Http.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Assistance;

/// <summary>What was said in a conversation, from ChatService, which has it.</summary>
internal sealed class ConversationSource(ChatCalls chat, TimeProvider time)
{
    // Somebody watches.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    /// <param name="messages">How many of the latest; of these, what the customer said last is to be answered.</param>
    public async Task<FoundConversation> Find(Guid id, Guid workspaceId, int messages, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await chat.Get($"/internal/conversations/{id}?workspaceId={workspaceId}&messages={messages}", response => Read(response, either.Token), either.Token)
                ?? new FoundConversation(ConversationState.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FoundConversation(ConversationState.Unreachable);
        }
    }

    private static async Task<FoundConversation?> Read(HttpResponseMessage response, CancellationToken cancellationToken) => response.StatusCode switch
    {
        HttpStatusCode.OK => new FoundConversation(ConversationState.Found, await response.Content.ReadFromJsonAsync<ReplyRequested>(Json.Options, cancellationToken)),
        HttpStatusCode.NoContent => new FoundConversation(ConversationState.Empty),
        HttpStatusCode.NotFound => new FoundConversation(ConversationState.Missing),
        _ => null,
    };
}

internal enum ConversationState
{
    Found,

    /// <summary>Nothing was written in it.</summary>
    Empty,

    /// <summary>Not in this workspace.</summary>
    Missing,
    Unreachable,
}

/// <param name="Request">As the assistant would be asked to answer; only where it was found.</param>
internal sealed record FoundConversation(ConversationState State, ReplyRequested? Request = null);
