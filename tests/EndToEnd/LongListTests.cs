using System.Text.Json;
using Assistify.Contracts;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Assistify.EndToEnd;

/// <summary>An inbox as it is after months.</summary>
[TestFixture]
public sealed class LongListTests
{
    private const int Conversations = 10_000;

    // Of customers who wrote long ago on a connection of their own, so that no other test's customer is among them.
    private const string Insert =
        """
        with numbers as (select n, gen_random_uuid() as id, gen_random_uuid() as customer, now() - interval '30 days' - n * interval '1 minute' as at from generate_series(1, $2) n),
            added as (insert into customers (id, workspace_id, name, created_at) select customer, $1, 'Long ago ' || n, at from numbers returning id)
        insert into conversations (id, workspace_id, customer_id, connection_id, channel, address, partition, status, turn, version, sequence, revision, asked_version,
            last_message_id, last_message_sequence, last_message_author, last_message_text, last_message_at, last_activity_at, changed_at, created_at)
        select id, $1, customer, gen_random_uuid(), 'whatsapp', 'long-ago-' || n, 0, 2, 0, 1, 1, 1, 1,
            gen_random_uuid(), 1, 'customer', 'A question of long ago, number ' || n, at, at, at, at from numbers
        """;

    [Test]
    public async Task Ten_thousand_conversations_scroll_and_few_rows_exist()
    {
        await using (var database = NpgsqlDataSource.Create(Shared.System.EnvironmentOf("chat")["ConnectionStrings__chatdb"]))
        await using (var command = database.CreateCommand(Insert))
        {
            command.Parameters.AddWithValue(Identifiers.DefaultWorkspace);
            command.Parameters.AddWithValue(Conversations);
            await command.ExecuteNonQueryAsync();
        }

        await using var visit = await Visit.To("/console?view=closed", width: 1440, height: 900);
        await Colleague.Owner.SignIn(visit);
        await visit.Page.GotoAsync("/console/inbox?view=closed&channel=whatsapp");
        await Expect(visit.Page.Locator(".row").First).ToContainTextAsync("Long ago");

        // First to the end, page after page; then back up from there as fast as a flick of the finger, with the time of each frame.
        // The times are reported and not judged: they are the machine's as much as ours.
        var json = await visit.Page.EvaluateAsync<string>(
            """
            async count => {
              const list = document.querySelector('.list');
              const frame = () => new Promise(requestAnimationFrame);
              const total = () => Number(list.querySelector('.row')?.getAttribute('aria-setsize'));
              for (let frames = 0; total() < count && frames < 6000; frames++) {
                list.scrollTop = list.scrollHeight;
                await frame();
              }
              const times = [];
              let [last, most] = [await frame(), 0];
              for (let step = 1; step <= 600; step++) {
                list.scrollTop -= 200;
                const now = await frame();
                times.push(now - last);
                last = now;
                most = Math.max(most, list.querySelectorAll('.row').length);
              }
              return JSON.stringify({ total: total(), most, times });
            }
            """,
            Conversations);
        var seen = JsonSerializer.Deserialize<Seen>(json, JsonSerializerOptions.Web)!;
        await Frames.Report("long-list", $"{seen.Total} conversations", seen.Times);
        await TestContext.Out.WriteLineAsync($"at most {seen.Most} rows");

        Assert.That(seen.Total, Is.GreaterThanOrEqualTo(Conversations));
        Assert.That(seen.Most, Is.LessThan(60), "rows that exist at once");
        Assert.That(visit.Errors, Is.Empty);
    }

    private sealed record Seen(int Total, int Most, IReadOnlyList<double> Times);
}
