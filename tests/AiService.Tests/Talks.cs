using Assistify.AiService.Demo;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.AiService.Tests;

/// <summary>A customer of a workspace of its own, answered by the service's own parts, with traces that are kept.</summary>
internal sealed class Talks(AiApp app, Guid workspace, Guid? conversation = null, IReplyWriter? model = null, OfflineReplyWriter? offline = null)
{
    private readonly List<HistoryMessage> _history = [];
    private long _version;

    public Guid Conversation { get; } = conversation ?? Guid.NewGuid();

    public Guid Customer { get; } = Guid.NewGuid();

    public static async Task<Guid> NewShop(AiApp app)
    {
        var workspace = Guid.NewGuid();
        await using var scope = app.Services.CreateAsyncScope();
        await DemoShop.Seed(scope.ServiceProvider.GetRequiredService<AiDbContext>(), workspace, DateTimeOffset.UnixEpoch, default);
        return workspace;
    }

    public async Task<ReplyGenerated> Say(string text, string? name = null)
    {
        var message = new HistoryMessage(Guid.NewGuid(), Author.Customer, text, DateTimeOffset.UnixEpoch);
        _history.Add(message);
        var request = Some.Request(Conversation, ++_version, [.. _history], [message.Id]) with { WorkspaceId = workspace, CustomerId = Customer, CustomerName = name };
        offline ??= new OfflineReplyWriter();
        IReplyWriter[] writers = model is null ? [offline] : [model, offline];
        var pipeline = ActivatorUtilities.CreateInstance<ReplyPipeline>(app.Services, (object)writers);
        var store = app.Services.GetRequiredService<ReplyStore>();
        var claim = await store.Claim(request, default);
        var answer = await pipeline.Answer(request, claim.KnowledgeVersion, default);
        await store.Finish(new FinishedReply(Conversation, _version, "finished", answer.Reply, answer.Trace), default);
        _history.Add(new HistoryMessage(answer.Reply.ReplyId, Author.Assistant, answer.Reply.Text, DateTimeOffset.UnixEpoch));
        return answer.Reply;
    }
}
