using System.Globalization;

namespace Assistify.ChannelService.Deliveries;

/// <summary>Names a message of a delivery where the provider carries a text of ours back: <c>0199…:0</c>.</summary>
internal static class DeliveryMark
{
    public static string Of(Guid deliveryId, int part) => string.Create(CultureInfo.InvariantCulture, $"{deliveryId}:{part}");

    public static (Guid DeliveryId, int Part)? Read(string? mark)
    {
        var colon = mark?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && Guid.TryParse(mark.AsSpan(0, colon), out var deliveryId)
            && short.TryParse(mark.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            ? (deliveryId, part)
            : null;
    }
}
