using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Assistify.ServiceDefaults.Http;

/// <summary>
/// The circuits of this process by name, and their metric <c>assistify_circuit_state</c> (0 closed, 1 half open, 2 open).
/// Kept outside the handlers, which are recycled.
/// </summary>
public sealed class Circuits : IDisposable
{
    public const string MeterName = "Assistify.Http";

    private readonly ConcurrentDictionary<string, Circuit> _circuits = new(StringComparer.Ordinal);
    private readonly Meter _meter = new(MeterName);
    private readonly TimeProvider _time;
    private readonly Cache? _cache;

    public Circuits(TimeProvider time, Cache? cache = null)
    {
        _time = time;
        _cache = cache;
        _meter.CreateObservableGauge(
            "assistify_circuit_state",
            () => _circuits.Values.Select(circuit =>
                new Measurement<int>((int)circuit.State, new KeyValuePair<string, object?>("name", circuit.Name))),
            description: "State of the circuit breaker of each dependency: 0 closed, 1 half open, 2 open");
    }

    public Circuit Get(string name) => _circuits.GetOrAdd(name, static (key, own) => new Circuit(key, own._time, own._cache), this);

    public void Dispose() => _meter.Dispose();
}
