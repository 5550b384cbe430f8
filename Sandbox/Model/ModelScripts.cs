namespace Assistify.Sandbox.Model;

/// <summary>A call as a program sees it.</summary>
internal sealed record ModelCall(DateTimeOffset At, string Provider, string Model, bool Stream, string LastUserText, System.Text.Json.Nodes.JsonNode Request);

/// <summary>The scripts in force, in order, and what was asked.</summary>
internal sealed class ModelScripts
{
    private const int KeptCalls = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<ModelCall> _calls = [];
    private List<(Script Script, int Used)> _scripts = [];

    public void Set(IEnumerable<Script> scripts)
    {
        lock (_gate) _scripts = [.. scripts.Select(script => (script, 0))];
    }

    public void Add(Script script)
    {
        lock (_gate) _scripts.Add((script, 0));
    }

    public IReadOnlyList<Script> All
    {
        get
        {
            lock (_gate) return _scripts.ConvertAll(one => one.Script);
        }
    }

    public IReadOnlyList<ModelCall> Calls
    {
        get
        {
            lock (_gate) return [.. _calls];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _scripts.Clear();
            _calls.Clear();
        }
    }

    /// <summary>The answer of the first script that fits; one that says so where none does.</summary>
    public ScriptedAnswer Answer(ModelCall call, bool afterTool)
    {
        lock (_gate)
        {
            if (_calls.Count == KeptCalls) _calls.Dequeue();
            _calls.Enqueue(call);
            for (var i = 0; i < _scripts.Count; i++)
            {
                var (script, used) = _scripts[i];
                if (script.AfterTool is { } wanted && wanted != afterTool) continue;
                if (script.When is { } part && !call.LastUserText.Contains(part, StringComparison.OrdinalIgnoreCase)) continue;

                _scripts[i] = (script, used + 1);
                return script.Answers![Math.Min(used, script.Answers.Count - 1)];
            }
        }

        return new ScriptedAnswer { Text = "The scripted model has no script for this." };
    }
}
