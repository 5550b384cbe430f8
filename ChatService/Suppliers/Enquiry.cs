using Assistify.ChatService.Conversations;
using Npgsql;

namespace Assistify.ChatService.Suppliers;

/// <summary>What an operator asks a supplier for a customer. The pictures that come back are shown in the customer's conversation.</summary>
/// <param name="ConversationId">The customer's.</param>
/// <param name="Subject">What it is about, in words that the customer may read: the title of the cards.</param>
public sealed record EnquiryFor(Guid ConversationId, string Subject);

/// <summary>An enquiry as it is stored: an operator's, or the assistant's at a customer's wish.</summary>
/// <param name="Id">The message's that asks.</param>
/// <param name="SupplierConversationId">Where it is asked.</param>
/// <param name="Subject">What it is about; of an assistant's enquiry the product's title.</param>
/// <param name="AskedBy">The operator who is told of the answer; null where the assistant asked.</param>
internal sealed record Enquiry(
    Guid Id, Guid WorkspaceId, Guid SupplierConversationId, Guid ConversationId, string Subject, Guid? AskedBy, DateTimeOffset AskedAt,
    Guid? ProductId = null, string? Language = null)
{
    /// <summary>A picture that comes later is about something else.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>So many questions of one customer go to suppliers in a <see cref="While"/>.</summary>
    public const int MostInAWhile = 5;

    public static readonly TimeSpan While = TimeSpan.FromHours(1);

    // Words that quote nothing are the answer only if they come soon, and the rest of it follows at once.
    private static readonly TimeSpan s_soon = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_atOnce = TimeSpan.FromMinutes(10);

    private const string Insert =
        """
        insert into enquiries (id, workspace_id, supplier_conversation_id, conversation_id, subject, asked_by, asked_at, product_id, language, expires_at)
        select v.*, v.asked_at + $10
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::timestamptz[], $8::uuid[], $9::text[])
            as v(id, workspace_id, supplier_conversation_id, conversation_id, subject, asked_by, asked_at, product_id, language)
        join conversations c on c.id = v.conversation_id and c.workspace_id = v.workspace_id
        on conflict (id) do nothing
        """;

    /// <summary>
    /// What suppliers were asked, in whichever of their conversations: one may answer from another address than
    /// the one that was typed for him. With the partition of the customer's conversation, and when people talked with the supplier since.
    /// </summary>
    private const string Find =
        """
        select e.id, e.workspace_id, e.supplier_conversation_id, e.conversation_id, e.subject, e.asked_by, e.asked_at, e.product_id, e.language,
            c.partition, asked.customer_id, e.answered_at,
            (select min(m.created_at) from conversations o join messages m on m.conversation_id = o.id
                where o.customer_id = asked.customer_id and m.author = 2 and not m.private and m.created_at > e.asked_at)
        from conversations asked
        join enquiries e on e.supplier_conversation_id = asked.id
        join conversations c on c.id = e.conversation_id
        where asked.customer_id = any($1) or asked.customer_id in (select customer_id from conversations where id = any($2))
        order by e.asked_at desc
        """;

    /// <summary>Of the customer's conversation; read with <see cref="FindAll"/>, as all that follows.</summary>
    public int Partition { get; private init; }

    /// <summary>As a customer.</summary>
    public Guid SupplierId { get; private init; }

    public DateTimeOffset? AnsweredAt { get; private init; }

    private DateTimeOffset? TalkedAt { get; init; }

    public static Enquiry Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetGuid(5),
        reader.GetFieldValue<DateTimeOffset>(6), reader.IsDBNull(7) ? null : reader.GetGuid(7), reader.IsDBNull(8) ? null : reader.GetString(8))
    {
        Partition = reader.GetInt32(9),
        SupplierId = reader.GetGuid(10),
        AnsweredAt = reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11),
        TalkedAt = reader.IsDBNull(12) ? null : reader.GetFieldValue<DateTimeOffset>(12),
    };

    /// <param name="suppliers">As customers.</param>
    /// <param name="conversations">Of suppliers.</param>
    public static NpgsqlBatchCommand FindAll(IReadOnlyList<Guid> suppliers, IReadOnlyList<Guid> conversations)
    {
        var command = new NpgsqlBatchCommand(Find);
        command.Uuid(suppliers, static id => id);
        command.Uuid(conversations, static id => id);
        return command;
    }

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
        command.Uuid(enquiries, static e => e.ProductId);
        command.Text(enquiries, static e => e.Language);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Lifetime });
        return command;
    }

    /// <summary>The first answer counts.</summary>
    public static NpgsqlBatchCommand AnswerAll(IReadOnlyList<Guid> enquiries, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand("update enquiries set answered_at = $2 where id = any($1) and answered_at is null");
        command.Uuid(enquiries, static id => id);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return command;
    }

    public static NpgsqlBatchCommand RemoveAll(IReadOnlyList<Guid> enquiries)
    {
        var command = new NpgsqlBatchCommand("delete from enquiries where id = any($1)");
        command.Uuid(enquiries, static id => id);
        return command;
    }

    public bool IsLive(DateTimeOffset now) => now < AskedAt + Lifetime;

    /// <summary>Whether words of the supplier that quote nothing go on from the question: nobody of us talked with him since, and they come soon.</summary>
    public bool IsStillTheTopic(DateTimeOffset at) =>
        !(TalkedAt <= at) && at < AskedAt + s_soon && !(AnsweredAt + s_atOnce < at);
}
