using System.Globalization;

namespace Assistify.AiService.Evaluation;

/// <summary>The options of a command line, <c>--name value</c>, each known to the evaluation that is run.</summary>
internal sealed class EvaluationOptions
{
    private readonly Dictionary<string, string> _values;

    private EvaluationOptions(Dictionary<string, string> values) => _values = values;

    public static EvaluationOptions Read(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var name = arguments[i];
            if (!name.StartsWith("--", StringComparison.Ordinal)) throw new EvaluationFault($"Options are written --name value; '{name}' is neither.");
            if (i + 1 == arguments.Count || arguments[i + 1].StartsWith("--", StringComparison.Ordinal)) throw new EvaluationFault($"The option {name} needs a value.");
            if (!values.TryAdd(name[2..], arguments[i + 1])) throw new EvaluationFault($"The option {name} is given twice.");
        }
        return new EvaluationOptions(values);
    }

    /// <summary>To be called first: a mistyped option would otherwise be ignored.</summary>
    public EvaluationOptions Only(params string[] known)
    {
        var unknown = _values.Keys.FirstOrDefault(name => !known.Contains(name));
        if (unknown is not null) throw new EvaluationFault($"There is no option --{unknown} here; known are {string.Join(", ", known.Select(name => "--" + name))}.");
        return this;
    }

    public string Required(string name) => Optional(name) ?? throw new EvaluationFault($"The option --{name} is missing.");

    public string? Optional(string name) => _values.GetValueOrDefault(name);

    public ulong Number(string name, ulong otherwise)
    {
        if (Optional(name) is not { } text) return otherwise;
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new EvaluationFault($"The option --{name} is a whole number that is not negative, not '{text}'.");
    }
}
