using Npgsql;

namespace Assistify.AiService.Providers;

/// <param name="Kind">Such as <c>colour</c>.</param>
internal sealed record Preference(string Kind, string Value);

/// <summary>What is known of a customer before he says anything.</summary>
internal interface ICustomerPreferences
{
    Task<IReadOnlyList<Preference>> Of(Guid workspaceId, Guid customerId, CancellationToken cancellationToken);
}

/// <summary>What customers like, in their own words, remembered by a tool.</summary>
internal sealed class CustomerPreferences(NpgsqlDataSource database) : ICustomerPreferences
{
    private const int Most = 12;

    public async Task<IReadOnlyList<Preference>> Of(Guid workspaceId, Guid customerId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT kind, value FROM customer_preferences WHERE workspace_id = $1 AND customer_id = $2 ORDER BY created_at DESC LIMIT $3");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(customerId);
        command.Parameters.AddWithValue(Most);
        var found = new List<Preference>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found.Add(new Preference(reader.GetString(0), reader.GetString(1)));
        return found;
    }
}
