using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Providers;

/// <summary>
/// Answers of models to questions that hold for anybody who asks them: a first question about the knowledge or the products, with no day, order,
/// contact or preference in it, answered without a tool. The key names all that such an answer depends on, so a new version of anything misses.
/// </summary>
internal sealed class AnswerCache(NpgsqlDataSource database, ICustomerPreferences preferences, AnswerModels models, TimeProvider time) : IKeptAnswers
{
    /// <summary>What nobody changes may yet be wrong in a while.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private const int LongestQuestion = 300;

    private static readonly HashSet<string> s_personal =
    [
        Intents.OrderStatus, Intents.CancelOrder, Intents.ChangeOrder, Intents.RefundStatus, Intents.PlaceOrder, Intents.PaymentProblem, Intents.Account, Intents.Invoice,
        Intents.BookAppointment, Intents.ChangeAppointment, Intents.CancelAppointment, Intents.Complaint, Intents.TalkToPerson, Intents.OptOut,
    ];

    /// <summary>Null where the answer to it must be made for this customer and moment.</summary>
    public async Task<string?> KeyOf(ReplyTask task, CancellationToken cancellationToken)
    {
        if (!IsForAnybody(task) || task.Assistant.Settings.IsStrict(task.Plan)) return null;
        if ((await preferences.Of(task.Request.WorkspaceId, task.Request.CustomerId, cancellationToken)).Count > 0) return null;
        var question = string.Join(' ', Words.Split(Words.Fold(task.Unanswered[0].Text)));
        string[] parts =
        [
            task.Request.WorkspaceId.ToString(), $"knowledge {task.KnowledgeVersion}", $"instructions {task.Assistant.PromptVersion}", .. models.Names, task.Plan.Language,
            task.Request.Channel, Tone.Of(task.Request), question,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
    }

    public async Task<Draft?> Find(string key, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT answer::text FROM cached_answers WHERE key = $1 AND created_at > $2");
        command.Parameters.AddWithValue(key);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow() - Lifetime);
        return await command.ExecuteScalarAsync(cancellationToken) is string answer ? JsonSerializer.Deserialize<Draft>(answer, Json.Options) : null;
    }

    public async Task Keep(ReplyTask task, Draft draft, CancellationToken cancellationToken)
    {
        if (task.Notes.Tools.Count > 0 || await KeyOf(task, cancellationToken) is not { } key) return;
        await using var command = database.CreateCommand("""
            INSERT INTO cached_answers (key, answer, created_at) VALUES ($1, $2, $3)
            ON CONFLICT (key) DO UPDATE SET answer = excluded.answer, created_at = excluded.created_at
            """);
        command.Parameters.AddWithValue(key);
        // It costs nothing when it is given again.
        command.Parameters.AddWithValue(NpgsqlDbType.Json, JsonSerializer.Serialize(draft with { Cost = null }, Json.Options));
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static bool IsForAnybody(ReplyTask task) =>
        task.Request.IsOn(Features.Cache) && task.Request.IsOn(Features.Models)
        && task.Unanswered is [{ Text.Length: > 0 and <= LongestQuestion, Page: null }]
        && task.Remembered is null && task.Seen.Count == 0 && !task.Before.Any(message => message.Author is Author.Customer or Author.Agent)
        && !task.Plan.HandOver && task.Plan.Wishes.Count > 0 && task.Plan.Wishes.All(IsForAnybody);

    private static bool IsForAnybody(Wish wish) =>
        wish.Kind is WishKind.Courtesy or WishKind.Knowledge or WishKind.Products or WishKind.Open
        && !s_personal.Contains(wish.Intent)
        && wish.Entities.All(entity => entity is MoneyEntity or QuantityEntity);
}

/// <summary>Where writers leave their answers.</summary>
internal interface IKeptAnswers
{
    /// <summary>Keeps an answer that passed the checks, if it holds for anybody.</summary>
    Task Keep(ReplyTask task, Draft draft, CancellationToken cancellationToken);
}

/// <summary>Who could write, in their order: another model would write another answer.</summary>
internal sealed record AnswerModels(IReadOnlyList<string> Names);
