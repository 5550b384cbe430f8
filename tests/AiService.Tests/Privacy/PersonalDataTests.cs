using Assistify.AiService.Privacy;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Privacy;

public sealed class PersonalDataTests
{
    private static readonly PersonalData s_masks = new(["Write to hello@shop.example or call +357 22 000 000. https://shop.example/returns We are at Ermou Street 12, opposite Aphrodite Pots. The Aegean Blue Vase."], ["Ελένη Παύλου"]);

    [TestCase("write me at eleni.p@mail.example please", "write me at customer@example.com please")]
    [TestCase("call +357 99 123456", "call +000 00 000000")]
    [TestCase("my order 48151 is late", "my order 00000 is late")]
    [TestCase("IBAN GB29 NWBK 6016 1331 9268 19", "IBAN GB00 NWBK 0000 0000 0000 00")]
    [TestCase("my card is 4111 1111 1111 1111", "my card is 0000 0000 0000 0000")]
    [TestCase("my name is Maria Ioannou and I want a vase", "my name is Alex and I want a vase")]
    [TestCase("με λένε Μαρία", "με λένε Alex")]
    [TestCase("εδώ Παύλου", "εδώ Alex")]
    [TestCase("deliver it to 12 Baker Street, London NW1 6XE please", "deliver it to 1 Example Street please")]
    [TestCase("I live at Ledra 25, flat 3. Can you come?", "I live at 1 Example Street. Can you come?")]
    [TestCase("μένω στην οδός Μακαρίου 25Α, 1011 Λευκωσία", "μένω στην 1 Example Street")]
    [TestCase("ich wohne Hauptstraße 5, 10115 Berlin", "ich wohne 1 Example Street")]
    [TestCase("mi casa: Calle Mayor 3, 28013 Madrid", "mi casa: 1 Example Street")]
    [TestCase("Atatürk Caddesi No: 12, teşekkürler", "1 Example Street, teşekkürler")]
    [TestCase("a gift for my wife Andri Petrou", "a gift for my wife Alex")]
    [TestCase("I spoke with Mr. Hadjikyriakos yesterday", "I spoke with Mr. Alex yesterday")]
    [TestCase("Katerina said that Dimitris Papas will fetch it", "Alex said that Alex will fetch it")]
    [TestCase("ο Γιώργος Νικολάου θα το παραλάβει", "ο Alex θα το παραλάβει")]
    [TestCase("für Frau Schmidt", "für Frau Alex")]
    [TestCase("see https://mail.example/u/123?token=abc", "see https://example.com")]
    public void What_is_the_customers_own_goes(string text, string masked) => Assert.That(s_masks.Mask(text), Is.EqualTo(masked));

    [TestCase("a blue vase under 50 EUR for 2026-12-24, two of them at 10:30")]
    [TestCase("hello@shop.example, +357 22 000 000, https://shop.example/returns")]
    [TestCase("my friend likes the Aegean Blue Vase, 25 cm, and the Kyrenia Mug")]
    [TestCase("is it at Ermou Street 12, as you say? My friend Aphrodite Pots says so")]
    [TestCase("do you ship to Cyprus, Greece or Germany by 24 December?")]
    [TestCase("open 9:00 to 19:00, 3.50 EUR, 15 %")]
    public void What_is_talked_about_stays(string text) => Assert.That(s_masks.Mask(text), Is.EqualTo(text));
}
