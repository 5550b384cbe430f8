using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

/// <summary>Where an errand misses several details, our own pages ask for all of them at once.</summary>
public sealed class ErrandFormTests
{
    [TestCase("I would like to book an appointment", "Day", "Time", "I have noted: an appointment, Tuesday")]
    [TestCase("Ich möchte einen Termin vereinbaren", "Tag", "Uhrzeit", "Ich habe notiert: ein Termin, Dienstag")]
    [TestCase("Θέλω να κλείσω ραντεβού", "Ημέρα", "Ώρα", "Σημείωσα: ραντεβού, Τρίτη")]
    [TestCase("Quiero reservar una cita", "Día", "Hora", "He anotado: una cita, martes")]
    [TestCase("Randevu almak istiyorum", "Gün", "Saat", "Not aldım: randevu, Salı")]
    [TestCase("أريد حجز موعد", "اليوم", "الساعة", "سجلت ما يلي: موعد")]
    public async Task Day_and_time_are_asked_in_the_customers_language_and_one_message_answers_both(string wish, string day, string time, string said)
    {
        var asked = await Ask(wish, []);

        var form = asked.Cards.Single(card => card.Kind == "form");
        Assert.That(form.Fields!.Select(field => (field.Label, field.Kind, field.Required)), Is.EqualTo(new[] { (day, "date", true), (time, "time", true) }));
        Assert.That(form.Fields![0].Min, Is.EqualTo("1970-01-01"));
        Assert.That(form.IsChoice(), Is.False);

        var noted = await Ask($"{day}: 1970-01-06\n{time}: 15:30", [Some.Says(Author.Customer, wish), Some.Says(Author.Assistant, asked.Text)]);
        Assert.That(noted.HandOver);
        Assert.That(noted.Text, Does.Contain(said).And.Contain("15:30"));
        Assert.That(noted.Cards.Where(card => card.Kind == "form"), Is.Empty);
    }

    [Test]
    public async Task Where_one_detail_is_missing_it_is_asked_in_words() =>
        Assert.That((await Ask("I would like to book an appointment on Tuesday", [])).Cards, Is.Empty);

    [Test]
    public async Task Other_channels_ask_one_thing_at_a_time()
    {
        var asked = await Ask("I would like to book an appointment", [], "whatsapp");

        Assert.That((asked.Text, asked.Cards.Count), Is.EqualTo(("Which day would suit you?", 0)));
    }

    [Test]
    public async Task Who_writes_instead_is_understood_as_well()
    {
        var asked = await Ask("I would like to book an appointment", []);

        var next = await Ask("It would suit me next Tuesday", [Some.Says(Author.Customer, "I would like to book an appointment"), Some.Says(Author.Assistant, asked.Text)]);
        Assert.That((next.Text, next.Cards.Count), Is.EqualTo(("At what time would you like it?", 0)));
    }

    private static async Task<ReplyGenerated> Ask(string text, HistoryMessage[] before, string channel = "web")
    {
        var message = Some.Says(Author.Customer, text);
        return await (await Shop.Shared).Answer(Some.Request(Guid.NewGuid(), 1, [.. before, message], [message.Id], channel: channel));
    }
}
