using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.ServiceDefaults;

/// <summary>
/// The process's meters as Prometheus text (https://prometheus.io/docs/instrumenting/exposition_formats/) on <c>/metrics</c>,
/// for loopback callers only.
/// </summary>
internal sealed class PrometheusMetrics : IDisposable
{
    // Seconds; .NET's and OpenTelemetry's duration instruments use them.
    private static readonly double[] s_buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Series> _series = new();
    private readonly MeterListener _listener = new();

    public PrometheusMetrics()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (Telemetry.Meters.Any(name => name == instrument.Meter.Name
                || (name.EndsWith('*') && instrument.Meter.Name.StartsWith(name[..^1], StringComparison.Ordinal))))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var metrics = app.ServiceProvider.GetRequiredService<PrometheusMetrics>();
        app.MapGet("/metrics", (HttpContext http) =>
            http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !http.Request.Headers.ContainsKey("X-Forwarded-For")
                ? Results.Text(metrics.Write(), "text/plain; version=0.0.4")
                : Results.NotFound());
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = _series.GetOrAdd((instrument, Labels(tags)), static _ => new Series(s_buckets.Length));
        lock (series)
        {
            if (instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>))
            {
                var bucket = Array.FindIndex(s_buckets, bound => value <= bound);
                if (bucket >= 0)
                    series.Buckets[bucket]++;
                series.Count++;
                series.Value += value;
            }
            else if (instrument.IsObservable || instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>))
            {
                series.Value = value;
            }
            else
            {
                series.Value += value;
            }
        }
    }

    private string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in _series.GroupBy(static entry => entry.Key.Instrument).OrderBy(static group => group.Key.Name, StringComparer.Ordinal))
        {
            var kind = group.Key.GetType().GetGenericTypeDefinition();
            var name = Name(group.Key, kind);
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(kind == typeof(Histogram<>) ? "histogram" : IsCounter(kind) ? "counter" : "gauge")}\n");
            foreach (var ((_, labels), series) in group)
            {
                lock (series)
                {
                    if (kind == typeof(Histogram<>))
                        WriteHistogram(text, name, labels, series);
                    else
                        text.Append(CultureInfo.InvariantCulture, $"{name}{Braces(labels)} {series.Value}\n");
                }
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, Series series)
    {
        var cumulative = 0L;
        var separator = labels.Length == 0 ? "" : ",";
        for (var i = 0; i < s_buckets.Length; i++)
        {
            cumulative += series.Buckets[i];
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{separator}le=\"{s_buckets[i]}\"}} {cumulative}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{separator}le=\"+Inf\"}} {series.Count}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braces(labels)} {series.Value}\n{name}_count{Braces(labels)} {series.Count}\n");
    }

    private static bool IsCounter(Type kind) => kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);

    private static string Name(Instrument instrument, Type kind)
    {
        var name = new StringBuilder(instrument.Name.Length + 8);
        foreach (var character in instrument.Name)
            name.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        if (instrument.Unit == "s")
            name.Append("_seconds");
        else if (instrument.Unit == "By")
            name.Append("_bytes");
        if (IsCounter(kind))
            name.Append("_total");
        return name.ToString();
    }

    private static string Braces(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (labels.Length > 0)
                labels.Append(',');
            labels.Append(key.Replace('.', '_').Replace('-', '_')).Append("=\"");
            labels.Append(Convert.ToString(value, CultureInfo.InvariantCulture)?
                .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
            labels.Append('"');
        }

        return labels.ToString();
    }

    private sealed class Series(int buckets)
    {
        public double Value { get; set; }
        public long Count { get; set; }
        public long[] Buckets { get; } = new long[buckets];
    }
}
