using Assistify.ChatService.Conversations;
using Npgsql;

namespace Assistify.ChatService.Suppliers;

/// <summary>What an operator asks a supplier for a customer. The pictures that come back are shown in the customer's conversation.</summary>
/// <param name="ConversationId">The customer's.</param>
/// <param name="Subject">What it is about, in words that the customer may read: the title of the cards.</param>
public sealed record EnquiryFor(Guid ConversationId, string Subject);

/// <summary>An enquiry as it is stored.</summary>
/// <param name="Id">The message's that asks.</param>
/// <param name="SupplierConversationId">Where it is asked; of one that is found, where the answer came.</param>
/// <param name="AskedBy">The operator who is told of the answer.</param>
internal sealed record Enquiry(
    Guid Id, Guid WorkspaceId, Guid SupplierConversationId, Guid ConversationId, string Subject, Guid AskedBy, DateTimeOffset AskedAt)
{
    /// <summary>A picture that comes later is about something else.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string Insert =
        """
        insert into enquiries (id, workspace_id, supplier_conversation_id, conversation_id, subject, asked_by, asked_at, expires_at)
        select v.*, v.asked_at + $8
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::timestamptz[])
            as v(id, workspace_id, supplier_conversation_id, conversation_id, subject, asked_by, asked_at)
        join conversations c on c.id = v.conversation_id and c.workspace_id = v.workspace_id
        on conflict (id) do nothing
        """;

    /// <summary>
    /// What the suppliers of these conversations were asked, in whichever of their conversations: a supplier may answer from another address than
    /// the one that was typed for him. With the partition of the customer's conversation.
    /// </summary>
    public const string Find =
        """
        select e.id, e.workspace_id, answered.id, e.conversation_id, e.subject, e.asked_by, e.asked_at, c.partition
        from conversations answered
        join conversations asked on asked.customer_id = answered.customer_id
        join enquiries e on e.supplier_conversation_id = asked.id
        join conversations c on c.id = e.conversation_id
        where answered.id = any($1) order by e.asked_at desc
        """;

    /// <summary>Of the customer's conversation; read with <see cref="Find"/>.</summary>
    public int Partition { get; private init; }

    public static Enquiry Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetString(4), reader.GetGuid(5),
        reader.GetFieldValue<DateTimeOffset>(6))
    {
        Partition = reader.GetInt32(7),
    };

    public static NpgsqlBatchCommand InsertAll(IReadOnlyList<Enquiry> enquiries)
    {
        var command = new NpgsqlBatchCommand(Insert);
        command.Uuid(enquiries, static e => e.Id);
        command.Uuid(enquiries, static e => e.WorkspaceId);
        command.Uuid(enquiries, static e => e.SupplierConversationId);
        command.Uuid(enquiries, static e => e.ConversationId);
        command.Text(enquiries, static e => e.Subject);
        command.Uuid(enquiries, static e => e.AskedBy);
        command.TimestampTz(enquiries, static e => e.AskedAt);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Lifetime });
        return command;
    }

    public bool IsLive(DateTimeOffset now) => now < AskedAt + Lifetime;
}
