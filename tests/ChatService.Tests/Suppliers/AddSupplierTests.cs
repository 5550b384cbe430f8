using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using Assistify.ChatService.Suppliers;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Suppliers;

/// <summary>Suppliers who have not written yet.</summary>
public sealed class AddSupplierTests
{
    private static readonly Guid s_connection = Identifiers.Connection(Some.Workspace, "whatsapp", "1065");
    private ChatHost _host = null!;
    private Channels _channels = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _channels = new Channels();
        _host = new ChatHost
        {
            Settings = { ["services:channels:http:0"] = "http://away.test", ["services:channels:http:1"] = "http://channels.test" },
            Configure = services => services.AddHttpClient<ConnectionAddresses>().ConfigurePrimaryHttpMessageHandler(() => _channels),
        };
    }

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task A_supplier_who_never_wrote_is_asked_by_a_template_and_not_by_free_text()
    {
        var agent = _host.Operator();
        var customer = await _host.Customer();
        var (status, supplier) = await Add(agent, new { connectionId = s_connection, address = "+44 7700 900811", name = " Potter " });

        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((Text(supplier, "name"), Text(supplier, "phone"), Text(supplier, "channel")), Is.EqualTo(("Potter", "+447700900811", "whatsapp")));
        var conversation = supplier.GetProperty("conversationId").GetGuid();
        var enquiry = new { customer.ConversationId, subject = "Blue vase" };
        using var free = await agent.PostAsJsonAsync($"/api/conversations/{conversation}/messages", new { text = "Photos?", enquiry });
        Assert.That(free.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await free.Content.ReadAsStringAsync(), Does.Contain("template"));
        using var asked = await agent.PostAsJsonAsync($"/api/conversations/{conversation}/messages", new { template = new { name = "ask_photo", values = new[] { "Blue vase" } }, enquiry });
        Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await asked.Content.ReadAsStringAsync());

        await Eventually.IsTrue(() => _host.Broker.All<DeliverMessage>().Any(delivery => delivery.ConversationId == conversation));
        var delivery = _host.Broker.All<DeliverMessage>().First(delivery => delivery.ConversationId == conversation);
        Assert.That((delivery.ConnectionId, delivery.Address, delivery.Template?.Name), Is.EqualTo((s_connection, "447700900811", "ask_photo")));
        Assert.That(await _host.Query<string>("select subject from enquiries where supplier_conversation_id = $1", conversation), Is.EqualTo(new[] { "Blue vase" }));
    }

    [Test]
    public async Task What_he_writes_then_is_in_the_same_conversation_and_for_people()
    {
        var (_, supplier) = await Add(_host.Operator(), new { connectionId = s_connection, address = "+447700900812", name = "Potter" });

        await _host.Handle(Message("447700900812", "Yes, tomorrow"));

        var conversation = await _host.Conversation("447700900812");
        Assert.That((conversation.Id, conversation.CustomerId), Is.EqualTo((supplier.GetProperty("conversationId").GetGuid(), supplier.GetProperty("id").GetGuid())));
        Assert.That(conversation.WindowExpiresAt, Is.GreaterThan(DateTimeOffset.UtcNow));
        Assert.That(_host.Broker.All<ReplyRequested>().Where(request => request.ConversationId == conversation.Id && request.AnswerWanted), Is.Empty);
    }

    [Test]
    public async Task A_supplier_whom_the_provider_knows_by_another_form_of_his_number_is_the_same_one()
    {
        var agent = _host.Operator();
        var customer = await _host.Customer();
        var (_, supplier) = await Add(agent, new { connectionId = s_connection, address = "+54 11 2345 0816", name = "Potter" });
        using var asked = await agent.PostAsJsonAsync(
            $"/api/conversations/{supplier.GetProperty("conversationId").GetGuid()}/messages",
            new { template = new { name = "ask_photo" }, enquiry = new { customer.ConversationId, subject = "Blue vase" } });
        Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));

        var message = Message("5491123450816", "Here");
        await _host.Handle(message);
        var conversation = await _host.Conversation("5491123450816");
        Assert.That(conversation.CustomerId, Is.EqualTo(supplier.GetProperty("id").GetGuid()));
        await _host.Handle(new MediaStored(message.MessageId, Guid.NewGuid(), conversation.Id, conversation.WorkspaceId, conversation.Partition, "image", "image/png", 1));

        var picture = _host.Broker.All<SupplierPicture>().Single(picture => picture.ConversationId == customer.ConversationId);
        Assert.That((picture.Subject, picture.SupplierId), Is.EqualTo(("Blue vase", conversation.CustomerId)));
    }

    [Test]
    public async Task The_same_address_again_is_the_same_supplier_also_where_he_wrote_before()
    {
        await _host.Handle(Message("447700900813", "Good morning"));
        var written = await _host.Conversation("447700900813");

        var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Add(_host.Operator(), new { connectionId = s_connection, address = "0044 7700 900813", name = "Potter" })));
        var again = await Add(_host.Operator(), new { connectionId = s_connection, address = "+447700900814", name = "Weaver" });
        var twice = await Add(_host.Operator(), new { connectionId = s_connection, address = "+44 (0)7700 900814", name = "Spinner" });

        Assert.That(all.Select(one => one.Supplier.GetProperty("id").GetGuid()).Distinct(), Is.EqualTo(new[] { written.CustomerId }));
        Assert.That(all.Select(one => one.Supplier.GetProperty("conversationId").GetGuid()).Distinct(), Is.EqualTo(new[] { written.Id }));
        Assert.That((twice.Supplier.GetProperty("id").GetGuid(), Text(twice.Supplier, "name")), Is.EqualTo((again.Supplier.GetProperty("id").GetGuid(), "Weaver")));
        var listed = await _host.Operator("viewer").GetFromJsonAsync<JsonElement>("/api/suppliers?limit=1");
        Assert.That(listed.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        Assert.That(await Listed(_host.Operator("viewer")), Is.SupersetOf(new[] { written.CustomerId, again.Supplier.GetProperty("id").GetGuid() }));
        Assert.That(await Listed(_host.Operator("viewer", workspaceId: Guid.NewGuid())), Is.Empty);
    }

    [Test]
    public async Task Who_cannot_be_written_to_is_refused_with_the_reason()
    {
        var agent = _host.Operator();
        Assert.That((await Add(_host.Operator("viewer"), new { connectionId = s_connection, address = "+447700900815", name = "x" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        foreach (var (body, field) in new (object, string)[]
        {
            (new { address = "+447700900815", name = "x" }, "connectionId"), (new { connectionId = s_connection, name = "x" }, "address"),
            (new { connectionId = s_connection, address = "+447700900815", name = " " }, "name"), (new { connectionId = s_connection, address = "07700 900815", name = "x" }, "address"),
            (new { connectionId = Guid.NewGuid(), address = "+447700900815", name = "x" }, "connectionId"),
        })
        {
            var (status, problem) = await Add(agent, body);
            Assert.That((status, problem.GetProperty("errors").EnumerateObject().Single().Name), Is.EqualTo((HttpStatusCode.BadRequest, field)));
        }

        // Its connections are another workspace's.
        var foreign = await Add(_host.Operator(workspaceId: Guid.NewGuid()), new { connectionId = s_connection, address = "+447700900815", name = "x" });
        Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await _host.Query<long>("select count(*) from customer_identifiers where value = '447700900815'"), Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public async Task While_nobody_knows_the_connection_it_is_to_be_repeated()
    {
        await using var alone = new ChatHost { Settings = { ["services:channels:http:0"] = "http://127.0.0.1:9" } };

        Assert.That(
            (await Add(alone.Operator(), new { connectionId = s_connection, address = "+447700900815", name = "x" })).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    private static CustomerMessageReceived Message(string number, string text) => Some.Message($"whatsapp:+{number}", text) with
    {
        ConnectionId = s_connection, Partition = Partition.For(s_connection, number), From = new CustomerAddress("whatsapp", number, "Ada", "+" + number),
    };

    private static async Task<(HttpStatusCode Status, JsonElement Supplier)> Add(HttpClient client, object supplier)
    {
        using var response = await client.PostAsJsonAsync("/api/suppliers", supplier);
        var body = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, body.Length == 0 ? default : JsonDocument.Parse(body).RootElement);
    }

    private static async Task<List<Guid>> Listed(HttpClient client)
    {
        var all = new List<Guid>();
        for (string? next = ""; next is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/suppliers?limit=2{(next.Length == 0 ? "" : $"&cursor={next}")}");
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }

        return all;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>ChannelService with one WhatsApp connection; it believes only our own services.</summary>
    private sealed class Channels : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.That(request.Headers.Contains(InternalCalls.Header));
            if (request.RequestUri!.Host == "away.test") throw new HttpRequestException("away");
            var query = HttpUtility.ParseQueryString(request.RequestUri.Query);
            if (request.RequestUri.AbsolutePath != $"/internal/connections/{s_connection}/address" || query["workspaceId"] != Some.Workspace.ToString())
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
            var typed = query["typed"]!.Replace("(0)", "", StringComparison.Ordinal);
            var digits = string.Concat(typed.Where(char.IsAsciiDigit));
            if (digits.StartsWith("00", StringComparison.Ordinal)) digits = digits[2..];
            object? address = digits.StartsWith("447", StringComparison.Ordinal) || digits.StartsWith("54", StringComparison.Ordinal) ? new { kind = "whatsapp", value = digits, phone = "+" + digits } : null;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { channel = "whatsapp", address }) });
        }
    }
}
