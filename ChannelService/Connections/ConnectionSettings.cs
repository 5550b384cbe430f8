using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;

namespace Assistify.ChannelService.Connections;

/// <summary>Settings that can be served, or by field why they cannot.</summary>
internal sealed record CheckedSettings(ConnectionOptions? Options, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>
/// A connection's settings as the API takes them: the names of the provider's options in camelCase, credentials apart. How signatures
/// are treated is no setting: it has its own calls, since observing ends by itself.
/// </summary>
internal sealed class ConnectionSettings
{
    private const int LongestText = 4000;
    private static readonly JsonSerializerOptions s_json = new(Json.Options) { PropertyNameCaseInsensitive = true };

    private readonly IChannelProvider _provider;
    private readonly Dictionary<string, PropertyInfo> _properties;
    private readonly JsonObject _values;
    private readonly Dictionary<string, string> _secrets;

    private ConnectionSettings(IChannelProvider provider, JsonObject values, Dictionary<string, string> secrets)
    {
        _provider = provider;
        _values = values;
        _secrets = secrets;
        _properties = provider.OptionsType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.Name != nameof(ConnectionOptions.SignatureMode))
            .ToDictionary(property => NameOf(property.Name), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Without the credentials.</summary>
    public string Values => _values.ToJsonString();

    public IReadOnlyDictionary<string, string> Secrets => _secrets;

    public static ConnectionSettings Empty(IChannelProvider provider) => new(provider, [], new(StringComparer.OrdinalIgnoreCase));

    public static ConnectionSettings Of(IChannelProvider provider, string values, IReadOnlyDictionary<string, string> secrets) =>
        new(provider, JsonNode.Parse(values)!.AsObject(), new(secrets, StringComparer.OrdinalIgnoreCase));

    public static string NameOf(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    /// <summary>Takes over what is given; null takes a setting back, what is not named stays.</summary>
    /// <returns>By field what is wrong; then nothing was taken over.</returns>
    public IReadOnlyDictionary<string, string[]> Change(JsonObject given)
    {
        var errors = new Dictionary<string, string[]>();
        var taken = new List<(PropertyInfo Property, object? Value)>();
        foreach (var (name, node) in given)
        {
            if (string.Equals(name, nameof(ConnectionOptions.SignatureMode), StringComparison.OrdinalIgnoreCase))
                errors[Field(name)] = ["This is changed by the calls observe and enforce."];
            else if (!_properties.TryGetValue(name, out var property))
                errors[Field(name)] = [$"{_provider.Name} has no such setting."];
            else if (!TryRead(node, property, out var value))
                errors[Field(name)] = ["This is not what the setting holds."];
            else if (value is string text && (text.Length > LongestText || text.Any(char.IsControl)))
                errors[Field(name)] = [$"At most {LongestText} characters, none of them control characters."];
            else
                taken.Add((property, value));
        }
        if (errors.Count > 0) return errors;

        foreach (var (property, value) in taken) Set(property, value);
        return errors;
    }

    /// <summary>The provider's options, as it validates them.</summary>
    /// <param name="webhookUrl">Where the provider calls this connection, for options that must know it and were not told.</param>
    /// <param name="configuredBase">The base address that configuration gives to this provider.</param>
    public CheckedSettings Check(string webhookUrl, string? configuredBase, PublicAddresses addresses)
    {
        var whole = (JsonObject)_values.DeepClone();
        foreach (var (name, value) in _secrets) whole[name] = value;
        if (_properties.ContainsKey(PublicUrl) && whole[PublicUrl] is null) whole[PublicUrl] = webhookUrl;

        var options = (ConnectionOptions)whole.Deserialize(_provider.OptionsType, s_json)!;
        var errors = new Dictionary<string, string[]>();
        if (!options.IsConfigured) errors["settings"] = [$"The settings of {_provider.Name} are missing."];

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            foreach (var member in result.MemberNames.DefaultIfEmpty("")) errors[Field(NameOf(member))] = [result.ErrorMessage!];
        }

        CheckAddresses(whole, configuredBase, addresses, errors);
        return new CheckedSettings(errors.Count == 0 ? options : null, errors);
    }

    private const string ApiBaseUrl = "apiBaseUrl";
    private const string PublicUrl = "publicUrl";

    /// <summary>Credentials go to the provider's own hosts or where configuration says, and nothing of ours calls into the inner network.</summary>
    private void CheckAddresses(JsonObject whole, string? configuredBase, PublicAddresses addresses, Dictionary<string, string[]> errors)
    {
        foreach (var (name, node) in whole)
        {
            if (string.Equals(name, PublicUrl, StringComparison.OrdinalIgnoreCase) || node is not JsonValue value || !value.TryGetValue<string>(out var text)
                || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                continue;
            }

            if (string.Equals(name, ApiBaseUrl, StringComparison.OrdinalIgnoreCase))
            {
                if (!IsProvidersOwn(uri) && !IsSameBase(uri, configuredBase))
                    errors[Field(ApiBaseUrl)] = [$"This is neither an https address of {_provider.Name} nor the one in Channels__{_provider.Name}__ApiBaseUrl."];
            }
            else if (!addresses.Allows(uri))
            {
                errors[Field(name)] = ["This is no public address."];
            }
        }
    }

    private bool IsProvidersOwn(Uri uri)
    {
        var usual = Activator.CreateInstance(_provider.OptionsType);
        if (_properties[ApiBaseUrl].GetValue(usual) is not string own || !Uri.TryCreate(own, UriKind.Absolute, out var provider)) return false;

        // api.twilio.com has regional siblings such as api.dublin.ie1.twilio.com.
        var domain = string.Join('.', provider.IdnHost.Split('.').TakeLast(2));
        return uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && uri.UserInfo.Length == 0
            && (uri.IdnHost.Equals(provider.IdnHost, StringComparison.OrdinalIgnoreCase)
                || uri.IdnHost.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsSameBase(Uri uri, string? configuredBase) =>
        Uri.TryCreate(configuredBase, UriKind.Absolute, out var configured)
        && Uri.Compare(uri, configured, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private void Set(PropertyInfo property, object? value)
    {
        var name = NameOf(property.Name);
        if (_provider.Secrets.Contains(property.Name))
        {
            if (value is string secret && secret.Length > 0) _secrets[name] = secret;
            else _secrets.Remove(name);
        }
        else if (value is null)
        {
            _values.Remove(name);
        }
        else
        {
            _values[name] = JsonSerializer.SerializeToNode(value, property.PropertyType, s_json);
        }
    }

    private static bool TryRead(JsonNode? node, PropertyInfo property, out object? value)
    {
        value = null;
        if (node is null) return true;
        try
        {
            value = node.Deserialize(property.PropertyType, s_json);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException)
        {
            // Of another kind, or half a surrogate pair in a text.
            return false;
        }
    }

    private static string Field(string name) => name.Length == 0 ? "settings" : $"settings.{name}";
}
