using System.Net;
using System.Net.Http.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Testing;
using Npgsql;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Customers;

/// <summary>While an operator changes a customer, that customer writes.</summary>
public sealed class CustomerLockTests : ChatTests
{
    [TestCase("block")]
    [TestCase("merge")]
    [TestCase("unmerge")]
    [TestCase("erase")]
    public async Task Whoever_changes_a_customer_waits_for_the_batch_that_learns_something_of_him(string change)
    {
        var (one, other) = (await Writes(), await Writes());
        if (change == "unmerge") await Post(one.Customer, "merge", other.Customer);

        // As a batch does: first the conversation, in the end the customer.
        await using var connection = await _host.Database.OpenConnectionAsync();
        await using var batch = await connection.BeginTransactionAsync();
        await Execute(connection, "select 1 from conversations where id = $1 for update", other.Conversation);
        var call = change switch
        {
            "block" => _host.Operator().PostAsync($"/api/customers/{other.Customer}/block", null),
            "erase" => _host.Operator("owner").DeleteAsync($"/api/customers/{other.Customer}"),
            _ => Post(one.Customer, change, other.Customer),
        };
        await Eventually.IsTrue(
            async () => (await _host.Query<bool>("select exists (select from pg_stat_activity where $1 = any(pg_blocking_pids(pid)))", connection.ProcessID)).Single(),
            TimeSpan.FromSeconds(60));
        await Execute(connection, "update customers set locale = 'el' where id = any($1)", new[] { one.Customer, other.Customer });
        await batch.CommitAsync();

        Assert.That((await call).StatusCode, Is.EqualTo(change == "erase" ? HttpStatusCode.NoContent : HttpStatusCode.OK));
    }

    private Task<HttpResponseMessage> Post(Guid into, string change, Guid from) =>
        _host.Operator().PostAsJsonAsync($"/api/customers/{into}/{change}", new { customerId = from });

    private async Task<(Guid Customer, Guid Conversation)> Writes()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var conversation = await _host.Conversation(number);
        return (conversation.CustomerId, conversation.Id);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, object value)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}
