using System.Text.Json.Nodes;

namespace Assistify.Sandbox.Shopify.GraphQl;

/// <summary>Points that queries take and time gives back.</summary>
internal sealed class CostBucket(double capacity, double perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _taken;
    private DateTimeOffset _at = DateTimeOffset.MinValue;

    public bool TryTake(int points)
    {
        lock (_gate)
        {
            Refill();
            if (capacity - _taken < points) return false;

            _taken += points;
            return true;
        }
    }

    /// <summary>What was asked for but not used.</summary>
    public void GiveBack(int points)
    {
        lock (_gate) _taken = Math.Max(0, _taken - points);
    }

    public JsonObject Status()
    {
        lock (_gate)
        {
            Refill();
            return new JsonObject { ["maximumAvailable"] = capacity, ["currentlyAvailable"] = (int)(capacity - _taken), ["restoreRate"] = perSecond };
        }
    }

    private void Refill()
    {
        var now = time.GetUtcNow();
        _taken = Math.Max(0, _taken - perSecond * (now - _at).TotalSeconds);
        _at = now;
    }
}
