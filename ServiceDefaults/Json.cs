using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assistify.Contracts;

namespace Assistify.ServiceDefaults;

/// <summary>JSON as the external contract has it: camelCase, absent parts omitted, enums as lower-case words, money as strings.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 32;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new MoneyConverter());
        return options;
    }

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("amount", out var amount) || amount.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("currency", out var currency) || currency.ValueKind != JsonValueKind.String
                || !decimal.TryParse(amount.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                throw new JsonException("Money is { \"amount\": \"12.50\", \"currency\": \"EUR\" }.");
            }

            return new Money(value, currency.GetString()!);
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("amount", value.Amount.ToString(Decimals(value.Currency), CultureInfo.InvariantCulture));
            writer.WriteString("currency", value.Currency);
            writer.WriteEndObject();
        }

        // What costs less than a cent, a model's answer for instance, keeps its decimals.
        private static string Decimals(string currency) => Currencies.DecimalsOf(currency) switch
        {
            0 => "F0",
            3 => "F3",
            _ => "0.00######",
        };
    }
}
