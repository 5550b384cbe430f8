namespace Assistify.AiService.Assistants;

/// <param name="Removed">Lines or entries that only the first has.</param>
/// <param name="Added">Those that only the second has.</param>
public sealed record SettingChange(string Setting, IReadOnlyList<string> Removed, IReadOnlyList<string> Added);

internal static class SettingsComparison
{
    public static IReadOnlyList<SettingChange> Of(AssistantSettings from, AssistantSettings to)
    {
        var all = new[]
        {
            Change("instructions", Lines(from.Instructions), Lines(to.Instructions)),
            Change("longestAnswer", Number(from.LongestAnswer), Number(to.LongestAnswer)),
            Change("strictTopics", from.StrictTopics, to.StrictTopics),
            Change("handOverTopics", from.HandOverTopics, to.HandOverTopics),
        };
        return [.. all.Where(change => change.Removed.Count + change.Added.Count > 0)];
    }

    private static SettingChange Change(string setting, IReadOnlyList<string> from, IReadOnlyList<string> to) => new(setting, [.. from.Except(to)], [.. to.Except(from)]);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string[] Number(int? number) => number is { } value ? [value.ToString(System.Globalization.CultureInfo.InvariantCulture)] : [];
}
