using System.Globalization;
using System.Text;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.WeChat;

/// <summary>What WeChat posts: XML with CDATA.</summary>
internal static class WeChatXml
{
    public static string Of(CustomerAct act, Func<MediaFile, string> addressOf)
    {
        var request = act.Request;
        var xml = new StringBuilder("<xml>");
        Text("ToUserName", WeChatStandIn.Account);
        Text("FromUserName", act.From);
        Number("CreateTime", act.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        if (request.Event is { } name)
        {
            // Events have no MsgId.
            Text("MsgType", "event");
            Text("Event", name);
            Text("EventKey", request.Text ?? "");
            return xml.Append("</xml>").ToString();
        }

        if (request.Location is { } place)
        {
            Text("MsgType", "location");
            Number("Location_X", place.Latitude.ToString("0.000000", CultureInfo.InvariantCulture));
            Number("Location_Y", place.Longitude.ToString("0.000000", CultureInfo.InvariantCulture));
            Number("Scale", "15");
            Text("Label", place.Label ?? place.Address ?? "");
        }
        else if (act.Files is [var file, ..])
        {
            var type = file.Kind switch { "image" => "image", "audio" => "voice", _ => "video" };
            Text("MsgType", type);
            if (type == "image") Text("PicUrl", addressOf(file));
            Text("MediaId", file.Id);
            if (type == "voice") Text("Format", "amr");
            if (type == "video") Text("ThumbMediaId", file.Id);
        }
        else
        {
            Text("MsgType", "text");
            Text("Content", act.Text);
            if (request.Button?.Payload is { } menu) Text("bizmsgmenuid", menu);
        }

        Number("MsgId", act.Sid);
        return xml.Append("</xml>").ToString();

        void Text(string element, string value) => xml.Append(CultureInfo.InvariantCulture, $"<{element}><![CDATA[{value.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal)}]]></{element}>");
        void Number(string element, string value) => xml.Append(CultureInfo.InvariantCulture, $"<{element}>{value}</{element}>");
    }
}
