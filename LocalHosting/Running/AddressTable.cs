using System.Globalization;
using System.Text;
using Assistify.LocalHosting.Dashboard;

namespace Assistify.LocalHosting.Running;

/// <summary>What a person needs once everything runs: the addresses.</summary>
internal static class AddressTable
{
    public static string Of(
        SystemModel model, IReadOnlyList<ResourceInstance> instances, DashboardAddresses? dashboard, TimeSpan took)
    {
        var rows = instances
            .Where(static instance => instance.Replica == 0)
            .SelectMany(static instance => instance.Urls)
            .Where(static url => !url.IsInternal)
            .Select(static url => (url.Text, url.Url))
            .Append(dashboard is null
                ? ("Dashboard", "not installed: ./run installs it from npm where that can be reached")
                : ("Dashboard", dashboard.LoginLink))
            .Append(("Data and logs", model.DataFolder))
            .ToList();
        var width = rows.Max(static row => row.Item1.Length);

        var table = new StringBuilder();
        table.AppendLine();
        table.AppendLine(CultureInfo.InvariantCulture, $"  Assistify is ready ({took.TotalSeconds:0.0} s). Ctrl-C stops it and keeps the data.");
        table.AppendLine();
        foreach (var (text, address) in rows) table.AppendLine(CultureInfo.InvariantCulture, $"  {text.PadRight(width)}  {address}");
        return table.ToString();
    }
}
