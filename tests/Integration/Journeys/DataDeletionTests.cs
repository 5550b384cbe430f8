using System.Net.Http.Json;
using System.Text.Json;
using Assistify.Testing;

namespace Assistify.Integration.Journeys;

/// <summary>A person takes the app away at Facebook: Meta demands, by what it signs, that everything about him go.</summary>
[TestFixture]
public sealed class DataDeletionTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private static HttpClient Http => Shared.System.Http;

    [Test]
    public async Task Who_demands_it_is_forgotten_by_every_service_and_reads_that_he_is()
    {
        var person = Shared.Confidential.Add("a customer's id at Facebook", "6712340000918273");
        var text = Shared.Confidential.Add("a customer's text", "Where is my parcel, timbuktuquokka?");
        using var sent = await Http.PostAsJsonAsync("/sandbox/api/facebook/inbound", new { from = person, text, profileName = "Forgetful" });
        Assert.That((await Json(sent)).GetProperty("status").GetInt32(), Is.EqualTo(200));
        await Eventually.IsTrue(
            async () => (await Http.GetFromJsonAsync<JsonElement>($"/sandbox/api/facebook/outbox?to={person}")).GetProperty("items").GetArrayLength() > 0, s_patience);
        Assert.That(await Known(person), Is.EqualTo(1));

        using var demanded = await Http.PostAsJsonAsync("/sandbox/api/facebook/data_deletion", new { from = person });
        var told = await Json(demanded);

        Assert.That(told.GetProperty("status").GetInt32(), Is.EqualTo(200), told.ToString());
        await Eventually.IsTrue(async () => await Known(person) == 0, s_patience);
        using var page = await Http.GetAsync(new Uri(told.GetProperty("url").GetString()!).PathAndQuery);
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("was accepted"));
    }

    private static async Task<int> Known(string person) =>
        (await Shared.System.Operator.Get<JsonElement>($"/api/customers?q={person}", CancellationToken.None)).GetProperty("items").GetArrayLength();

    private static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
