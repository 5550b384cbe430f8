using System.Security;

namespace Assistify.AiService.Catalogue;

/// <summary>A plain drawing of a kind of product in its colours, for shops that have no photographs.</summary>
internal static class ProductDrawing
{
    public static string Draw(string category, IReadOnlyList<string> colours, string title)
    {
        var main = Colour(colours.Count > 0 ? colours[0] : "beige");
        var accent = Colour(colours.Count > 1 ? colours[1] : "shade");
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" role="img" aria-label="{SecurityElement.Escape(title)}">
            <rect width="320" height="320" fill="#f4efe7"/><ellipse cx="160" cy="262" rx="92" ry="12" fill="#d9cfc0"/>
            <g stroke="#3b3a36" stroke-opacity=".16" stroke-width="2">{Shape(category, main, accent)}</g></svg>
            """;
    }

    private static string Shape(string category, string main, string accent) => category switch
    {
        "vase" => $"<path d='M138 70h44l-6 44c40 26 44 104 8 146h-48c-36-42-32-120 8-146z' fill='{main}'/><path d='M124 150q36 16 72 0' fill='none' stroke='{accent}' stroke-opacity='.8' stroke-width='5'/>",
        "mug" => $"<path d='M214 148c52-10 52 78-4 70' fill='none' stroke='{main}' stroke-opacity='1' stroke-width='16'/><path d='M98 120h120l-8 126q-52 16-104 0z' fill='{main}'/><ellipse cx='158' cy='120' rx='60' ry='12' fill='{accent}'/>",
        "plate" => $"<circle cx='160' cy='160' r='98' fill='{main}'/><circle cx='160' cy='160' r='64' fill='none' stroke='{accent}' stroke-opacity='.9' stroke-width='6'/>",
        "bowl" => $"<path d='M64 150h192c0 64-44 106-96 106s-96-42-96-106z' fill='{main}'/><ellipse cx='160' cy='150' rx='96' ry='20' fill='{accent}'/>",
        "candle" => $"<path d='M160 76c18 24 12 40 0 44c-12-4-18-20 0-44z' fill='#e8a33d'/><rect x='112' y='132' width='96' height='126' rx='10' fill='{main}'/><rect x='112' y='176' width='96' height='40' fill='{accent}'/>",
        "lamp" => $"<path d='M116 66h88l30 92H86z' fill='{accent}'/><path d='M148 158h24l4 60q26 10 26 42h-84q0-32 26-42z' fill='{main}'/>",
        "cushion" => $"<path d='M70 92q90 22 180 0q-22 80 0 160q-90-22-180 0q22-80 0-160z' fill='{main}'/><path d='M96 172q64 18 128 0' fill='none' stroke='{accent}' stroke-opacity='.8' stroke-width='4'/>",
        "blanket" => $"<path d='M76 84h168v160H76z' fill='{main}'/><path d='M76 116h168M76 148h168M76 180h168M76 212h168' stroke='{accent}' stroke-opacity='.9' stroke-width='6'/>",
        "teapot" => $"<path d='M112 128q48-92 96 0' fill='none' stroke='#a9835a' stroke-opacity='1' stroke-width='8'/><path d='M96 152q64-46 128 0l40-22-34 82q-20 44-70 44c-66 0-84-60-64-104z' fill='{main}'/><circle cx='160' cy='124' r='10' fill='{accent}'/>",
        "planter" => $"<path d='M160 150c-60-30-40-80-24-92c6 36 18 50 24 92c6-50 22-70 44-80c4 44-12 66-44 80z' fill='#7d9b6a'/><path d='M92 150h136l-16 108H108z' fill='{main}'/><path d='M84 140h152v22H84z' fill='{accent}'/>",
        "tray" => $"<rect x='50' y='132' width='220' height='84' rx='20' fill='{main}'/><rect x='70' y='148' width='180' height='52' rx='12' fill='{accent}'/>",
        "jug" => $"<path d='M206 132c52 0 48 84-10 82' fill='none' stroke='{main}' stroke-opacity='1' stroke-width='14'/><path d='M112 74h82l18-10-14 44q30 70-6 152h-70q-36-82-2-150z' fill='{main}'/><path d='M102 180h104M104 204h100' stroke='{accent}' stroke-opacity='1' stroke-width='6'/>",
        _ => $"<path d='M80 190q10-60 80-60t80 60q-10 62-80 62t-80-62z' fill='{main}'/><ellipse cx='160' cy='186' rx='50' ry='26' fill='{accent}'/>",
    };

    private static string Colour(string name) => name switch
    {
        "blue" => "#2f5d8c",
        "white" => "#fbfaf6",
        "green" => "#7f9a72",
        "black" => "#3a3a3c",
        "grey" => "#8d8f90",
        "yellow" => "#e3b85b",
        "pink" => "#dba59b",
        "red" => "#b4493f",
        "terracotta" => "#c17550",
        "beige" => "#d8c3a0",
        "brown" => "#8a5a3b",
        _ => "#cfc3b2",
    };
}
