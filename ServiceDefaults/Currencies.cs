namespace Assistify.ServiceDefaults;

/// <summary>What ISO 4217 says of currencies.</summary>
public static class Currencies
{
    /// <summary>How many decimals amounts have; two unless it is known otherwise.</summary>
    public static int DecimalsOf(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };
}
