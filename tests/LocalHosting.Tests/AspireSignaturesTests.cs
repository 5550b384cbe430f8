using System.Reflection;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests;

/// <summary>Keeps AppHost compiling against the real Aspire packages, which are not here to compile it against.</summary>
internal sealed partial class AspireSignaturesTests
{
    private static readonly string s_root = FindRoot();

    private static readonly HashSet<string> s_listed =
        [.. File.ReadLines(Path.Combine(s_root, "tests", "LocalHosting.Tests", "AspireSignatures.txt"))
            .Select(static line => line.Trim()).Where(static line => line.Length > 0 && line[0] != '#')];

    [Test]
    public void LocalHosting_exposes_nothing_that_Aspire_does_not_have()
    {
        var exposed = typeof(DistributedApplication).Assembly.GetExportedTypes().SelectMany(Describe).ToList();

        Assert.That(exposed.Where(signature => !s_listed.Contains(signature)), Is.Empty);
    }

    [Test]
    public void AppHost_calls_nothing_on_the_model_that_Aspire_does_not_have()
    {
        var listedNames = s_listed.Select(static signature => Name().Match(signature).Groups[1].Value).ToHashSet();
        var sources = Directory.GetFiles(Path.Combine(s_root, "AppHost"), "*.cs", SearchOption.TopDirectoryOnly)
            .Append(Path.Combine(s_root, "AppHost", "Settings", "SettingsExtensions.cs"));
        var called = sources.SelectMany(static file => Call().Matches(File.ReadAllText(file)).Select(static match => match.Groups[1].Value)).Distinct();

        // WithSettings is AppHost's own, on top of these.
        Assert.That(called.Where(name => !listedNames.Contains(name) && name != "WithSettings"), Is.Empty);
    }

    [Test]
    public void The_model_fits_on_one_screen_or_two()
    {
        Assert.That(File.ReadLines(Path.Combine(s_root, "AppHost", "Program.cs")).Count(), Is.LessThan(80));
    }

    private static IEnumerable<string> Describe(Type type)
    {
        yield return $"type {Show(type)}";
        const BindingFlags declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var constructor in type.GetConstructors()) yield return $"{Show(type)}.new({Parameters(constructor)})";
        foreach (var property in type.GetProperties(declared)) yield return $"{Show(type)}.{property.Name} : {Show(property.PropertyType)}";
        foreach (var method in type.GetMethods(declared).Where(static method => !method.IsSpecialName))
            yield return $"{Show(type)}.{method.Name}({Parameters(method)}) : {Show(method.ReturnType)}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
        $"{Show(parameter.ParameterType)} {parameter.Name}" + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")));

    private static string Show(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Show(underlying) + "?";
        if (type.IsArray) return Show(type.GetElementType()!) + "[]";
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Show))}>"
            : type.Name;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Assistify.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"\.(\w+)\(")]
    private static partial Regex Name();

    [GeneratedRegex(@"\.((?:Add|With|Wait|Get|Build|Create)[A-Z]\w*)\(")]
    private static partial Regex Call();
}
