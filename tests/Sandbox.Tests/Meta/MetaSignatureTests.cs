using System.Text;
using System.Text.Json.Nodes;
using Assistify.Sandbox.Meta;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Meta;

internal sealed class MetaSignatureTests
{
    // Lower-case escapes, surrogate pairs and an escaped slash, as Meta signs them.
    private const string Escaped =
        """{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Am\u00e9lie"},"wa_id":"447700900456"}],"messages":[{"from":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDIA","timestamp":"1767225600","text":{"body":"Gr\u00f6\u00dfe 42 f\u00fcr 50\u20ac? \ud83d\udc5f\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 <b>\"ok\"<\/b> https:\/\/a.example\/x?y=1&z=2"},"type":"text"}]},"field":"messages"}]}]}""";

    [Test]
    public void The_published_signature_comes_out() => Assert.That(
        MetaSignature.Sign("It's a Secret to Everybody", Encoding.UTF8.GetBytes("Hello, World!")),
        Is.EqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));

    [Test]
    public void Content_is_escaped_and_signed_as_on_Metas_wire()
    {
        var written = MetaJson.Write(JsonNode.Parse(Escaped)!);

        Assert.That(Encoding.ASCII.GetString(written), Is.EqualTo(Escaped));
        Assert.That(MetaSignature.Sign(Credentials.AppSecret, written), Is.EqualTo("sha256=d4572bb97581084df29ab30c3054c6c3f54df661880218199b28bdb10e6e08c4"));
    }
}
