using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Conversations;

/// <summary>Messages as rows, like <see cref="ConversationRows"/>.</summary>
internal static class MessageRows
{
    /// <summary>In the order that <see cref="Read"/> expects, of the table aliased <c>m</c>.</summary>
    public const string Columns =
        """
        m.id, m.conversation_id, m.workspace_id, m.sequence, m.revision, m.author, m.author_id, m.author_name, m.text,
        m.private, m.version, m.previous_delivery_id, m.reply_to, m.wait_ms, m.created_at, m.sent_at, m.external_id,
        m.delivery_status, m.delivery_error_code, m.delivery_error, m.delivery_updated_at, m.attachments, m.cards,
        m.recommendations, m.citations, m.choice, m.location, m.model, m.prompt_version, m.latency_ms, m.cost_amount,
        m.cost_currency, m.intent, m.confidence, m.sentiment, m.sentiment_score, m.language,
        m.details, m.edited_at, m.deleted_at, m.reactions
        """;

    public const int Count = 41;

    private const string Insert =
        """
        insert into messages (
        id, conversation_id, workspace_id, sequence, revision, author, author_id, author_name, text, private, version,
        previous_delivery_id, reply_to, wait_ms, created_at, sent_at, external_id, delivery_status, delivery_error_code,
        delivery_error, delivery_updated_at, attachments, cards, recommendations, citations, choice, location, model,
        prompt_version, latency_ms, cost_amount, cost_currency, intent, confidence, sentiment, sentiment_score, language, details)
        select * from unnest(
        $1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::smallint[], $7::uuid[], $8::text[], $9::text[],
        $10::boolean[], $11::bigint[], $12::uuid[], $13::uuid[], $14::bigint[], $15::timestamptz[], $16::timestamptz[],
        $17::text[], $18::smallint[], $19::text[], $20::text[], $21::timestamptz[], $22::jsonb[], $23::jsonb[], $24::jsonb[],
        $25::jsonb[], $26::jsonb[], $27::jsonb[], $28::text[], $29::text[], $30::integer[], $31::numeric[], $32::text[],
        $33::text[], $34::double precision[], $35::text[], $36::double precision[], $37::text[], $38::jsonb[])
        """;

    private const string UpdateContent =
        """
        update messages as m set text = v.text, attachments = v.attachments, choice = v.choice, location = v.location, details = v.details,
            edited_at = v.edited_at, deleted_at = v.deleted_at, reactions = v.reactions, revision = v.revision
        from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::jsonb[], $5::jsonb[], $6::jsonb[], $7::timestamptz[], $8::timestamptz[], $9::jsonb[], $10::bigint[])
            as v(id, text, attachments, choice, location, details, edited_at, deleted_at, reactions, revision)
        where m.id = v.id
        """;

    private const string UpdateDelivery =
        """
        update messages as m set delivery_status = v.status, delivery_error_code = v.error_code, delivery_error = v.error,
            delivery_updated_at = v.updated_at, sent_at = v.sent_at, external_id = v.external_id, revision = v.revision
        from unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::bigint[])
            as v(id, status, error_code, error, updated_at, sent_at, external_id, revision)
        where m.id = v.id
        """;

    private const string UpdateUnderstanding =
        """
        update messages as m set intent = v.intent, confidence = v.confidence, sentiment = v.sentiment,
            sentiment_score = v.score, language = v.language, revision = v.revision
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::double precision[], $5::text[], $6::double precision[], $7::text[], $8::bigint[])
            as v(id, conversation_id, intent, confidence, sentiment, score, language, revision)
        where m.id = v.id and m.conversation_id = v.conversation_id and m.author = 0
        """;

    public static StoredMessage Read(NpgsqlDataReader reader, int at = 0) => new()
    {
        Id = reader.GetGuid(at + 0),
        ConversationId = reader.GetGuid(at + 1),
        WorkspaceId = reader.GetGuid(at + 2),
        Sequence = reader.GetInt64(at + 3),
        Revision = reader.GetInt64(at + 4),
        Author = (Author)reader.GetInt16(at + 5),
        AuthorId = reader.IsDBNull(at + 6) ? null : reader.GetGuid(at + 6),
        AuthorName = reader.IsDBNull(at + 7) ? null : reader.GetString(at + 7),
        Text = reader.GetString(at + 8),
        Private = reader.GetBoolean(at + 9),
        Version = reader.IsDBNull(at + 10) ? null : reader.GetInt64(at + 10),
        PreviousDeliveryId = reader.IsDBNull(at + 11) ? null : reader.GetGuid(at + 11),
        ReplyTo = reader.IsDBNull(at + 12) ? null : reader.GetGuid(at + 12),
        WaitMs = reader.IsDBNull(at + 13) ? null : reader.GetInt64(at + 13),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(at + 14),
        SentAt = reader.IsDBNull(at + 15) ? null : reader.GetFieldValue<DateTimeOffset>(at + 15),
        ExternalId = reader.IsDBNull(at + 16) ? null : reader.GetString(at + 16),
        DeliveryStatus = reader.IsDBNull(at + 17) ? null : (DeliveryStatus)reader.GetInt16(at + 17),
        DeliveryErrorCode = reader.IsDBNull(at + 18) ? null : reader.GetString(at + 18),
        DeliveryError = reader.IsDBNull(at + 19) ? null : reader.GetString(at + 19),
        DeliveryUpdatedAt = reader.IsDBNull(at + 20) ? null : reader.GetFieldValue<DateTimeOffset>(at + 20),
        Attachments = reader.IsDBNull(at + 21) ? null : reader.GetString(at + 21),
        Cards = reader.IsDBNull(at + 22) ? null : reader.GetString(at + 22),
        Recommendations = reader.IsDBNull(at + 23) ? null : reader.GetString(at + 23),
        Citations = reader.IsDBNull(at + 24) ? null : reader.GetString(at + 24),
        Choice = reader.IsDBNull(at + 25) ? null : reader.GetString(at + 25),
        Location = reader.IsDBNull(at + 26) ? null : reader.GetString(at + 26),
        Model = reader.IsDBNull(at + 27) ? null : reader.GetString(at + 27),
        PromptVersion = reader.IsDBNull(at + 28) ? null : reader.GetString(at + 28),
        LatencyMs = reader.IsDBNull(at + 29) ? null : reader.GetInt32(at + 29),
        CostAmount = reader.IsDBNull(at + 30) ? null : reader.GetDecimal(at + 30),
        CostCurrency = reader.IsDBNull(at + 31) ? null : reader.GetString(at + 31),
        Intent = reader.IsDBNull(at + 32) ? null : reader.GetString(at + 32),
        Confidence = reader.IsDBNull(at + 33) ? null : reader.GetDouble(at + 33),
        Sentiment = reader.IsDBNull(at + 34) ? null : reader.GetString(at + 34),
        SentimentScore = reader.IsDBNull(at + 35) ? null : reader.GetDouble(at + 35),
        Language = reader.IsDBNull(at + 36) ? null : reader.GetString(at + 36),
        Details = reader.IsDBNull(at + 37) ? null : reader.GetString(at + 37),
        EditedAt = reader.IsDBNull(at + 38) ? null : reader.GetFieldValue<DateTimeOffset>(at + 38),
        DeletedAt = reader.IsDBNull(at + 39) ? null : reader.GetFieldValue<DateTimeOffset>(at + 39),
        Reactions = reader.IsDBNull(at + 40) ? null : reader.GetString(at + 40),
    };

    public static NpgsqlBatchCommand InsertAll(IReadOnlyList<StoredMessage> messages)
    {
        var command = new NpgsqlBatchCommand(Insert);
        command.Uuid(messages, static m => m.Id);
        command.Uuid(messages, static m => m.ConversationId);
        command.Uuid(messages, static m => m.WorkspaceId);
        command.Bigint(messages, static m => m.Sequence);
        command.Bigint(messages, static m => m.Revision);
        command.Smallint(messages, static m => (short)m.Author);
        command.Uuid(messages, static m => m.AuthorId);
        command.Text(messages, static m => m.AuthorName);
        command.Text(messages, static m => m.Text);
        command.Boolean(messages, static m => m.Private);
        command.Bigint(messages, static m => m.Version);
        command.Uuid(messages, static m => m.PreviousDeliveryId);
        command.Uuid(messages, static m => m.ReplyTo);
        command.Bigint(messages, static m => m.WaitMs);
        command.TimestampTz(messages, static m => m.CreatedAt);
        command.TimestampTz(messages, static m => m.SentAt);
        command.Text(messages, static m => m.ExternalId);
        command.Smallint(messages, static m => (short?)m.DeliveryStatus);
        command.Text(messages, static m => m.DeliveryErrorCode);
        command.Text(messages, static m => m.DeliveryError);
        command.TimestampTz(messages, static m => m.DeliveryUpdatedAt);
        command.Jsonb(messages, static m => m.Attachments);
        command.Jsonb(messages, static m => m.Cards);
        command.Jsonb(messages, static m => m.Recommendations);
        command.Jsonb(messages, static m => m.Citations);
        command.Jsonb(messages, static m => m.Choice);
        command.Jsonb(messages, static m => m.Location);
        command.Text(messages, static m => m.Model);
        command.Text(messages, static m => m.PromptVersion);
        command.Integer(messages, static m => m.LatencyMs);
        command.Numeric(messages, static m => m.CostAmount);
        command.Text(messages, static m => m.CostCurrency);
        command.Text(messages, static m => m.Intent);
        command.Double(messages, static m => m.Confidence);
        command.Text(messages, static m => m.Sentiment);
        command.Double(messages, static m => m.SentimentScore);
        command.Text(messages, static m => m.Language);
        command.Jsonb(messages, static m => m.Details);
        return command;
    }

    public static NpgsqlBatchCommand UpdateContents(IReadOnlyList<StoredMessage> messages)
    {
        var command = new NpgsqlBatchCommand(UpdateContent);
        command.Uuid(messages, static m => m.Id);
        command.Text(messages, static m => m.Text);
        command.Jsonb(messages, static m => m.Attachments);
        command.Jsonb(messages, static m => m.Choice);
        command.Jsonb(messages, static m => m.Location);
        command.Jsonb(messages, static m => m.Details);
        command.TimestampTz(messages, static m => m.EditedAt);
        command.TimestampTz(messages, static m => m.DeletedAt);
        command.Jsonb(messages, static m => m.Reactions);
        command.Bigint(messages, static m => m.Revision);
        return command;
    }

    public static NpgsqlBatchCommand UpdateDeliveries(IReadOnlyList<StoredMessage> messages)
    {
        var command = new NpgsqlBatchCommand(UpdateDelivery);
        command.Uuid(messages, static m => m.Id);
        command.Smallint(messages, static m => (short?)m.DeliveryStatus);
        command.Text(messages, static m => m.DeliveryErrorCode);
        command.Text(messages, static m => m.DeliveryError);
        command.TimestampTz(messages, static m => m.DeliveryUpdatedAt);
        command.TimestampTz(messages, static m => m.SentAt);
        command.Text(messages, static m => m.ExternalId);
        command.Bigint(messages, static m => m.Revision);
        return command;
    }

    public static NpgsqlBatchCommand UpdateUnderstandings(IReadOnlyList<Understood> understood)
    {
        var command = new NpgsqlBatchCommand(UpdateUnderstanding);
        command.Uuid(understood, static u => u.Understanding.MessageId);
        command.Uuid(understood, static u => u.ConversationId);
        command.Text(understood, static u => u.Understanding.Intent);
        command.Double(understood, static u => u.Understanding.Confidence);
        command.Text(understood, static u => u.Understanding.Sentiment);
        command.Double(understood, static u => u.Understanding.SentimentScore);
        command.Text(understood, static u => u.Understanding.Language);
        command.Bigint(understood, static u => u.Revision);
        return command;
    }
}

internal readonly record struct Understood(Guid ConversationId, long Revision, Understanding Understanding);
