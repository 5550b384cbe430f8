using Assistify.AiService.Knowledge;
using Assistify.AiService.Understanding;
using Assistify.Contracts;

namespace Assistify.AiService.Demo;

/// <summary>What the demo shop, a shop for home and ceramics in Nicosia, tells its customers.</summary>
internal static class DemoKnowledge
{
    private sealed record Text(string Title, string Keywords, string Body);

    private sealed record Topic(string Slug, string[] Intents, Text English, Text Greek);

    private static readonly Topic[] s_topics =
    [
        new("opening-hours", [Intents.OpeningHours],
            new("Opening hours", "open close closed hours time when shop store visit",
                "Our shop is open Monday to Friday from 9:00 to 19:00. On Saturday we are open from 9:30 to 17:00. On Sunday we are open from 11:00 to 15:00. On public holidays we are closed."),
            new("Ωράριο λειτουργίας", "ανοιχτά κλειστά ώρες πότε κατάστημα μαγαζί",
                "Το κατάστημά μας είναι ανοιχτό από Δευτέρα έως Παρασκευή, 9:00 με 19:00. Το Σάββατο είμαστε ανοιχτά 9:30 με 17:00. Την Κυριακή είμαστε ανοιχτά 11:00 με 15:00. Στις επίσημες αργίες είμαστε κλειστά.")),
        new("shipping", [Intents.Shipping, Intents.ShippingCost],
            new("Shipping and delivery", "ship shipping delivery deliver send courier postage cost days abroad country countries",
                "Shipping within Cyprus costs 3.50 EUR and takes 1 to 2 working days. Orders over 60 EUR are shipped free of charge within Cyprus. Shipping to Greece costs 6.90 EUR and takes 3 to 5 working days. Shipping to Germany, France, Italy, Spain and the rest of the European Union costs 12.90 EUR and takes 4 to 7 working days. At the moment we do not ship to countries outside the European Union."),
            new("Αποστολή και παράδοση", "αποστολή παράδοση μεταφορικά έξοδα κόστος κοστίζει μέρες ημέρες στέλνετε courier εξωτερικό χώρα χώρες",
                "Η αποστολή εντός Κύπρου κοστίζει 3,50 EUR και διαρκεί 1 έως 2 εργάσιμες ημέρες. Για παραγγελίες άνω των 60 EUR η αποστολή στην Κύπρο είναι δωρεάν. Η αποστολή στην Ελλάδα κοστίζει 6,90 EUR και διαρκεί 3 έως 5 εργάσιμες ημέρες. Η αποστολή σε Γερμανία, Γαλλία, Ιταλία, Ισπανία και την υπόλοιπη Ευρωπαϊκή Ένωση κοστίζει 12,90 EUR και διαρκεί 4 έως 7 εργάσιμες ημέρες. Προς το παρόν δεν στέλνουμε σε χώρες εκτός Ευρωπαϊκής Ένωσης.")),
        new("express", [],
            new("Express delivery", "express same day urgent fast courier today",
                "Express delivery within Nicosia is possible on the same day for orders placed before 12:00 and costs 9.00 EUR."),
            new("Ταχεία παράδοση", "ταχεία express αυθημερόν επείγον γρήγορα",
                "Η αυθημερόν παράδοση στη Λευκωσία είναι δυνατή για παραγγελίες που γίνονται πριν τις 12:00 και κοστίζει 9,00 EUR.")),
        new("returns", [Intents.Returns, Intents.RefundStatus, Intents.CancelOrder],
            new("Returns and exchanges", "return refund exchange send back money cancel order policy",
                "You can return any unused item within 30 days of delivery. Send it back in its original packaging with the order number inside. Exchanges are free of charge; for refunds the return postage is paid by the customer. We refund the price within 5 working days after the parcel has reached us. An order can be cancelled free of charge as long as it has not left our shop."),
            new("Επιστροφές και αλλαγές", "επιστροφή επιστρέψω αλλαγή χρήματα λεφτά ακύρωση παραγγελία πολιτική",
                "Μπορείτε να επιστρέψετε κάθε αχρησιμοποίητο προϊόν μέσα σε 30 ημέρες από την παράδοση. Στείλτε το στην αρχική συσκευασία με τον αριθμό παραγγελίας μέσα. Οι αλλαγές είναι δωρεάν· στις επιστροφές χρημάτων τα μεταφορικά της επιστροφής πληρώνει ο πελάτης. Επιστρέφουμε τα χρήματα μέσα σε 5 εργάσιμες ημέρες αφού παραλάβουμε το δέμα. Η παραγγελία ακυρώνεται δωρεάν όσο δεν έχει φύγει από το κατάστημά μας.")),
        new("damaged", [Intents.Complaint],
            new("Damaged or wrong items", "broken damaged cracked missing wrong item parcel arrived complaint",
                "If something arrives broken, damaged or wrong, send us a photo within 14 days and we replace it or refund it at no cost to you."),
            new("Σπασμένα ή λάθος προϊόντα", "σπασμένο ραγισμένο ελαττωματικό λάθος λείπει δέμα παράπονο",
                "Αν κάτι φτάσει σπασμένο, ελαττωματικό ή λάθος, στείλτε μας μια φωτογραφία μέσα σε 14 ημέρες και το αντικαθιστούμε ή επιστρέφουμε τα χρήματα χωρίς κόστος για εσάς.")),
        new("payment", [Intents.Payment],
            new("Payment", "pay payment card cards visa mastercard paypal cash bank transfer apple google instalments methods accept",
                "We accept Visa and Mastercard, PayPal, Apple Pay and Google Pay. Bank transfer is possible too; we ship when the money has arrived. Cash on delivery is available within Cyprus and costs 2.00 EUR. In our shop you can also pay in cash."),
            new("Πληρωμή", "πληρωμή πληρώσω κάρτα κάρτες visa mastercard paypal αντικαταβολή μετρητά τραπεζική κατάθεση δόσεις τρόποι δέχεστε",
                "Δεχόμαστε Visa και Mastercard, PayPal, Apple Pay και Google Pay. Μπορείτε να πληρώσετε και με τραπεζική κατάθεση· στέλνουμε την παραγγελία όταν φτάσουν τα χρήματα. Η αντικαταβολή είναι διαθέσιμη στην Κύπρο και κοστίζει 2,00 EUR. Στο κατάστημα πληρώνετε και με μετρητά.")),
        new("gift-wrapping", [Intents.GiftWrapping],
            new("Gift wrapping", "gift wrap wrapping wrapped present paper ribbon note message handwritten",
                "We wrap any item as a gift for 3.00 EUR, in recycled paper with a cotton ribbon. A handwritten card with your message is included."),
            new("Συσκευασία δώρου", "συσκευασία δώρο δώρου περιτύλιγμα τυλίξετε κορδέλα κάρτα ευχές μήνυμα",
                "Τυλίγουμε κάθε προϊόν για δώρο με 3,00 EUR, σε ανακυκλωμένο χαρτί με βαμβακερή κορδέλα. Περιλαμβάνεται χειρόγραφη κάρτα με το μήνυμά σας.")),
        new("location", [Intents.Location],
            new("Where to find us", "where address located location street shop store parking bus directions showroom visit pick collect",
                "Our shop is at 14 Ledra Street in the old town of Nicosia, Cyprus. There is a public car park two minutes away on foot. You can collect online orders from the shop free of charge on the next working day."),
            new("Πού θα μας βρείτε", "διεύθυνση βρίσκεστε οδός κατάστημα μαγαζί πάρκινγκ στάθμευση παραλαβή παραλάβω",
                "Το κατάστημά μας είναι στην οδό Λήδρας 14, στην παλιά πόλη της Λευκωσίας, στην Κύπρο. Υπάρχει δημόσιος χώρος στάθμευσης δύο λεπτά με τα πόδια. Μπορείτε να παραλάβετε τις διαδικτυακές παραγγελίες δωρεάν από το κατάστημα την επόμενη εργάσιμη ημέρα.")),
        new("contact", [Intents.Contact],
            new("Contact", "contact phone telephone call number email mail write reach",
                "You can write to us here at any time. By e-mail you reach us at hello@shop.example, by telephone at +357 22 000 000 during our opening hours."),
            new("Επικοινωνία", "επικοινωνία τηλέφωνο νούμερο email καλέσω γράψω στοιχεία",
                "Μπορείτε να μας γράψετε εδώ οποιαδήποτε στιγμή. Με email μας βρίσκετε στο hello@shop.example και τηλεφωνικά στο +357 22 000 000 τις ώρες λειτουργίας.")),
        new("care", [Intents.Care],
            new("Care of ceramics", "care clean cleaning wash washing dishwasher microwave oven food safe stain stains hand ceramic ceramics mug bowl plate",
                "Our glazed mugs, bowls and plates can go in the dishwasher and in the microwave. None of our ceramics should go in the oven. Unglazed terracotta is washed by hand with warm water and without soap. Stains of tea and coffee come off with a paste of baking soda and water. All glazes are free of lead and safe for food."),
            new("Φροντίδα κεραμικών", "φροντίδα καθαρίζω καθάρισμα πλύσιμο πλένεται πλυντήριο πιάτων φούρνο μικροκυμάτων φαγητό λεκέδες κεραμικά κούπα μπολ πιάτο",
                "Οι υαλωμένες κούπες, τα μπολ και τα πιάτα μας μπαίνουν στο πλυντήριο πιάτων και στον φούρνο μικροκυμάτων. Κανένα κεραμικό μας δεν πρέπει να μπει σε φούρνο κουζίνας. Η ανυάλωτη τερακότα πλένεται στο χέρι με ζεστό νερό και χωρίς σαπούνι. Οι λεκέδες από τσάι και καφέ φεύγουν με πάστα από μαγειρική σόδα και νερό. Όλα τα υαλώματα είναι χωρίς μόλυβδο και κατάλληλα για τρόφιμα.")),
        new("order-tracking", [Intents.OrderStatus],
            new("Following an order", "order tracking track status parcel package shipped where arrived number",
                "When your parcel leaves our shop you receive an e-mail with a tracking link."),
            new("Πορεία παραγγελίας", "παραγγελία πορεία δέμα αποστολή αριθμός παρακολούθηση",
                "Όταν το δέμα φύγει από το κατάστημά μας, λαμβάνετε email με σύνδεσμο παρακολούθησης.")),
        new("ordering", [Intents.PlaceOrder],
            new("How to order", "order buy purchase checkout basket place reserve",
                "You can order in our online shop at any time, by telephone on +357 22 000 000, or in the shop. Write to us here what you would like and a colleague orders it for you."),
            new("Πώς παραγγέλνετε", "παραγγελία παραγγείλω αγορά αγοράσω καλάθι κράτηση",
                "Παραγγέλνετε στο ηλεκτρονικό μας κατάστημα όποτε θέλετε, τηλεφωνικά στο +357 22 000 000 ή στο κατάστημα. Γράψτε μας εδώ τι θα θέλατε και ένας συνάδελφος το παραγγέλνει για εσάς.")),
        new("discounts", [Intents.Discount, Intents.GiftCard],
            new("Discounts and vouchers", "discount coupon voucher code offer sale promo newsletter loyalty cheaper gift card",
                "With the newsletter you receive a voucher of 10 % for your first order. From six pieces of the same item we give 15 % off. Gift vouchers are available from 20 EUR."),
            new("Εκπτώσεις και κουπόνια", "έκπτωση εκπτώσεις κουπόνι κωδικός προσφορά προσφορές δωροκάρτα newsletter",
                "Με την εγγραφή στο newsletter λαμβάνετε κουπόνι 10 % για την πρώτη παραγγελία. Από έξι τεμάχια του ίδιου προϊόντος κάνουμε έκπτωση 15 %. Δωροκάρτες διατίθενται από 20 EUR.")),
        new("invoices", [Intents.Invoice],
            new("Invoices and receipts", "invoice receipt vat tax company business bill",
                "Every parcel contains a receipt. If you need an invoice for your company, write the company's name and VAT number in the notes of the order."),
            new("Τιμολόγια και αποδείξεις", "τιμολόγιο απόδειξη φπα εταιρεία",
                "Κάθε δέμα περιέχει απόδειξη. Αν χρειάζεστε τιμολόγιο για την εταιρεία σας, γράψτε την επωνυμία και τον ΑΦΜ στις σημειώσεις της παραγγελίας.")),
        new("workshop", [],
            new("How our ceramics are made", "handmade made maker potter pottery workshop clay local origin artisan craft produced",
                "Our ceramics are thrown and glazed by hand by potters in Cyprus and Greece, so that no two pieces are quite alike. Colours can differ slightly from the pictures."),
            new("Πώς φτιάχνονται τα κεραμικά μας", "χειροποίητα φτιάχνονται εργαστήριο πηλός τεχνίτες προέλευση ντόπια",
                "Τα κεραμικά μας φτιάχνονται και υαλώνονται στο χέρι από κεραμίστες στην Κύπρο και στην Ελλάδα, γι' αυτό δεν υπάρχουν δύο ίδια κομμάτια. Τα χρώματα μπορεί να διαφέρουν λίγο από τις φωτογραφίες.")),
        new("warranty", [],
            new("Warranty", "warranty guarantee lamps clocks electric defect years repair",
                "Lamps and clocks have a warranty of 2 years from the day of delivery."),
            new("Εγγύηση", "εγγύηση φωτιστικά ρολόγια ελάττωμα χρόνια",
                "Τα φωτιστικά και τα ρολόγια έχουν εγγύηση 2 ετών από την ημέρα της παράδοσης.")),
        new("custom-orders", [],
            new("Custom orders", "custom personalised personalized engraving name engrave made order special commission",
                "We can have mugs, plates and bowls made with a name or a date; that takes 3 weeks and costs 8.00 EUR more for each piece."),
            new("Παραγγελίες κατά παραγγελία", "προσωποποιημένο όνομα χάραξη ειδική παραγγελία",
                "Μπορούμε να φτιάξουμε κούπες, πιάτα και μπολ με όνομα ή ημερομηνία· χρειάζονται 3 εβδομάδες και κοστίζουν 8,00 EUR επιπλέον το κομμάτι.")),
    ];

    public static IEnumerable<KnowledgeEntry> Entries(Guid workspaceId, DateTimeOffset now) => s_topics.SelectMany(topic => new[]
    {
        Entry(topic, "en", topic.English), Entry(topic, "el", topic.Greek),
    }.Select(entry => entry(workspaceId, now)));

    private static Func<Guid, DateTimeOffset, KnowledgeEntry> Entry(Topic topic, string language, Text text) => (workspaceId, now) => new KnowledgeEntry
    {
        Id = Identifiers.Derive($"knowledge/{workspaceId}/{topic.Slug}/{language}"),
        WorkspaceId = workspaceId,
        Slug = topic.Slug,
        Language = language,
        Topics = topic.Intents,
        Title = text.Title,
        Keywords = text.Keywords,
        Body = text.Body,
        UpdatedAt = now,
    };
}
