using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Assistify.Testing;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>A conversation that went on for years.</summary>
[TestFixture]
public sealed class LongConversationTests
{
    private const int Messages = 5_000;

    // The few messages that are there come after those of years.
    private static readonly string[] s_insert =
    [
        "update conversations set sequence = sequence + $2, last_message_sequence = last_message_sequence + $2 where id = $1",
        "update messages set sequence = sequence + $2 where conversation_id = $1",
        """
        insert into messages (id, conversation_id, workspace_id, sequence, revision, author, author_name, text, private, created_at)
        select gen_random_uuid(), $1, workspace_id, n, 1, n % 3, case n % 3 when 2 then 'Eve' end,
            'Message ' || n || repeat(' of many years ago, when there was much to say', n % 7), n % 150 = 2, now() - ($2 - n + 1) * interval '10 minutes'
        from conversations, generate_series(1, $2) n where conversations.id = $1
        """,
    ];

    [Test]
    public async Task Five_thousand_messages_are_read_to_the_first_while_another_comes_and_the_latest_is_one_press_away()
    {
        var number = $"+4477008{RandomNumberGenerator.GetInt32(100_000).ToString("00000", CultureInfo.InvariantCulture)}";
        await Api.Write("whatsapp", new { from = number, text = "Are you open on Sunday?", profileName = "Methuselah" });
        await using var database = NpgsqlDataSource.Create(Shared.System.EnvironmentOf("chat")["ConnectionStrings__chatdb"]);
        var id = await Answered(database, number);
        await using (var batch = database.CreateBatch())
        {
            foreach (var sql in s_insert) batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = id }, new() { Value = Messages } } });
            await batch.ExecuteNonQueryAsync();
        }

        await using var visit = await Visit.To("/console", width: 1440, height: 900);
        await Colleague.Owner.SignIn(visit);
        await visit.Page.GotoAsync($"/console/inbox/{id}");
        // Found by where they are: looking for words or names would lay out what is out of sight.
        var (first, last) = (visit.Page.Locator(".entry").First, visit.Page.Locator(".entry").Last);
        await Expect(last).ToBeInViewportAsync();

        var up = JsonSerializer.Deserialize<Seen>(await visit.Page.EvaluateAsync<string>(
            """
            async () => {
              const scroller = document.querySelector('.scroller');
              const frame = () => new Promise(requestAnimationFrame);
              const times = [];
              let last = await frame();
              for (let frames = 0; frames < 20000; frames++) {
                scroller.scrollTop -= 400;
                const now = await frame();
                times.push(now - last);
                last = now;
                if (scroller.scrollTop <= 0 && !document.querySelector('.earlier')) break;
              }
              return JSON.stringify({ entries: scroller.querySelectorAll('.entry').length, times });
            }
            """), JsonSerializerOptions.Web)!;
        await Frames.Report("long-conversation-up", $"{up.Entries} messages, read to the first", up.Times);
        Assert.That(up.Entries, Is.GreaterThanOrEqualTo(Messages + 2));
        await Expect(first).ToContainTextAsync("Message 1 of many years ago");
        await Expect(first).ToBeInViewportAsync();

        // Whoever reads keeps the place; what comes is counted.
        var before = await Top(visit.Page);
        await Api.Write("whatsapp", new { from = number, text = "And on Monday?", profileName = "Methuselah" });
        var pill = visit.Page.Locator(".fresh");
        await Expect(pill).ToContainTextAsync("new");
        Assert.That(await Top(visit.Page), Is.EqualTo(before).Within(1), "what is read stays where it is");

        await pill.ClickAsync();
        await Expect(last).ToBeInViewportAsync();
        await Expect(pill).ToHaveCountAsync(0);

        // At the end it follows, and typing is as quick as in a short one.
        var typed = JsonSerializer.Deserialize<Seen>(await visit.Page.EvaluateAsync<string>(
            """
            async () => {
              const field = document.querySelector('.composer-field');
              const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
              const frame = () => new Promise(requestAnimationFrame);
              const times = [];
              let last = await frame();
              for (let letter = 1; letter <= 120; letter++) {
                set.call(field, 'x'.repeat(letter));
                field.dispatchEvent(new Event('input', { bubbles: true }));
                const now = await frame();
                times.push(now - last);
                last = now;
              }
              set.call(field, '');
              field.dispatchEvent(new Event('input', { bubbles: true }));
              return JSON.stringify({ entries: document.querySelectorAll('.entry').length, times });
            }
            """), JsonSerializerOptions.Web)!;
        await Frames.Report("long-conversation-typing", $"{typed.Entries} messages, while somebody types", typed.Times);
        await Api.Write("whatsapp", new { from = number, text = "And on Tuesday?", profileName = "Methuselah" });
        await Expect(visit.Page.Locator($".entry:nth-last-child(-n+3):has-text('And on Tuesday?')")).ToBeInViewportAsync();
        Assert.That(visit.Errors, Is.Empty);
    }

    /// <summary>Where the first message in sight is.</summary>
    private static Task<double> Top(IPage page) => page.EvaluateAsync<double>(
        """
        () => {
          const top = document.querySelector('.scroller').getBoundingClientRect().top;
          return [...document.querySelectorAll('.entry')].map(entry => entry.getBoundingClientRect()).find(box => box.bottom > top).top;
        }
        """);

    /// <summary>His conversation, once the assistant has answered and nothing of it is on its way any more.</summary>
    private static async Task<Guid> Answered(NpgsqlDataSource database, string number)
    {
        Guid? found = null;
        await Eventually.IsTrue(
            async () =>
            {
                await using var command = database.CreateCommand(
                    """
                    select c.id from conversations c
                    where c.address = $1 and c.due_at is null and exists (
                        select 1 from messages m where m.conversation_id = c.id and m.author = 1 and m.delivery_status >= 2)
                    """);
                command.Parameters.AddWithValue($"whatsapp:{number}");
                found = (Guid?)await command.ExecuteScalarAsync();
                return found is not null;
            },
            TimeSpan.FromSeconds(90));
        return found!.Value;
    }

    private sealed record Seen(int Entries, IReadOnlyList<double> Times);
}
