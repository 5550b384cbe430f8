using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Suppliers;

/// <summary>The assistant's answer is stored, and with it that a supplier is asked for the customer. Travels from the customer's partition to the supplier's.</summary>
/// <param name="MessageId">Of the question, and of the enquiry.</param>
/// <param name="SupplierConversationId">His open conversation, or else his latest one.</param>
/// <param name="ConversationId">The customer's.</param>
/// <param name="Title">The product's.</param>
public sealed record SupplierQuestion(
    Guid MessageId, Guid WorkspaceId, Guid SupplierConversationId, int Partition, Guid ConnectionId, string Address,
    Guid ConversationId, int CustomerPartition, string Title, string Question) : IPartitioned
{
    /// <summary>One answer asks once, however often it is told.</summary>
    internal static Guid IdOf(Guid replyId) => Identifiers.Derive($"supplier-question/{replyId}");
}

/// <summary>A supplier could not be asked for a customer, whom people have to tell. Travels back to the customer's partition.</summary>
/// <param name="ConversationId">The customer's.</param>
/// <param name="Reason">Whole sentences, for people.</param>
public sealed record SupplierNotAsked(Guid EnquiryId, Guid WorkspaceId, Guid ConversationId, int Partition, string Title, string Reason) : IPartitioned
{
    internal static Guid NoticeOf(Guid enquiryId) => Identifiers.Derive($"supplier-not-asked/{enquiryId}");
}

/// <summary>Where a supplier is asked.</summary>
internal sealed record SupplierPlace(Guid ConversationId, int Partition, Guid ConnectionId, string Address)
{
    private const string Asked =
        """
        select e.id, c.id, c.partition, c.connection_id, c.address
        from enquiries e join conversations c on c.id = e.supplier_conversation_id where e.id = any($1)
        """;

    /// <summary>Where those who were asked already were, by the enquiry.</summary>
    public static NpgsqlBatchCommand FindAsked(IReadOnlyList<Guid> enquiries)
    {
        var command = new NpgsqlBatchCommand(Asked);
        command.Uuid(enquiries, static id => id);
        return command;
    }

    public static SupplierPlace Read(NpgsqlDataReader reader, int at) =>
        new(reader.GetGuid(at), reader.GetInt32(at + 1), reader.GetGuid(at + 2), reader.GetString(at + 3));
}

/// <summary>What is to be known before a customer's question goes to a supplier.</summary>
/// <param name="Place">Null where he is no supplier of the workspace, or has no conversation.</param>
/// <param name="WaitsSince">Since when this product's question of the conversation waits for an answer.</param>
/// <param name="Asked">When the customer's latest questions were asked, in whichever of his conversations.</param>
internal sealed record SupplierSought(SupplierPlace? Place, DateTimeOffset? WaitsSince, DateTimeOffset[] Asked)
{
    // One customer's questions are counted one after the other, also where he has conversations in several partitions.
    private const string Lock =
        "select pg_advisory_xact_lock(hashtextextended(c.customer_id::text, 0)) from conversations c where c.id = any($1) order by c.customer_id";

    private const string Find =
        """
        select k.reply_id,
            (select max(e.asked_at) from enquiries e
                where e.conversation_id = c.id and e.product_id = k.product_id and e.asked_by is null and e.answered_at is null),
            array(select e.asked_at from conversations o join enquiries e on e.conversation_id = o.id
                where o.customer_id = c.customer_id and e.asked_by is null order by e.asked_at desc limit $5),
            s.id, s.partition, s.connection_id, s.address
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as k(reply_id, conversation_id, supplier_id, product_id)
        join conversations c on c.id = k.conversation_id
        left join lateral (
            select o.id, o.partition, o.connection_id, o.address
            from customers u join conversations o on o.customer_id = u.id
            where u.id = coalesce((select merged_into from customers where id = k.supplier_id), k.supplier_id)
                and u.workspace_id = c.workspace_id and u.supplier_since is not null
            order by o.closed_at is null desc, o.last_activity_at desc, o.created_at desc limit 1) s on true
        """;

    public static IEnumerable<NpgsqlBatchCommand> FindAll(IReadOnlyList<ReplyGenerated> replies)
    {
        var turn = new NpgsqlBatchCommand(Lock);
        turn.Uuid(replies, static reply => reply.ConversationId);
        yield return turn;

        var command = new NpgsqlBatchCommand(Find);
        command.Uuid(replies, static reply => reply.ReplyId);
        command.Uuid(replies, static reply => reply.ConversationId);
        command.Uuid(replies, static reply => reply.Enquiry!.SupplierId);
        command.Uuid(replies, static reply => reply.Enquiry!.ProductId);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Enquiry.MostInAWhile });
        yield return command;
    }

    /// <summary>Behind the reply's id.</summary>
    public static SupplierSought Read(NpgsqlDataReader reader) => new(
        reader.IsDBNull(3) ? null : SupplierPlace.Read(reader, 3),
        reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1),
        reader.GetFieldValue<DateTimeOffset[]>(2));
}
