using System.Security.Claims;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Conversations;

/// <summary>
/// Reads conversations as their caller may see them: operators those of their workspace, web customers their own on the web.
/// What the caller may not see is not there.
/// </summary>
internal sealed class ConversationReader(NpgsqlDataSource database, MediaLinks media)
{
    // A token of a customer who was merged into another stands for the other one.
    private const string Visible =
        """
        c.workspace_id = $1 and ($2::uuid is null or (c.channel = 'web' and c.customer_id in (
            select coalesce(u0.merged_into, u0.id) from customers u0 where u0.id = $2 and u0.workspace_id = $1)))
        """;

    private const string FindOne = $"select {ConversationRows.Columns} from conversations c where c.id = $3 and {Visible}";

    private const string FindView =
        $"select {ConversationView.Columns} from conversations c {ConversationView.Joins} where c.id = $3 and {Visible}";

    private const string FindViews =
        $"select {ConversationView.Columns} from conversations c {ConversationView.Joins} where c.id = any($1)";

    private const string Latest =
        $"""
        select {ConversationRows.Columns} from conversations c
        where {Visible} and c.channel = 'web' order by c.status = 2, c.created_at desc limit 1
        """;

    private const string ChangedSince =
        $"""
        select {MessageRows.Columns} from messages m
        where m.conversation_id = $1 and m.revision > $2 and ($3 or not m.private) order by m.sequence
        """;

    public async Task<Conversation?> Find(ClaimsPrincipal user, Guid id, CancellationToken cancellationToken)
    {
        await using var command = ForCaller(FindOne, user);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ConversationRows.Read(reader) : null;
    }

    /// <summary>The web customer's open conversation, or the last one.</summary>
    public async Task<Conversation?> FindLatest(ClaimsPrincipal customer, CancellationToken cancellationToken)
    {
        await using var command = ForCaller(Latest, customer);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ConversationRows.Read(reader) : null;
    }

    public async Task<ConversationView?> View(ClaimsPrincipal user, Guid id, CancellationToken cancellationToken)
    {
        await using var command = ForCaller(FindView, user);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var view = ConversationView.Read(reader);
        return user.IsCustomer() ? view.ForCustomer() : view;
    }

    /// <summary>For those whose right to see them was checked before.</summary>
    public async Task<List<ConversationView>> Views(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FindViews);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var views = new List<ConversationView>();
        while (await reader.ReadAsync(cancellationToken)) views.Add(ConversationView.Read(reader));
        return views;
    }

    /// <summary>The messages that changed after the revision, in sequence order.</summary>
    public async Task<List<StoredMessage>> MessagesSince(
        Guid conversationId, long revision, bool withPrivate, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ChangedSince);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = revision });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = withPrivate });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<StoredMessage>();
        while (await reader.ReadAsync(cancellationToken)) messages.Add(MessageRows.Read(reader));
        return messages;
    }

    public MessageView View(StoredMessage message, bool forCustomer) => MessageView.Of(message, media, forCustomer);

    private NpgsqlCommand ForCaller(string sql, ClaimsPrincipal user)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = user.WorkspaceId() });
        command.Parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid,
            Value = user.IsCustomer() ? user.Id() : DBNull.Value,
        });
        return command;
    }
}
