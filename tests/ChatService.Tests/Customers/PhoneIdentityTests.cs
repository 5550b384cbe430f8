using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Customers;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Customers;

/// <summary>One number is one person, whichever provider writes it in whichever national form.</summary>
public sealed class PhoneIdentityTests : ChatTests
{
    private const int Rounds = 2_000;
    private static readonly Guid s_meta = Identifiers.Connection(Some.Workspace, "whatsapp", "phone-identity");

    [Test]
    public void Every_form_of_a_number_is_the_same_one_and_of_two_numbers_none()
    {
        var random = new Random(20261122);
        var whose = new Dictionary<string, string>();
        for (var round = 0; round < Rounds; round++)
        {
            var forms = FormsOf(random);
            var canonical = forms.Select(PhoneIdentity.Canonical).Distinct().ToList();
            Assert.That(canonical, Has.Count.EqualTo(1), string.Join(", ", forms));
            Assert.That(PhoneIdentity.Canonical(canonical[0]!), Is.EqualTo(canonical[0]), "the one form is its own");
            Assert.That(whose.TryAdd(canonical[0]!, forms[0]) || whose[canonical[0]!] == forms[0], $"{forms[0]} and {whose[canonical[0]!]} are two");
        }
    }

    [Test]
    public void Numbers_of_other_countries_stay_as_they_are_and_what_is_no_number_is_nobodys()
    {
        var random = new Random(20261123);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Any(random);
            var canonical = PhoneIdentity.Canonical(text);
            var isNumber = text.Length is >= 8 and <= 16 && text[0] == '+' && text[1] is >= '1' and <= '9' && text.Skip(1).All(char.IsAsciiDigit);
            Assert.That(canonical is not null, Is.EqualTo(isNumber), text);
            if (isNumber && !text.StartsWith("+52", StringComparison.Ordinal) && !text.StartsWith("+54", StringComparison.Ordinal) && !text.StartsWith("+55", StringComparison.Ordinal))
                Assert.That(canonical, Is.EqualTo(text));
        }
    }

    [Test]
    public void A_landline_of_Brazil_is_no_mobile_without_its_nine() =>
        Assert.That(PhoneIdentity.Canonical("+5511941234567"), Is.Not.EqualTo(PhoneIdentity.Canonical("+551141234567")));

    [TestCase("+5491123450001", "541123450001")]
    [TestCase("+5215512340002", "525512340002")]
    [TestCase("+5511998760003", "551198760003")]
    [TestCase("+447700910004", "447700910004")]
    public async Task A_person_who_writes_by_two_providers_is_one_customer_and_is_answered_where_each_wrote(string twilio, string meta)
    {
        var first = Some.Message($"whatsapp:{twilio}", "By Twilio");
        await _host.Handle(first);
        await _host.Handle(ByMeta(meta));

        var (one, other) = (await _host.Conversation($"whatsapp:{twilio}"), await _host.Conversation(meta));
        Assert.That(other.Id, Is.Not.EqualTo(one.Id));
        Assert.That(other.CustomerId, Is.EqualTo(one.CustomerId));
        var shown = await _host.Operator().GetFromJsonAsync<JsonElement>($"/api/customers/{one.CustomerId}");
        Assert.That(
            shown.GetProperty("identifiers").EnumerateArray().Select(identifier => identifier.GetProperty("value").GetString()), Is.EquivalentTo(new[] { $"whatsapp:{twilio}", meta }));

        using var answer = await _host.Operator().PostAsJsonAsync($"/api/conversations/{other.Id}/messages", new { text = "Hello" });
        await Eventually.IsTrue(() => _host.Broker.All<DeliverMessage>().Any(delivery => delivery.ConversationId == other.Id));
        Assert.That(_host.Broker.All<DeliverMessage>().First(delivery => delivery.ConversationId == other.Id).Address, Is.EqualTo(meta));
    }

    [Test]
    public async Task Who_was_known_before_is_found_by_his_number_from_his_next_message_on()
    {
        await _host.Handle(Some.Message("whatsapp:+5491123450011"));
        var known = await _host.Conversation("whatsapp:+5491123450011");
        await _host.Query<Guid>("delete from customer_identifiers where customer_id = $1 and kind = 'phone' returning customer_id", known.CustomerId);

        await _host.Handle(Some.Message("whatsapp:+5491123450011", "It is me again"));
        await _host.Handle(ByMeta("541123450011"));

        Assert.That((await _host.Conversation("541123450011")).CustomerId, Is.EqualTo(known.CustomerId));
    }

    [Test]
    public async Task Two_who_were_known_before_stay_two_and_a_number_on_another_channel_proves_nothing()
    {
        await _host.Handle(Some.Message("whatsapp:+5491123450021"));
        var first = await _host.Conversation("whatsapp:+5491123450021");
        await _host.Query<Guid>("delete from customer_identifiers where customer_id = $1 and kind = 'phone' returning customer_id", first.CustomerId);
        await _host.Handle(ByMeta("541123450021"));
        var second = await _host.Conversation("541123450021");
        Assert.That(second.CustomerId, Is.Not.EqualTo(first.CustomerId));

        await _host.Handle(Some.Message("whatsapp:+5491123450021", "It is me again"));
        await _host.Handle(ByMeta("541123450021", "And me"));
        Assert.That((await _host.Conversation("whatsapp:+5491123450021")).CustomerId, Is.EqualTo(first.CustomerId));
        Assert.That((await _host.Conversation("541123450021")).CustomerId, Is.EqualTo(second.CustomerId));

        var stranger = ByMeta("u-1") with { Channel = "custom", From = new CustomerAddress("custom", "u-1", Phone: "+5491123450021") };
        await _host.Handle(stranger);
        Assert.That((await _host.Conversation("u-1")).CustomerId, Is.Not.EqualTo(first.CustomerId).And.Not.EqualTo(second.CustomerId));
    }

    private static CustomerMessageReceived ByMeta(string address, string text = "By Meta") => Some.Message($"whatsapp:{address}", text) with
    {
        ConnectionId = s_meta, Partition = Partition.For(s_meta, address), From = new CustomerAddress("whatsapp", address, "Ada", "+" + address),
    };

    // The first is as it is dialled from abroad.
    private static string[] FormsOf(Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                var capital = Digits(random, 8);
                return [$"+54911{capital}", $"+5411{capital}", $"+541115{capital}"];
            case 1:
                var (area, rest) = random.Next(2) == 0 ? ($"2{Digits(random, 2)}", Digits(random, 7)) : ($"3{Digits(random, 3)}", Digits(random, 6));
                return [$"+549{area}{rest}", $"+54{area}{rest}", $"+54{area}15{rest}"];
            case 2:
                var mexican = $"{random.Next(2, 10)}{Digits(random, 9)}";
                return [$"+52{mexican}", $"+521{mexican}"];
            case 3:
                var mobile = $"{random.Next(6, 10)}{Digits(random, 7)}";
                var city = string.Create(CultureInfo.InvariantCulture, $"{random.Next(11, 100)}");
                return [$"+55{city}9{mobile}", $"+55{city}{mobile}"];
            default:
                return [$"+44{Digits(random, 10)}"];
        }
    }

    private static string Any(Random random)
    {
        var length = random.Next(0, 18);
        var alphabet = random.Next(4) == 0 ? "+0123456789 ax" : "0123456789";
        return (random.Next(5) == 0 ? "" : "+") + new string([.. Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)])]);
    }

    private static string Digits(Random random, int count) => new([.. Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10)))]);
}
