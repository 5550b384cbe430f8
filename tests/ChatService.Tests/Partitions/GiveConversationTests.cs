using System.Net;
using System.Net.Http.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Partitions;

/// <summary>What the service that helps people is given of a conversation.</summary>
public sealed class GiveConversationTests : ChatTests
{
    [Test]
    public async Task What_the_customer_said_last_is_to_be_answered_and_notes_stay_here()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "Are you open on Sunday?"));
        var conversation = await _host.Conversation(number);
        var agent = _host.Operator();
        await Write(agent, conversation.Id, new { text = "From eleven to three." });
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await _host.Handle(Some.Message(number, "And do you ship", id: first));
        await Write(agent, conversation.Id, new { text = "He always asks that.", @private = true });
        await _host.Handle(Some.Message(number, "to Cyprus?", id: second));

        var given = await Give(conversation.Id, Some.Workspace);

        Assert.That(given!.Unanswered, Is.EqualTo(new[] { first, second }));
        Assert.That(given.History.Select(message => message.Text), Is.EqualTo(new[] { "Are you open on Sunday?", "From eleven to three.", "And do you ship", "to Cyprus?" }));
        Assert.That((given.WorkspaceId, given.CustomerName, given.Channel), Is.EqualTo((Some.Workspace, "Ada", "whatsapp")));

        await Write(agent, conversation.Id, new { text = "One moment, please." });
        Assert.That((await Give(conversation.Id, Some.Workspace))!.Unanswered, Is.EqualTo(new[] { first, second }), "that was no answer");
        Assert.That((await Give(conversation.Id, Some.Workspace, messages: 2))!.History.Select(message => message.Text), Is.EqualTo(new[] { "to Cyprus?", "One moment, please." }));
    }

    [Test]
    public async Task Only_our_own_services_are_given_it_and_only_of_the_workspace_that_they_name()
    {
        var customer = await _host.Customer();
        var path = $"/internal/conversations/{customer.ConversationId}?workspaceId={Some.Workspace}&messages=12";

        Assert.That((await _host.CreateClient().GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await _host.Operator("owner").GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Ask(path)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent), "nothing was written");
        Assert.That((await Ask(path.Replace($"{Some.Workspace}", $"{Guid.NewGuid()}", StringComparison.Ordinal))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Ask(path.Replace($"{customer.ConversationId}", $"{Guid.NewGuid()}", StringComparison.Ordinal))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static async Task Write(HttpClient agent, Guid conversation, object message)
    {
        using var response = await agent.PostAsJsonAsync($"/api/conversations/{conversation}/messages", message);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await response.Content.ReadAsStringAsync());
    }

    private async Task<ReplyRequested?> Give(Guid id, Guid workspace, int messages = 12)
    {
        using var response = await Ask($"/internal/conversations/{id}?workspaceId={workspace}&messages={messages}");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await response.Content.ReadFromJsonAsync<ReplyRequested>(Json.Options);
    }

    private Task<HttpResponseMessage> Ask(string path)
    {
        var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Add(InternalCalls.Header, _host.Services.GetRequiredService<InternalCalls>().Sign($"GET {path}"));
        return _host.CreateClient().SendAsync(asked);
    }
}
