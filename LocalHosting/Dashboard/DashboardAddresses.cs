namespace Assistify.LocalHosting.Dashboard;

/// <summary>Where the dashboard is for people (with the token that logs them in) and for telemetry.</summary>
internal sealed record DashboardAddresses(string Frontend, string BrowserToken, string Telemetry, string TelemetryKey)
{
    public string LoginLink => $"{Frontend}/login?t={BrowserToken}";
}
