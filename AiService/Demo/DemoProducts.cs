using Assistify.AiService.Catalogue;
using Assistify.Contracts;

namespace Assistify.AiService.Demo;

/// <summary>What the demo shop sells.</summary>
internal static class DemoProducts
{
    private sealed record Line(
        string Slug, string Category, string Title, string Greek, decimal Price, int Stock, string Colours, string Tags, string Description, string GreekDescription);

    private static readonly Line[] s_lines =
    [
        new("aegean-blue-vase", "vase", "Aegean blue vase", "Μπλε βάζο Αιγαίο", 39.00m, 14, "blue", "ceramic handmade flowers gift mother birthday living room",
            "A slim stoneware vase with a deep blue glaze, 28 cm tall.", "Λεπτό κεραμικό βάζο με βαθύ μπλε υάλωμα, ύψος 28 cm."),
        new("salt-white-vase", "vase", "Salt white vase", "Λευκό βάζο Αλάτι", 34.50m, 9, "white", "ceramic handmade flowers gift wedding minimal",
            "A round, matt white vase for wildflowers, 18 cm tall.", "Στρογγυλό ματ λευκό βάζο για αγριολούλουδα, ύψος 18 cm."),
        new("cobalt-floor-vase", "vase", "Cobalt floor vase", "Επιδαπέδιο βάζο Κοβάλτιο", 89.00m, 3, "blue", "ceramic large statement living room",
            "A tall floor vase with a cobalt pattern painted by hand, 62 cm.", "Ψηλό επιδαπέδιο βάζο με ζωγραφισμένο στο χέρι σχέδιο κοβαλτίου, 62 cm."),
        new("terracotta-bud-vase", "vase", "Terracotta bud vase", "Μικρό βάζο τερακότα", 16.00m, 0, "terracotta", "ceramic small flowers gift",
            "A small vase of unglazed terracotta for a single stem.", "Μικρό βάζο από ανυάλωτη τερακότα για ένα μόνο λουλούδι."),
        new("harbour-mug", "mug", "Harbour mug", "Κούπα Λιμάνι", 14.90m, 40, "blue white", "ceramic handmade coffee tea kitchen gift father birthday",
            "A hand-thrown mug with a blue rim that holds 350 ml.", "Χειροποίητη κούπα με μπλε χείλος, χωράει 350 ml."),
        new("olive-mug", "mug", "Olive mug", "Κούπα Ελιά", 13.50m, 25, "green", "ceramic handmade coffee tea kitchen gift",
            "A mug in olive green with a wide handle that holds 300 ml.", "Κούπα σε πράσινο της ελιάς με φαρδύ χερούλι, χωράει 300 ml."),
        new("sunrise-espresso-set", "mug", "Sunrise espresso cups, set of 4", "Φλιτζάνια εσπρέσο Ανατολή, σετ των 4", 32.00m, 11, "yellow pink", "ceramic coffee espresso kitchen gift wedding housewarming",
            "Four espresso cups in the colours of the morning.", "Τέσσερα φλιτζάνια εσπρέσο στα χρώματα του πρωινού."),
        new("linen-white-plates", "plate", "Linen white dinner plates, set of 4", "Λευκά πιάτα Λινό, σετ των 4", 54.00m, 8, "white", "ceramic tableware kitchen dinner gift wedding housewarming",
            "Four dinner plates with a fine linen texture, 27 cm across.", "Τέσσερα πιάτα με υφή λινού, διάμετρος 27 cm."),
        new("fish-serving-plate", "plate", "Fish serving plate", "Πιατέλα με ψάρια", 42.00m, 6, "blue white", "ceramic tableware serving kitchen handmade painted",
            "An oval plate with two fish painted by hand, 38 cm long.", "Οβάλ πιατέλα με δύο ψάρια ζωγραφισμένα στο χέρι, μήκος 38 cm."),
        new("sea-foam-bowl", "bowl", "Sea foam bowl", "Μπολ Αφρός", 22.00m, 17, "green", "ceramic salad kitchen tableware handmade gift",
            "A salad bowl with a pale green reactive glaze, 24 cm across.", "Σαλατιέρα με ανοιχτό πράσινο υάλωμα, διάμετρος 24 cm."),
        new("charcoal-ramen-bowls", "bowl", "Charcoal bowls, pair", "Μπολ Κάρβουνο, ζευγάρι", 36.00m, 5, "black grey", "ceramic soup ramen kitchen tableware",
            "Two deep bowls with a matt charcoal glaze.", "Δύο βαθιά μπολ με ματ υάλωμα στο χρώμα του κάρβουνου."),
        new("lavender-candle", "candle", "Lavender candle", "Κερί λεβάντα", 18.50m, 30, "white", "scented relax bedroom bath gift mother birthday",
            "A soy wax candle with lavender from Platres that burns for 40 hours.", "Κερί σόγιας με λεβάντα από τις Πλάτρες, καίει 40 ώρες."),
        new("fig-candle", "candle", "Fig leaf candle", "Κερί φύλλο συκιάς", 19.90m, 0, "green", "scented living room gift",
            "A soy wax candle with the scent of fig leaves in a glazed pot.", "Κερί σόγιας με άρωμα από φύλλα συκιάς σε υαλωμένο δοχείο."),
        new("moon-table-lamp", "lamp", "Moon table lamp", "Επιτραπέζιο φωτιστικό Φεγγάρι", 74.00m, 7, "white", "ceramic light bedroom living room gift housewarming",
            "A table lamp with a ceramic base and a linen shade, 42 cm tall.", "Επιτραπέζιο φωτιστικό με κεραμική βάση και λινό καπέλο, ύψος 42 cm."),
        new("reed-pendant-lamp", "lamp", "Reed pendant lamp", "Κρεμαστό φωτιστικό Καλάμι", 98.00m, 4, "beige", "light ceiling kitchen dining woven natural",
            "A pendant lamp woven from reed, 45 cm across.", "Κρεμαστό φωτιστικό πλεγμένο από καλάμι, διάμετρος 45 cm."),
        new("forest-cushion", "cushion", "Forest cushion", "Μαξιλάρι Δάσος", 27.00m, 18, "green", "linen textile sofa living room washable",
            "A linen cushion with a removable cover that can be washed at 30 degrees.", "Λινό μαξιλάρι με αφαιρούμενο κάλυμμα που πλένεται στους 30 βαθμούς."),
        new("dune-throw", "blanket", "Dune throw", "Ριχτάρι Αμμόλοφος", 59.00m, 10, "beige white", "cotton textile sofa bedroom warm winter gift",
            "A woven cotton throw with fringes, 130 by 180 cm.", "Υφαντό βαμβακερό ριχτάρι με κρόσσια, 130 επί 180 cm."),
        new("river-stone-teapot", "teapot", "River stone teapot", "Τσαγιέρα Βότσαλο", 48.00m, 6, "grey", "ceramic tea kitchen handmade gift mother",
            "A teapot with a bamboo handle and a strainer that holds 800 ml.", "Τσαγιέρα με χερούλι από μπαμπού και σουρωτήρι, χωράει 800 ml."),
        new("balcony-planter", "planter", "Balcony planter", "Γλάστρα Μπαλκόνι", 24.00m, 20, "terracotta", "ceramic plants garden outdoor balcony herbs",
            "A terracotta planter with a saucer for herbs and small plants, 22 cm across.", "Γλάστρα από τερακότα με πιατάκι για μυρωδικά και μικρά φυτά, διάμετρος 22 cm."),
        new("kitchen-herb-planter", "planter", "Kitchen herb planter", "Κασπό για μυρωδικά κουζίνας", 29.50m, 12, "white blue", "ceramic plants kitchen herbs gift",
            "A long glazed planter with room for three herbs.", "Μακρόστενο υαλωμένο κασπό με χώρο για τρία μυρωδικά."),
        new("walnut-tray", "tray", "Walnut tray", "Δίσκος από καρυδιά", 38.00m, 9, "brown", "wood serving breakfast kitchen gift father",
            "A serving tray of oiled walnut with handles, 40 by 30 cm.", "Δίσκος σερβιρίσματος από λαδωμένη καρυδιά με χερούλια, 40 επί 30 cm."),
        new("island-water-jug", "jug", "Island water jug", "Κανάτα Νησί", 31.00m, 13, "blue white", "ceramic water wine kitchen tableware handmade",
            "A jug for water or wine with blue stripes that holds 1.2 litres.", "Κανάτα για νερό ή κρασί με μπλε ρίγες, χωράει 1.2 λίτρα."),
        new("pebble-soap-dish", "soap", "Pebble soap dish", "Σαπουνοθήκη Βότσαλο", 11.00m, 22, "grey white", "ceramic bathroom bath gift small",
            "A soap dish shaped like a pebble, with a drain.", "Σαπουνοθήκη σε σχήμα βότσαλου, με αποστράγγιση."),
    ];

    public static IEnumerable<Product> Products(Guid workspaceId, DateTimeOffset now) => s_lines.Select(line =>
    {
        var id = Identifiers.Derive($"product/{workspaceId}/{line.Slug}");
        var product = new Product
        {
            Id = id,
            WorkspaceId = workspaceId,
            Slug = line.Slug,
            Title = line.Title,
            Description = line.Description,
            Translations = new() { ["el"] = new ProductText(line.Greek, line.GreekDescription) },
            Category = line.Category,
            Tags = line.Tags.Split(' '),
            Colours = line.Colours.Split(' '),
            Price = line.Price,
            Currency = "EUR",
            Stock = line.Stock,
            UpdatedAt = now,
        };
        product.ImageUrl = product.DrawingUrl;
        product.Keywords = product.JoinKeywords();
        return product;
    });
}
