using Assistify.AiService.Understanding;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Understanding;

public sealed class UnderstandingTests
{
    [TestCase("What are your opening hours on Sunday?", "en")]
    [TestCase("do you ship to Cyprus", "en")]
    [TestCase("stop", "en")]
    [TestCase("ok", "en")]
    [TestCase("vase between 30 and 40 euro", "en")]
    [TestCase("Είστε ανοιχτά αύριο;", "el")]
    [TestCase("exete mple vazo kato apo 50 evro?", "el")]
    [TestCase("ti ora kleinete simera", "el")]
    [TestCase("Bugün açık mısınız?", "tr")]
    [TestCase("siparişim nerede", "tr")]
    [TestCase("Was kostet der Versand nach Österreich?", "de")]
    [TestCase("ich suche ein Geschenk", "de")]
    [TestCase("¿Cuánto cuesta el envío?", "es")]
    [TestCase("quiero devolver un plato", "es")]
    [TestCase("ما هي ساعات العمل؟", "ar")]
    [TestCase("Bonjour, avez-vous des bougies ?", "fr")]
    [TestCase("où est ma commande", "fr")]
    [TestCase("Quanto costa la spedizione?", "it")]
    [TestCase("vorrei parlare con una persona", "it")]
    [TestCase("Где мой заказ?", "ru")]
    [TestCase("", "en")]
    [TestCase("12345", "en")]
    public void The_language_is_told(string text, string language) =>
        Assert.That(Shop.Reader.Language(text, null).Language, Is.EqualTo(language));

    [TestCase("ok", "el")]
    [TestCase("50", "de")]
    [TestCase("👍", "fr-FR")]
    public void Where_the_text_cannot_decide_the_expected_language_does(string text, string expected) =>
        Assert.That(Shop.Reader.Language(text, expected).Language, Is.EqualTo(expected[..2]));

    [TestCase("hello there", Intents.Greeting)]
    [TestCase("thanks a lot", Intents.Thanks)]
    [TestCase("at what time do you close on friday", Intents.OpeningHours)]
    [TestCase("where exactly is your store", Intents.Location)]
    [TestCase("can you ship a parcel to spain", Intents.Shipping)]
    [TestCase("what are the shipping fees", Intents.ShippingCost)]
    [TestCase("how do I send an item back", Intents.Returns)]
    [TestCase("do you accept mastercard", Intents.Payment)]
    [TestCase("could you gift wrap the bowl", Intents.GiftWrapping)]
    [TestCase("is the plate dishwasher safe", Intents.Care)]
    [TestCase("any discount codes", Intents.Discount)]
    [TestCase("my order still has not come", Intents.OrderStatus)]
    [TestCase("I am looking for green cushions", Intents.ProductSearch)]
    [TestCase("how much does the teapot cost", Intents.ProductPrice)]
    [TestCase("is the lamp still in stock", Intents.Availability)]
    [TestCase("the bowl came broken and I am angry", Intents.Complaint)]
    [TestCase("let me talk to a real person", Intents.TalkToPerson)]
    [TestCase("yes please", Intents.Yes)]
    [TestCase("no thanks", Intents.No)]
    [TestCase("please stop sending messages", Intents.OptOut)]
    [TestCase("which team won the football match", Intents.Other)]
    [TestCase("τι ώρα ανοίγετε το Σάββατο", Intents.OpeningHours)]
    [TestCase("στέλνετε στη Λεμεσό", Intents.Shipping)]
    [TestCase("πόσο είναι τα μεταφορικά", Intents.ShippingCost)]
    [TestCase("μπορώ να επιστρέψω την κούπα", Intents.Returns)]
    [TestCase("ψάχνω λευκές κούπες", Intents.ProductSearch)]
    [TestCase("να μιλήσω με έναν άνθρωπο παρακαλώ", Intents.TalkToPerson)]
    [TestCase("pote anoigete tin kyriaki", Intents.OpeningHours)]
    public void The_intent_is_told(string text, string intent) => Assert.That(Shop.Reader.Intent(Guid.Empty, text).Intent, Is.EqualTo(intent));

    [TestCase("I love this vase, it is beautiful 😍", "positive")]
    [TestCase("thank you, great service!", "positive")]
    [TestCase("τέλεια, ευχαριστώ πολύ!", "positive")]
    [TestCase("das ist wunderbar", "positive")]
    [TestCase("this is terrible, I am very disappointed", "negative")]
    [TestCase("not good at all", "negative")]
    [TestCase("I don't like it", "negative")]
    [TestCase("👎", "negative")]
    [TestCase("απαράδεκτο, ήρθε σπασμένο", "negative")]
    [TestCase("je suis très déçu", "negative")]
    [TestCase("очень плохо", "negative")]
    [TestCase("Are you open on Sunday?", "neutral")]
    [TestCase("no thanks", "neutral")]
    [TestCase("Here are the slides https://example.org/talk", "neutral")]
    [TestCase("the order's ID: 20431", "neutral")]
    [TestCase("they asked for the content of the parcel", "neutral")]
    [TestCase("Στέλνετε στην Κύπρο;", "neutral")]
    [TestCase("", "neutral")]
    public void The_sentiment_is_told(string text, string sentiment) =>
        Assert.That(new SentimentClassifier().Classify(text).Sentiment, Is.EqualTo(sentiment));

    [Test]
    public void Stronger_words_weigh_more()
    {
        var classifier = new SentimentClassifier();

        Assert.That(classifier.Classify("very bad").Score, Is.LessThan(classifier.Classify("bad").Score));
        Assert.That(classifier.Classify("TERRIBLE SERVICE").Score, Is.LessThan(classifier.Classify("terrible service").Score));
    }

    [TestCase("eve@example.com")]
    [TestCase("kim@example.com")]
    [TestCase("https://tienda.example/productos/jarron-azul?de=carta")]
    public void An_address_is_in_no_language_and_says_nothing(string text)
    {
        Assert.That((Shop.Reader.Language(text, null).Language, Shop.Reader.Language(text, "el").Language), Is.EqualTo(("en", "el")));
        Assert.That(Shop.Reader.Intent(Guid.Empty, $"where is my order {text}"), Is.EqualTo(Shop.Reader.Intent(Guid.Empty, "where is my order")));
        Assert.That(Shop.Reader.Intent(Guid.Empty, text).Intent, Is.EqualTo(Intents.Other));
    }

    [TestCase("I am at eve@example.com")]
    [TestCase("I am at 12 Baker Street, London")]
    [TestCase("Είμαι στο eve@example.com")]
    [TestCase("I am at")]
    [TestCase("it is 1001")]
    public void Who_only_says_where_he_is_neither_complains_nor_wants_anybody(string text) =>
        Assert.That(Intents.WithConsequences, Does.Not.Contain(Shop.Reader.Intent(Guid.Empty, text).Intent));

    [TestCase("this is not good, eve@example.com", Intents.Complaint)]
    [TestCase("I need someone, eve@example.com", Intents.TalkToPerson)]
    [TestCase("help me please", Intents.TalkToPerson)]
    public void Words_that_nothing_is_searched_by_can_be_meant(string text, string intent) => Assert.That(Shop.Reader.Intent(Guid.Empty, text).Intent, Is.EqualTo(intent));

    [Test]
    public void Whoever_means_something_with_consequences_says_something() => Assert.That(
        IntentExamples.Read().Where(example => Intents.WithConsequences.Contains(example.Intent) && !Content.IsIn(example.Text)).Select(example => example.Text), Is.Empty);

    // In time that grows with its square this would take minutes.
    [Test]
    public void An_address_is_found_at_the_end_of_the_longest_word() =>
        Assert.That(Addresses.Without($"{new string('a', 400_000)} eve@example.com"), Does.EndWith("a  "));

    [Test]
    public void Two_classifiers_trained_on_the_same_examples_agree_exactly()
    {
        var one = IntentClassifier.OfStarterSet();
        var other = IntentClassifier.OfStarterSet();

        foreach (var (_, text) in IntentExamples.Read()) Assert.That(one.Classify(text), Is.EqualTo(other.Classify(text)));
    }

    [Test]
    public void Intents_are_told_for_phrasings_that_were_held_back()
    {
        var examples = IntentExamples.Read();

        var trained = IntentTraining.Train(examples, examples);

        TestContext.Out.WriteLine($"{trained.Scores}, temperature {trained.Model.Temperature:0.00}, threshold {trained.Model.Threshold:0.00}");
        Assert.That(trained.Scores.Accuracy, Is.GreaterThan(0.55));
        Assert.That(trained.Scores.OutsideRecall, Is.GreaterThan(0.4));
        Assert.That(trained.Compared, Is.EqualTo(trained.Scores));
    }
}
