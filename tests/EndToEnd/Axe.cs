using System.Text.Json;
using Assistify.Load.Systems;
using Microsoft.Playwright;

namespace Assistify.EndToEnd;

/// <summary>axe-core's serious and critical findings on a page.</summary>
internal static class Axe
{
    private static readonly string s_script = File.ReadAllText(Path.Combine(Repository.Root, "web", "node_modules", "axe-core", "axe.min.js"));

    public static async Task<IReadOnlyList<string>> Findings(IPage page)
    {
        // Not as a script element: the page's policy lets only its own run.
        await page.EvaluateAsync(s_script + "; undefined");
        var json = await page.EvaluateAsync<string>(
            """
            async () => {
              const { violations } = await globalThis.axe.run();
              return JSON.stringify(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .flatMap(({ id, impact, nodes }) => nodes.map(({ target }) => `${impact} ${id}: ${target.join(' ')}`)));
            }
            """);
        return JsonSerializer.Deserialize<List<string>>(json)!;
    }
}
