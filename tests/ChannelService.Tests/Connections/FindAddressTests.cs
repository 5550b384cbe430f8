using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChannelService.Tests.Meta;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Tests.Connections;

/// <summary>Who can be written to first, as ChatService asks for it.</summary>
public sealed class FindAddressTests
{
    private ChannelApp _app = null!;
    private FakeGraph _graph = null!;

    [OneTimeSetUp]
    public async Task Start() => (_app, _graph) = await FakeGraph.Start(workers: false);

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        _graph.Dispose();
    }

    [TestCase("+44 7700 900123", "+447700900123")]
    [TestCase("0044-7700-900123", "+447700900123")]
    [TestCase("+44 (0)7700.900123", "+447700900123")]
    [TestCase("+54 9 11 2345-6789", "+5491123456789")]
    [TestCase("07700 900123", null)]
    [TestCase("+44 7700 CALL", null)]
    [TestCase("+0123456789", null)]
    [TestCase("+1234567890123456", null)]
    [TestCase("", null)]
    public void A_number_is_one_with_its_countrys_code(string typed, string? number) => Assert.That(PhoneNumber.Parse(typed), Is.EqualTo(number));

    [Test]
    public async Task Each_provider_has_its_own_form_and_where_people_must_write_first_there_is_none()
    {
        Assert.That(await Address(_app.ConnectionId), Is.EqualTo("whatsapp:+447700900123"));
        Assert.That(await Address(FakeGraph.Connection("whatsapp")), Is.EqualTo("447700900123"));
        Assert.That(await Address(FakeGraph.Connection("facebook")), Is.Null);
    }

    [Test]
    public async Task Another_workspaces_connection_is_unknown_and_strangers_learn_nothing()
    {
        Assert.That((await Ask(_app.ConnectionId, Guid.NewGuid())).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Ask(Guid.NewGuid(), Identifiers.DefaultWorkspace)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _app.Http.GetAsync(Path(_app.ConnectionId, Identifiers.DefaultWorkspace))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private async Task<string?> Address(Guid connectionId)
    {
        using var response = await Ask(connectionId, Identifiers.DefaultWorkspace);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var found = await response.Content.ReadFromJsonAsync<JsonElement>();
        return found.TryGetProperty("address", out var address) && address.ValueKind == JsonValueKind.Object ? address.GetProperty("value").GetString() : null;
    }

    private Task<HttpResponseMessage> Ask(Guid connectionId, Guid workspaceId)
    {
        var path = Path(connectionId, workspaceId);
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(InternalCalls.Header, _app.Get<InternalCalls>().Sign($"GET {path}"));
        return _app.Http.SendAsync(request);
    }

    private static string Path(Guid connectionId, Guid workspaceId) =>
        $"/internal/connections/{connectionId}/address?workspaceId={workspaceId}&typed={Uri.EscapeDataString("+44 7700 900123")}";
}
