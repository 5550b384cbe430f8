using System.Text;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Assistify.ChannelService.Tests.Vectors;

/// <summary>A <c>webhook</c> case under way: its requests go to the real endpoint, and what came of them is looked up where it is kept.</summary>
internal sealed class WebhookRun
{
    private readonly VectorApp _app;
    private readonly List<WebhookContent> _read = [];
    private readonly Dictionary<string, Guid> _sent = [];

    private WebhookRun(VectorApp app, VectorCase vector)
    {
        (_app, Vector, SetUp) = (app, vector, ChannelSetUp.For(vector.Channel));
        Adapters = app.Connect(vector, SetUp, _read);
    }

    public VectorCase Vector { get; }

    public ChannelSetUp SetUp { get; }

    public IReadOnlyList<IChannelAdapter> Adapters { get; }

    /// <summary>The account's connection, where the case has it.</summary>
    public ChannelConnection? Own(string account) => Adapters.Select(adapter => adapter.Connection).FirstOrDefault(connection => connection.Account == account);

    public static async Task<WebhookRun> Begin(VectorApp app, VectorCase vector)
    {
        var run = new WebhookRun(app, vector);
        foreach (var message in vector.Events.Select(expected => (string?)expected["message_ref"]).Where(id => id is not null)
            .Concat(vector.After?["final_status"]?.AsObject().Select(pair => pair.Key) ?? []).Distinct())
            await run.HasSent(message!);
        return run;
    }

    public async Task<(int Status, string Body, IReadOnlyList<WebhookContent> Read)> Send(VectorRequest request)
    {
        _app.Service.Time.StopAt(Vector.Now + request.At);
        _read.Clear();
        var response = await _app.Service.Server.SendAsync(context =>
        {
            context.Request.Method = request.Method;
            context.Request.Scheme = "http";
            context.Request.Host = new HostString("localhost");
            context.Request.Path = SetUp.AddressOf(request, Adapters[0].Connection);
            context.Request.QueryString = new QueryString(request.Query);
            foreach (var (name, value) in request.Headers) context.Request.Headers.Append(name, value);
            context.Request.Host = new HostString("localhost");
            context.Request.Body = new MemoryStream(request.Body);
            context.Request.ContentLength = request.Body.Length;
        });
        using var reader = new StreamReader(response.Response.Body, Encoding.UTF8);
        return (response.Response.StatusCode, await reader.ReadToEndAsync(), [.. _read]);
    }

    /// <summary>Ids of the messages that went on to ChatService, once for each time.</summary>
    public IReadOnlyList<Guid> Published() =>
        [.. _app.Service.Broker.Published.Select(IdOf).Where(id => Adapters.Any(adapter => adapter.Connection.Id == id.Connection)).Select(id => id.Message)];

    /// <summary>What is known now of a message that was sent earlier.</summary>
    public async Task<(string Status, string? ErrorCode)> Delivery(string externalId)
    {
        await using var command = _app.Database.CreateCommand("SELECT status, error_code FROM deliveries WHERE delivery_id = $1");
        command.Parameters.Add(Sql.Value(_sent[externalId]));
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (((LedgerStatus)reader.GetInt16(0)).ToString().ToLowerInvariant(), reader.IsDBNull(1) ? null : reader.GetString(1));
    }

    /// <summary>How many things the log has once and not as a repeat.</summary>
    public Task<long> LoggedOnce() => Count("outcome IN ('accepted', 'ignored') AND external_id IS NOT NULL");

    public Task<long> LoggedAs(string outcome) => Count($"outcome = '{outcome}'");

    public async Task<IReadOnlyList<string>> ForeignAccounts()
    {
        await using var command = _app.Database.CreateCommand(
            "SELECT DISTINCT substr(reason, length('account_mismatch: ') + 1) FROM webhook_logs WHERE outcome = 'foreign' AND received_at >= $1 AND channel = $2");
        command.Parameters.Add(Sql.Time(Vector.Now));
        command.Parameters.Add(Sql.Value(Adapters[0].Connection.Channel));
        var accounts = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) accounts.Add(SetUp.AccountOf(reader.GetString(0)));
        return accounts;
    }

    public async Task<bool> KeepsRaw(string text)
    {
        await using var command = _app.Database.CreateCommand("SELECT raw FROM webhook_logs WHERE connection_id = ANY($1) AND raw IS NOT NULL");
        command.Parameters.Add(Sql.Value(Ids));
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            if (Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0)).Contains(text, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>The deletions that went on to ChatService, by the message that they are about.</summary>
    public IReadOnlyList<string> Erased() =>
    [
        .. _app.Service.Broker.Published.OfType<MessageChanged>()
            .Where(change => change.Change == MessageChange.Deleted && Ids.Contains(change.ConnectionId)).Select(change => change.TargetExternalId),
    ];

    public async Task<string?> Title(string resourceId)
    {
        await using var command = _app.Database.CreateCommand(
            "SELECT record->>'title' FROM commerce_records WHERE connection_id = ANY($1) AND resource_id = $2");
        command.Parameters.Add(Sql.Value(Ids));
        command.Parameters.Add(Sql.Value(resourceId));
        return await command.ExecuteScalarAsync() as string;
    }

    private Guid[] Ids => [.. Adapters.Select(adapter => adapter.Connection.Id)];

    private async Task<long> Count(string condition)
    {
        await using var command = _app.Database.CreateCommand($"SELECT count(*) FROM webhook_logs WHERE connection_id = ANY($1) AND {condition}");
        command.Parameters.Add(Sql.Value(Ids));
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The ledger knows a message under way with this id, so that its statuses mean something.</summary>
    private async Task HasSent(string externalId)
    {
        var deliveryId = Guid.CreateVersion7();
        _sent[externalId] = deliveryId;
        await using var command = _app.Database.CreateCommand(
            """
            INSERT INTO deliveries (
                delivery_id, part, parts, conversation_id, workspace_id, connection_id, partition, address, body, by_assistant, version, status, attempt,
                attempt_started_at, lease_until, next_attempt_at, external_id, created_at, updated_at)
            VALUES ($1, 0, 1, $1, $2, $3, 0, $4, 'sent', true, 1, 1, 1, $5, $5, $5, $4, $5, $5)
            """);
        command.Parameters.Add(Sql.Value(deliveryId));
        command.Parameters.Add(Sql.Value(Identifiers.DefaultWorkspace));
        command.Parameters.Add(Sql.Value(Adapters[0].Connection.Id));
        command.Parameters.Add(Sql.Value(externalId));
        command.Parameters.Add(Sql.Time(Vector.Now));
        await command.ExecuteNonQueryAsync();
    }

    private static (Guid Connection, Guid Message) IdOf(object message) => message switch
    {
        CustomerMessageReceived received => (received.ConnectionId, received.MessageId),
        MessageChanged changed => (changed.ConnectionId, changed.ChangeId),
        OutsideReplyReceived replied => (replied.ConnectionId, replied.MessageId),
        CustomerAddressChanged moved => (moved.ConnectionId, moved.ChangeId),
        _ => default,
    };
}
