using Npgsql;

namespace Assistify.ChatService;

/// <summary>What became of something of a workspace's own, by name, that somebody saves.</summary>
internal enum Saving
{
    Done,
    NotFound,

    /// <summary>Another one of the workspace has the name.</summary>
    Taken,
    TooMany,
}

internal static class SavingCommands
{
    /// <param name="none">What it means that no row was saved.</param>
    public static async Task<Saving> Save(this NpgsqlCommand command, Saving none, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1 ? Saving.Done : none;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Saving.Taken;
        }
    }
}
