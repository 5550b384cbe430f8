using Assistify.Testing;
using Npgsql;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests.Testing;

internal sealed class TestPostgresTests
{
    [Test]
    public async Task Each_test_gets_an_empty_database_of_its_own()
    {
        var first = TestPostgres.NewDatabase();
        var second = await TestPostgres.NewDatabaseAsync();

        await Execute(first, "CREATE TABLE only_here (id int)");

        Assert.That(await Execute(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'"), Is.EqualTo(0L));
    }

    private static async Task<object?> Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
