using Assistify.AiService.Understanding.Entities;
using Assistify.Testing;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Understanding.Entities;

public sealed class EntityReaderTests
{
    // A Wednesday; noon in Athens.
    private static readonly EntityContext s_athens = new(new DateTimeOffset(2026, 3, 18, 10, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens"));

    [TestCase("are you open today", "2026-03-18")]
    [TestCase("can I come tomorrow?", "2026-03-19")]
    [TestCase("the day after tomorrow please", "2026-03-20")]
    [TestCase("on Friday", "2026-03-20")]
    [TestCase("next Friday", "2026-03-27")]
    [TestCase("on Sunday", "2026-03-22")]
    [TestCase("in 3 days", "2026-03-21")]
    [TestCase("in two weeks", "2026-04-01")]
    [TestCase("on 2026-04-05", "2026-04-05")]
    [TestCase("on 05/04/2026", "2026-04-05")]
    [TestCase("on 5.4.2026", "2026-04-05")]
    [TestCase("on 5/4", "2026-04-05")]
    [TestCase("on 1/2", "2027-02-01")]
    [TestCase("15 March", "2027-03-15")]
    [TestCase("March 20th, 2026", "2026-03-20")]
    [TestCase("the 21st of april", "2026-04-21")]
    [TestCase("αύριο", "2026-03-19")]
    [TestCase("ΑΥΡΙΟ", "2026-03-19")]
    [TestCase("aurio", "2026-03-19")]
    [TestCase("μεθαύριο το θέλω", "2026-03-20")]
    [TestCase("την άλλη Παρασκευή", "2026-03-27")]
    [TestCase("σε 3 μέρες", "2026-03-21")]
    [TestCase("25 Μαρτίου", "2026-03-25")]
    [TestCase("morgen", "2026-03-19")]
    [TestCase("am 5. April", "2026-04-05")]
    [TestCase("nächsten Montag", "2026-03-23")]
    [TestCase("in 3 Tagen", "2026-03-21")]
    [TestCase("mañana", "2026-03-19")]
    [TestCase("el 5 de abril", "2026-04-05")]
    [TestCase("el sábado", "2026-03-21")]
    [TestCase("yarın", "2026-03-19")]
    [TestCase("3 gün sonra", "2026-03-21")]
    [TestCase("5 Nisan", "2026-04-05")]
    [TestCase("غدا", "2026-03-19")]
    [TestCase("يوم السبت", "2026-03-21")]
    [TestCase("٥/٤/٢٠٢٦", "2026-04-05")]
    public void A_date_is_read(string text, string date) =>
        Assert.That(EntityReader.Read(text, s_athens).OfType<DateEntity>().Select(entity => entity.Date), Is.EqualTo(new[] { DateOnly.Parse(date, null) }));

    [TestCase("31/02/2026")]
    [TestCase("version 10.5")]
    [TestCase("size 3-4")]
    [TestCase("2026-13-01")]
    public void What_is_no_day_is_no_date(string text) => Assert.That(EntityReader.Read(text, s_athens).OfType<DateEntity>(), Is.Empty);

    [Test]
    public void Where_months_come_first_they_are_read_first()
    {
        var american = s_athens with { MonthFirst = true };

        Assert.That(EntityReader.Read("04/05/2026", american).OfType<DateEntity>().Single().Date, Is.EqualTo(new DateOnly(2026, 4, 5)));
        Assert.That(EntityReader.Read("25/05/2026", american).OfType<DateEntity>().Single().Date, Is.EqualTo(new DateOnly(2026, 5, 25)));
    }

    [TestCase("at 17:30", "17:30")]
    [TestCase("5pm", "17:00")]
    [TestCase("5:30 p.m.", "17:30")]
    [TestCase("12 am", "00:00")]
    [TestCase("12 pm", "12:00")]
    [TestCase("at 5", "17:00")]
    [TestCase("at 10", "10:00")]
    [TestCase("στις 5 μ.μ.", "17:00")]
    [TestCase("στις 9 το πρωί", "09:00")]
    [TestCase("στις 5", "17:00")]
    [TestCase("um 17 Uhr", "17:00")]
    [TestCase("17 Uhr 30", "17:30")]
    [TestCase("a las 8 de la noche", "20:00")]
    [TestCase("saat 14:00", "14:00")]
    [TestCase("الساعة 5 مساء", "17:00")]
    [TestCase("at noon", "12:00")]
    public void A_time_is_read(string text, string time) =>
        Assert.That(EntityReader.Read(text, s_athens).OfType<TimeEntity>().Select(entity => entity.Time), Is.EqualTo(new[] { TimeOnly.Parse(time, null) }));

    [TestCase("at half past three", "15:30")]
    [TestCase("Half past 3 please", "15:30")]
    [TestCase("a quarter to five", "16:45")]
    [TestCase("quarter past ten in the morning", "10:15")]
    [TestCase("twenty past four", "16:20")]
    [TestCase("three o'clock", "15:00")]
    [TestCase("eleven am", "11:00")]
    [TestCase("at five, if you can", "17:00")]
    [TestCase("at three thirty", "15:30")]
    [TestCase("half past twelve", "12:30")]
    [TestCase("quarter to one", "12:45")]
    [TestCase("half past seven in the morning", "07:30")]
    [TestCase("στις τρεις και μισή", "15:30")]
    [TestCase("στις τρεισήμισι το μεσημέρι", "15:30")]
    [TestCase("κατά τις πέντε παρά τέταρτο", "16:45")]
    [TestCase("στις 5 και τέταρτο", "17:15")]
    [TestCase("στις εννιά το πρωί", "09:00")]
    [TestCase("halb vier", "15:30")]
    [TestCase("um halb 10", "09:30")]
    [TestCase("Viertel nach elf", "11:15")]
    [TestCase("dreiviertel fünf", "16:45")]
    [TestCase("um zwölf Uhr", "12:00")]
    [TestCase("a las tres y media", "15:30")]
    [TestCase("a la una menos cuarto", "12:45")]
    [TestCase("a las nueve de la mañana", "09:00")]
    [TestCase("à trois heures et demie", "15:30")]
    [TestCase("alle cinque e un quarto", "17:15")]
    [TestCase("saat üç buçuk", "15:30")]
    [TestCase("saat beşte", "17:00")]
    [TestCase("üçe çeyrek kala", "14:45")]
    [TestCase("в пять часов", "17:00")]
    [TestCase("الساعة الثالثة والنصف", "15:30")]
    [TestCase("الساعة العاشرة صباحا", "10:00")]
    public void A_time_is_read_as_people_say_it(string text, string time) =>
        Assert.That(
            EntityReader.Read(text, s_athens).OfType<TimeEntity>().Select(entity => entity.Time), Is.EqualTo(new[] { TimeOnly.Parse(time, null) }),
            string.Join(", ", EntityReader.Read(text, s_athens)));

    [TestCase("one of the two vases")]
    [TestCase("is it sold at one of your shops?")]
    [TestCase("I want three of them")]
    [TestCase("half of the price")]
    [TestCase("a quarter of it is gone")]
    [TestCase("look at two vases")]
    [TestCase("θέλω τρεις κούπες")]
    [TestCase("drei Vasen um den Preis von zwei")]
    [TestCase("quiero las tres tazas")]
    [TestCase("iki vazo istiyorum")]
    [TestCase("half past thirteenth")]
    public void What_only_counts_is_no_time(string text) => Assert.That(EntityReader.Read(text, s_athens).OfType<TimeEntity>(), Is.Empty);

    [Test]
    public void Every_quarter_of_an_hour_is_read_as_it_is_said_in_English()
    {
        string[] hours = ["twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];
        for (var minutes = 0; minutes < 24 * 60; minutes += 15)
        {
            var (hour, next) = (hours[minutes / 60 % 12], hours[(minutes / 60 + 1) % 12]);
            var said = (minutes % 60) switch { 0 => $"{hour} o'clock", 15 => $"quarter past {hour}", 30 => $"half past {hour}", _ => $"quarter to {next}" };
            var text = $"{said} {(minutes < 12 * 60 ? "in the morning" : "in the afternoon")}";

            Assert.That(EntityReader.Read(text, s_athens).OfType<TimeEntity>().Single().Time, Is.EqualTo(TimeOnly.MinValue.AddMinutes(minutes)), text);
        }
    }

    [TestCase("25:00")]
    [TestCase("12:75")]
    [TestCase("13 pm")]
    [TestCase("50%")]
    public void What_no_clock_shows_is_no_time(string text) => Assert.That(EntityReader.Read(text, s_athens).OfType<TimeEntity>(), Is.Empty);

    [TestCase("tomorrow at 5 pm", "2026-03-19T17:00:00+02:00")]
    [TestCase("5 pm on Friday", "2026-03-20T17:00:00+02:00")]
    [TestCase("αύριο στις 6", "2026-03-19T18:00:00+02:00")]
    [TestCase("am 5. April um 10 Uhr", "2026-04-05T10:00:00+03:00")]
    [TestCase("in 2 hours", "2026-03-18T14:00:00+02:00")]
    [TestCase("tomorrow at half past three", "2026-03-19T15:30:00+02:00")]
    [TestCase("την Παρασκευή στις πέντε το απόγευμα", "2026-03-20T17:00:00+02:00")]
    public void A_date_and_its_time_are_one_moment(string text, string moment) =>
        Assert.That(EntityReader.Read(text, s_athens).OfType<MomentEntity>().Single().At, Is.EqualTo(DateTimeOffset.Parse(moment, null)));

    [Test]
    public void A_time_that_clocks_skip_is_as_much_later_and_one_shown_twice_is_the_first()
    {
        var skipped = s_athens.At(new DateOnly(2026, 3, 29), new TimeOnly(3, 30));
        var twice = s_athens.At(new DateOnly(2026, 10, 25), new TimeOnly(3, 30));

        Assert.That(skipped, Is.EqualTo(new DateTimeOffset(2026, 3, 29, 4, 30, 0, TimeSpan.FromHours(3))));
        Assert.That(twice, Is.EqualTo(new DateTimeOffset(2026, 10, 25, 3, 30, 0, TimeSpan.FromHours(3))));
    }

    [Test]
    public void Today_is_the_day_of_the_zone()
    {
        var late = new DateTimeOffset(2026, 3, 18, 23, 30, 0, TimeSpan.Zero);

        Assert.That(Today("Europe/Athens"), Is.EqualTo(new DateOnly(2026, 3, 19)));
        Assert.That(Today("America/New_York"), Is.EqualTo(new DateOnly(2026, 3, 18)));

        DateOnly Today(string zone) => EntityReader.Read("today", new EntityContext(late, TimeZoneInfo.FindSystemTimeZoneById(zone))).OfType<DateEntity>().Single().Date;
    }

    [TestCase("under 50 euros", "50", "EUR")]
    [TestCase("€1.234,50", "1234.50", "EUR")]
    [TestCase("1,234.50 EUR", "1234.50", "EUR")]
    [TestCase("$20", "20", "USD")]
    [TestCase("19,90 ευρώ", "19.90", "EUR")]
    [TestCase("1 500 €", "1500", "EUR")]
    [TestCase("100 tl", "100", "TRY")]
    [TestCase("30 يورو", "30", "EUR")]
    [TestCase("50evro", "50", "EUR")]
    public void Money_is_read(string text, string amount, string currency)
    {
        var money = EntityReader.Read(text, s_athens).OfType<MoneyEntity>().Single();

        Assert.That(money.Amount, Is.EqualTo(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(money.Currency, Is.EqualTo(currency));
    }

    [TestCase("a table for 4 people", 4, "person")]
    [TestCase("two tickets please", 2, "ticket")]
    [TestCase("δύο εισιτήρια", 2, "ticket")]
    [TestCase("3 τεμάχια", 3, "piece")]
    [TestCase("80 Stück", 80, "piece")]
    [TestCase("2 kg", 2, "kg")]
    [TestCase("30cm", 30, "cm")]
    [TestCase("5 kişi", 5, "person")]
    [TestCase("for 3 hours", 3, "hour")]
    public void A_quantity_is_read(string text, int amount, string unit)
    {
        var quantity = EntityReader.Read(text, s_athens).OfType<QuantityEntity>().Single();

        Assert.That((quantity.Amount, quantity.Unit), Is.EqualTo(((decimal)amount, unit)));
    }

    [TestCase("where is order 4471", "4471")]
    [TestCase("my order number is 12345", "12345")]
    [TestCase("#20031 please", "20031")]
    [TestCase("παραγγελία 20155", "20155")]
    [TestCase("Bestellung ORD-2031", "ORD-2031")]
    [TestCase("pedido n° 5512", "5512")]
    public void An_order_number_is_read(string text, string number) =>
        Assert.That(EntityReader.Read(text, s_athens).OfType<OrderNumberEntity>().Single().Number, Is.EqualTo(number));

    [TestCase("+30 691 234 5678", "+306912345678", "6912345678")]
    [TestCase("0030 691 2345678", "+306912345678", "6912345678")]
    [TestCase("6912345678", "+306912345678", "6912345678")]
    [TestCase("691-234-5678", "+306912345678", "6912345678")]
    [TestCase("(210) 123 4567", "+302101234567", "2101234567")]
    [TestCase("+357 99 123456", "+35799123456", "99123456")]
    [TestCase("+49 (0)30 1234567", "+49301234567", "0301234567")]
    [TestCase("+44 7700 900123", "+447700900123", "07700900123")]
    [TestCase("+90 532 123 45 67", "+905321234567", "05321234567")]
    [TestCase("+34 612 345 678", "+34612345678", "612345678")]
    [TestCase("+1 (212) 555-0123", "+12125550123", "2125550123")]
    public void A_telephone_number_is_read(string text, string international, string national)
    {
        var phone = EntityReader.Read($"call me: {text} thanks", s_athens).OfType<PhoneEntity>().Single();

        Assert.That((phone.International, phone.National), Is.EqualTo((international, national)));
    }

    [TestCase("12345")]
    [TestCase("+30 191 234 5678")]
    [TestCase("+30 69123")]
    [TestCase("1234567890123456789")]
    public void What_no_country_dials_is_no_telephone_number(string text) => Assert.That(EntityReader.Read(text, s_athens).OfType<PhoneEntity>(), Is.Empty);

    [TestCase("0532 123 45 67", "TR", "+905321234567")]
    [TestCase("99 123456", "CY", "+35799123456")]
    [TestCase("030 1234567", "DE", "+49301234567")]
    public void Without_a_country_the_workspaces_is_meant(string text, string country, string international) =>
        Assert.That(EntityReader.Read(text, s_athens with { Country = country }).OfType<PhoneEntity>().Single().International, Is.EqualTo(international));

    [Test]
    public void An_address_is_taken_as_it_was_written() =>
        Assert.That(
            EntityReader.Read("write to Maria.P+shop@Example.co.uk, please", s_athens).OfType<EmailEntity>().Single().Address, Is.EqualTo("Maria.P+shop@Example.co.uk"));

    [Test]
    public void Places_are_those_of_the_text_as_it_was_written()
    {
        const string Text = "Grüße! 😀 Straße 5… morgen um 17:30 für 4 Personen, 49,90 € 👍";

        var places = EntityReader.Read(Text, s_athens).Select(entity => Text.Substring(entity.Start, entity.Length));

        Assert.That(places, Is.EqualTo(new[] { "morgen um 17:30", "4 Personen", "49,90 €" }));
    }

    [Test]
    public void Any_text_is_read_without_harm()
    {
        var parts = Gen.Elements("tomorrow", "at", "5", "€", "σε", "99999999999", "/", "31", "-", ":", "pm", "@", "a.b", "+", "(", "😀", "\ud800", "e\u0301", "#", "order", "1.234,5", " ", "٣", "في", "\n");
        var texts = Gen.ListOf(parts).Select(list => string.Concat(list));

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var end = 0;
            foreach (var entity in EntityReader.Read(text, s_athens))
            {
                if (entity.Start < end || entity.Length <= 0 || entity.End > text.Length || entity.Confidence is <= 0 or > 1) return false;
                end = entity.End;
            }
            return true;
        }).Check();
    }

    [Test]
    public void Any_day_written_in_any_common_way_is_read_back()
    {
        var days = Gen.Choose(0, 3_000).Select(days => new DateOnly(2025, 1, 1).AddDays(days));

        Prop.ForAll(days.ToArbitrary(), day =>
        {
            var invariant = System.Globalization.CultureInfo.InvariantCulture;
            return new[] { "yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "d.M.yyyy", "d MMMM yyyy", "MMMM d, yyyy" }
                .All(format => EntityReader.Read($"on {day.ToString(format, invariant)} please", s_athens).OfType<DateEntity>().Select(entity => entity.Date).SequenceEqual([day]));
        }).Check();
    }

    [Test]
    public void In_every_zone_a_moment_shows_the_time_that_was_written_or_a_skipped_one()
    {
        var zones = Gen.Elements("Europe/Athens", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "UTC")
            .Select(TimeZoneInfo.FindSystemTimeZoneById);
        var minutes = Gen.Choose(0, 2 * 366 * 24 * 60);

        Prop.ForAll(zones.Zip(minutes).ToArbitrary(), pair =>
        {
            var (zone, minute) = (pair.Item1, pair.Item2);
            var local = new DateTime(2026, 1, 1).AddMinutes(minute);
            var moment = new EntityContext(s_athens.Now, zone).At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
            var shown = TimeZoneInfo.ConvertTime(moment, zone);
            return shown.Offset == moment.Offset && (zone.IsInvalidTime(local) ? shown.DateTime > local : shown.DateTime == local);
        }).Check();
    }

    [Test]
    public void Any_amount_is_read_the_same_in_either_notation()
    {
        var cents = Gen.Choose(0, 99_999_999);

        Prop.ForAll(cents.ToArbitrary(), count =>
        {
            var amount = count / 100m;
            var english = amount.ToString("#,##0.00", System.Globalization.CultureInfo.InvariantCulture);
            var german = english.Replace(',', '_').Replace('.', ',').Replace('_', '.');
            return new[] { english, german }.All(written => EntityReader.Read($"for {written} €", s_athens).OfType<MoneyEntity>().Select(money => money.Amount).SequenceEqual([amount]));
        }).Check();
    }
}
