namespace Assistify.LocalHosting.Running;

/// <summary>The one place that writes to the terminal, so that lines of many processes don't mix.</summary>
internal sealed class Terminal(int nameWidth)
{
    private static readonly string[] s_colors = ["36", "32", "33", "35", "34", "96", "92", "93", "95", "94"];
    private readonly Lock _lock = new();
    private readonly bool _colors = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;

    public Action<string> Prefixed(string name, int index)
    {
        var prefix = name.PadRight(nameWidth) + " | ";
        if (_colors) prefix = $"\u001b[{s_colors[index % s_colors.Length]}m{prefix}\u001b[0m";
        return text => Say(prefix + text);
    }

    public void Say(string text)
    {
        try
        {
            lock (_lock) Console.Out.WriteLine(text);
        }
        catch (IOException)
        {
            // The terminal is gone; the log files go on.
        }
    }
}
