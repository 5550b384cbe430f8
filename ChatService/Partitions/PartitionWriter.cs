using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Notifications;
using Assistify.ChatService.Suppliers;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Partitions;

/// <summary>Writes a decided batch and commits it, in one round trip.</summary>
internal static class PartitionWriter
{
    private const string InsertCustomers =
        """
        insert into customers (id, workspace_id, name, email, phone, locale, created_at)
        select v.*, $7 from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) v
        """;

    private const string UpdateCustomers =
        """
        update customers u set name = v.name, email = v.email, phone = v.phone, locale = v.locale
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) as v(id, name, email, phone, locale)
        where u.id = v.id
        """;

    private const string InsertIdentifiers =
        """
        insert into customer_identifiers (workspace_id, kind, value, customer_id, created_at)
        select v.*, $5 from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) v
        """;

    private const string InsertCommands =
        """
        insert into operator_commands (id, workspace_id, conversation_id, outcome, effects, version, created_at, promises)
        select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::integer[], $6::bigint[], $7::timestamptz[], $8::smallint[])
        """;

    private const string InsertEarly =
        """
        insert into early_changes as e (message_id, change, workspace_id, connection_id, address, text, at)
        select * from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[])
        on conflict (message_id, change) do update set text = excluded.text, at = excluded.at where e.at < excluded.at
        """;

    // What has a customer already stays his.
    private const string GiveMedia =
        """
        update media m set customer_id = v.customer_id from unnest($1::uuid[], $2::uuid[]) as v(id, customer_id)
        where m.id = v.id and m.customer_id is null
        """;

    private const string UpsertRatings =
        """
        insert into satisfaction (conversation_id, score, rated_at) select v.*, $3 from unnest($1::uuid[], $2::smallint[]) v
        on conflict (conversation_id) do update set score = excluded.score, rated_at = excluded.rated_at
        """;

    /// <returns>The requests to the assistant, made of the stored messages.</returns>
    public static async Task<List<(ReplyRequested Request, ActivityContext Trace)>> Commit(
        NpgsqlConnection connection, PartitionWork work, WorkspaceDirectory workspaces, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (work.NewCustomers.Count > 0) batch.BatchCommands.Add(Customers(work.NewCustomers, now));
        if (work.ChangedCustomers.Count > 0) batch.BatchCommands.Add(Changed(work.ChangedCustomers));
        if (work.NewIdentifiers.Count > 0) batch.BatchCommands.Add(Added(work.NewIdentifiers, now));
        if (work.NewConversations.Count > 0) batch.BatchCommands.Add(ConversationRows.InsertAll(work.NewConversations));
        if (work.ChangedConversations.Count > 0) batch.BatchCommands.Add(ConversationRows.UpdateAll(work.ChangedConversations));
        if (work.NewMessages.Count > 0) batch.BatchCommands.Add(MessageRows.InsertAll(work.NewMessages));
        if (work.ChangedDeliveries.Count > 0) batch.BatchCommands.Add(MessageRows.UpdateDeliveries(work.ChangedDeliveries));
        if (work.ChangedMessages.Count > 0) batch.BatchCommands.Add(MessageRows.UpdateContents(work.ChangedMessages));
        if (work.NewEarlyChanges.Count > 0) batch.BatchCommands.Add(Early(work.NewEarlyChanges));
        if (work.Understood.Count > 0) batch.BatchCommands.Add(MessageRows.UpdateUnderstandings([.. work.Understood.Values]));
        if (work.NewMentions.Count > 0) batch.BatchCommands.Add(Mention.InsertAll(work.NewMentions, now));
        if (work.NewEnquiries.Count > 0) batch.BatchCommands.Add(Enquiry.InsertAll(work.NewEnquiries));
        if (work.AnsweredEnquiries.Count > 0) batch.BatchCommands.Add(Enquiry.AnswerAll(work.AnsweredEnquiries, now));
        if (work.RefusedEnquiries.Count > 0) batch.BatchCommands.Add(Enquiry.RemoveAll(work.RefusedEnquiries));
        if (work.CopiedPictures.Count > 0) batch.BatchCommands.Add(SupplierPicture.CopyAll(work.CopiedPictures, now));
        if (work.GivenMedia.Count > 0) batch.BatchCommands.Add(Given(work.GivenMedia));
        if (work.NewRatings.Count > 0) batch.BatchCommands.Add(Ratings(work.NewRatings, now));
        if (work.NewReadMarks.Count > 0) batch.BatchCommands.Add(ReadMarks.UpsertAll(work.NewReadMarks));
        if (work.NewCommands.Count > 0) batch.BatchCommands.Add(Commands(work.NewCommands));

        var asks = work.Asks.Values.ToList();
        if (asks.Count > 0) batch.BatchCommands.Add(ReplyAsk.LoadHistory(asks, workspaces, now));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var requests = asks.Count == 0 ? [] : await ReplyAsk.ReadRequests(reader, asks, workspaces, now, cancellationToken);
        // What was sent is only known to be committed once every answer was read.
        while (await reader.NextResultAsync(cancellationToken))
        {
        }

        return requests;
    }

    private static NpgsqlBatchCommand Given(List<(Guid MediaId, Guid CustomerId)> media)
    {
        var command = new NpgsqlBatchCommand(GiveMedia);
        command.Uuid(media, static m => m.MediaId);
        command.Uuid(media, static m => m.CustomerId);
        return command;
    }

    private static NpgsqlBatchCommand Customers(List<NewCustomer> customers, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(InsertCustomers);
        command.Uuid(customers, static c => c.Id);
        command.Uuid(customers, static c => c.WorkspaceId);
        command.Text(customers, static c => c.Name);
        command.Text(customers, static c => c.Email);
        command.Text(customers, static c => c.Phone);
        command.Text(customers, static c => c.Locale);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return command;
    }

    private static NpgsqlBatchCommand Changed(List<CustomerFacts> changed)
    {
        // The last word on each; in the order of the ids, as every writer of several customers does.
        var customers = changed.GroupBy(static c => c.Id).Select(static same => same.Last()).OrderBy(static c => c.Id).ToList();
        var command = new NpgsqlBatchCommand(UpdateCustomers);
        command.Uuid(customers, static c => c.Id);
        command.Text(customers, static c => c.Name);
        command.Text(customers, static c => c.Email);
        command.Text(customers, static c => c.Phone);
        command.Text(customers, static c => c.Locale);
        return command;
    }

    private static NpgsqlBatchCommand Added(List<NewIdentifier> identifiers, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(InsertIdentifiers);
        command.Uuid(identifiers, static i => i.WorkspaceId);
        command.Text(identifiers, static i => i.Kind);
        command.Text(identifiers, static i => i.Value);
        command.Uuid(identifiers, static i => i.CustomerId);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return command;
    }

    private static NpgsqlBatchCommand Early(List<EarlyChange> changes)
    {
        // One statement touches a row once: of several of the same message the last.
        var last = changes.GroupBy(static c => (c.MessageId, c.Change)).Select(static same => same.MaxBy(c => c.At)!).OrderBy(static c => c.MessageId).ToList();
        var command = new NpgsqlBatchCommand(InsertEarly);
        command.Uuid(last, static c => c.MessageId);
        command.Smallint(last, static c => (short)c.Change);
        command.Uuid(last, static c => c.WorkspaceId);
        command.Uuid(last, static c => c.ConnectionId);
        command.Text(last, static c => c.Address);
        command.Text(last, static c => c.Text);
        command.TimestampTz(last, static c => c.At);
        return command;
    }

    private static NpgsqlBatchCommand Ratings(Dictionary<Guid, int> ratings, DateTimeOffset now)
    {
        var scores = ratings.ToList();
        var command = new NpgsqlBatchCommand(UpsertRatings);
        command.Uuid(scores, static rating => rating.Key);
        command.Smallint(scores, static rating => (short)rating.Value);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return command;
    }

    private static NpgsqlBatchCommand Commands(List<(CommandRecord Command, DateTimeOffset At)> commands)
    {
        var command = new NpgsqlBatchCommand(InsertCommands);
        command.Uuid(commands, static c => c.Command.Id);
        command.Uuid(commands, static c => c.Command.WorkspaceId);
        command.Uuid(commands, static c => c.Command.ConversationId);
        command.Smallint(commands, static c => (short)c.Command.Outcome);
        command.Integer(commands, static c => (int)c.Command.Effects);
        command.Bigint(commands, static c => c.Command.Version);
        command.TimestampTz(commands, static c => c.At);
        command.Smallint(commands, static c => (short)c.Command.Promises);
        return command;
    }
}
