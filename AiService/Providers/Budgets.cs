using System.Globalization;
using Assistify.AiService.Replies;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Http;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Providers;

/// <summary>How much models may cost, in US dollars; null: as much as they do.</summary>
/// <param name="PerDay">All workspaces together, by UTC days.</param>
/// <param name="PerConversation">For as long as it lasts.</param>
internal sealed record BudgetLimits(decimal? PerDay, decimal? PerWorkspacePerDay, decimal? PerConversation)
{
    public static readonly BudgetLimits None = new(null, null, null);

    public bool IsNone => this == None;

    public static BudgetLimits Read(IConfigurationSection section, IReadOnlyList<ProviderSettings> providers)
    {
        var limits = new BudgetLimits(Amount("PerDay"), Amount("PerWorkspacePerDay"), Amount("PerConversation"));
        // A limit that nothing can be counted against would be none.
        if (!limits.IsNone && providers.FirstOrDefault(provider => provider.Price is null) is { } priceless)
        {
            var number = priceless.Name.Split('-')[1];
            throw new InvalidOperationException($"Ai__Providers__{number}__InputPrice and __OutputPrice are missing: the price of {priceless.Model} is not known and a budget is set.");
        }
        return limits;

        decimal? Amount(string key)
        {
            if (string.IsNullOrWhiteSpace(section[key])) return null;
            return decimal.TryParse(section[key], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
                ? amount
                : throw new InvalidOperationException($"The value of Ai__Budgets__{key} is no amount, such as 12.50.");
        }
    }
}

/// <summary>Asked before a call of a model, told after it.</summary>
internal interface IBudgets
{
    /// <param name="conversationId">Null where it is for no conversation.</param>
    Task<Spending> Reserve(Guid workspaceId, Guid? conversationId, ModelPrice? price, int inputTokens, int outputTokens, CancellationToken cancellationToken);

    /// <param name="cost">Null where it was not told: then what was reserved counts.</param>
    Task Settle(Spending spending, decimal? cost);
}

internal static class BudgetExtensions
{
    public static Task<Spending> Reserve(
        this IBudgets budgets, ReplyRequested request, ModelPrice? price, int inputTokens, int outputTokens, CancellationToken cancellationToken) =>
        budgets.Reserve(request.WorkspaceId, request.ConversationId, price, inputTokens, outputTokens, cancellationToken);

    /// <summary>What a call has cost replaces what was reserved for it; where it had begun and told no cost, that stays.</summary>
    public static async Task<ModelAnswer> Settled(this IBudgets budgets, Spending spending, WriterNotes notes, Func<Task<ModelAnswer>> call)
    {
        var before = notes.Cost ?? 0;
        decimal? cost = null;
        try
        {
            var answer = await call();
            cost = notes.Cost > before ? notes.Cost - before : null;
            return answer;
        }
        catch (Exception failure) when (failure is CircuitOpenException or ModelFaultException { HadBegun: false })
        {
            cost = 0;
            throw;
        }
        finally
        {
            await budgets.Settle(spending, cost);
        }
    }
}

/// <summary>
/// What models have cost, and what they may. The most that a call can cost is reserved before it is made, by all replicas in the
/// same rows, so that calls at the same time cannot spend the same money; afterwards the rest is given back.
/// </summary>
internal sealed class Budgets(BudgetLimits limits, NpgsqlDataSource database, TimeProvider time) : IBudgets
{
    // The rows are taken in the order of their names, so that two calls cannot wait for each other.
    private const string ReserveSql = """
        INSERT INTO spending AS s (scope, spent, updated_at)
        SELECT scope, $3, $4 FROM unnest($1, $2) AS a(scope, most) WHERE $3 <= most ORDER BY scope
        ON CONFLICT (scope) DO UPDATE SET spent = s.spent + $3, updated_at = $4
            WHERE s.spent + $3 <= (SELECT most FROM unnest($1, $2) AS b(scope, most) WHERE b.scope = s.scope)
        RETURNING scope
        """;

    public async Task<Spending> Reserve(
        Guid workspaceId, Guid? conversationId, ModelPrice? price, int inputTokens, int outputTokens, CancellationToken cancellationToken)
    {
        if (limits.IsNone || price is null) return Spending.Free;
        var day = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (string Scope, decimal? Most, string Name)[] all =
        [
            ($"conversation/{conversationId}", conversationId is null ? null : limits.PerConversation, "budget_conversation"),
            ($"day/{day}", limits.PerDay, "budget_day"),
            ($"workspace/{day}/{workspaceId}", limits.PerWorkspacePerDay, "budget_workspace"),
        ];
        var asked = all.Where(scope => scope.Most is not null).ToList();
        var most = price.Cost(new TokenUse(inputTokens, outputTokens, 0, inputTokens));

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(ReserveSql, connection, transaction);
        command.Parameters.AddWithValue(asked.Select(scope => scope.Scope).ToArray());
        command.Parameters.AddWithValue(asked.Select(scope => scope.Most!.Value).ToArray());
        command.Parameters.AddWithValue(most);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow());
        var taken = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) taken.Add(reader.GetString(0));
        }
        if (taken.Count < asked.Count)
        {
            await transaction.RollbackAsync(cancellationToken);
            return new Spending([], 0, asked.Find(scope => !taken.Contains(scope.Scope)).Name);
        }
        await transaction.CommitAsync(cancellationToken);
        return new Spending([.. taken], most, null);
    }

    public async Task Settle(Spending spending, decimal? cost)
    {
        if (spending.Scopes.Count == 0 || cost is null) return;
        // Not the caller's token: a cancelled call has cost something too.
        await using var command = database.CreateCommand("""
            UPDATE spending s SET spent = s.spent + $2
            FROM (SELECT scope FROM spending WHERE scope = ANY ($1) ORDER BY scope FOR UPDATE) AS a WHERE s.scope = a.scope
            """);
        command.Parameters.AddWithValue(spending.Scopes.ToArray());
        command.Parameters.AddWithValue(cost.Value - spending.Reserved);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}

/// <param name="Refused">Which budget has not enough left.</param>
internal sealed record Spending(IReadOnlyList<string> Scopes, decimal Reserved, string? Refused)
{
    public static readonly Spending Free = new([], 0, null);
}
