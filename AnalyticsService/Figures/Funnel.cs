using Assistify.AnalyticsService.Events;

namespace Assistify.AnalyticsService.Figures;

/// <summary>Conversations whose first customer message is in the range, and how far they came until now.</summary>
internal static class Funnel
{
    /// <summary>The queries <c>begun</c> and <c>reached</c>.</summary>
    public const string Reached =
        $"""
        begun as (
            select conversation_id, min(occurred_at) as occurred_at from events m
            where {Counted.InRange} and type in ({EventTypes.Received}) and not exists (
                select from events e
                where e.workspace_id = $1 and e.conversation_id = m.conversation_id and e.occurred_at < $2 and e.type in ({EventTypes.Received}))
            group by conversation_id),
        reached as (
            select b.conversation_id, b.occurred_at,
                bool_or(e.type in ({EventTypes.Answered}) and e.message_id is not null or e.type in ({EventTypes.AgentAnswered})) as answered,
                bool_or(e.type in ({EventTypes.Delivery}) and e.status in ('delivered', 'read')) as delivered,
                bool_or(e.type in ({EventTypes.HandedOver})) as handed_over,
                bool_or(e.type in ({EventTypes.Closed})) as closed
            from begun b join events e on e.workspace_id = $1 and e.conversation_id = b.conversation_id
            group by b.conversation_id, b.occurred_at)
        """;
}
