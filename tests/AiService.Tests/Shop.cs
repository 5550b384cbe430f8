using Assistify.AiService.Assistants;
using Assistify.AiService.Audit;
using Assistify.AiService.Demo;
using Assistify.AiService.Evaluation.Cases;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.IntentModels;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Publishing;
using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Replies.Memory;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;
using Assistify.AiService.Vision;
using Assistify.Contracts;
using Assistify.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Assistify.AiService.Tests;

/// <summary>The demo shop on a real Postgres, with the parts that the service is made of. Made once for all tests that only read.</summary>
internal sealed class Shop
{
    private static readonly Lazy<Task<Shop>> s_shared = new(Open);
    private static readonly LanguageDetector s_languages = new();
    private static readonly WorkspaceIntents s_intents = new();
    private static readonly SentimentClassifier s_sentiments = new();

    private Shop(NpgsqlDataSource database) => Database = database;

    public static Task<Shop> Shared => s_shared.Value;

    public static MessageReader Reader { get; } = new(s_languages, s_intents, s_sentiments);

    public NpgsqlDataSource Database { get; }

    public IKnowledgeSearch Search => new PostgresKnowledgeSearch(Database);

    public static async Task<Shop> Open()
    {
        var database = NpgsqlDataSource.Create(await TestPostgres.NewDatabaseAsync());
        await using var db = new AiDbContext(new DbContextOptionsBuilder<AiDbContext>().UseNpgsql(database).Options);
        await db.Database.MigrateAsync();
        await DemoShop.Seed(db, Identifiers.DefaultWorkspace, DateTimeOffset.UnixEpoch, default);
        return new Shop(database);
    }

    /// <summary>Lets everything through as long as the workspace asks for nothing else.</summary>
    public PublishingGate Gate()
    {
        var models = new ModelStore(Database, TimeProvider.System);
        return new PublishingGate(
            new PublishingStore(Database, TimeProvider.System), new CaseStore(Database), new AssistantStore(Database, TimeProvider.System), new IntentVersions(models, s_intents), s_intents,
            s_languages, s_sentiments, null!, Database, new AuditTrail(new Outbox(Database, null!, TimeProvider.System), TimeProvider.System), TimeProvider.System);
    }

    public AiDbContext NewContext() => new(new DbContextOptionsBuilder<AiDbContext>().UseNpgsql(Database).Options);

    public ReplyPipeline Pipeline(IEnumerable<IReplyWriter>? writers = null, IDeltaPublisher? deltas = null, IKnowledgeSearch? search = null, WorkspaceAssistants? assistants = null, IPictureReader? pictures = null) => new(
        Reader, pictures ?? new RecordedPictures([]), new Planner(Reader), new Gatherer(search ?? Search), writers ?? [new OfflineReplyWriter()], new ReplyChecks(Reader), deltas ?? new Published(),
        assistants ?? new WorkspaceAssistants(), new AiMetrics(), TimeProvider.System);

    public ConversationMemory Memory(params IEnumerable<IHistorySummarizer> summarizers) =>
        new(Database, [.. summarizers, new ExtractiveSummarizer()], TimeProvider.System, NullLogger<ConversationMemory>.Instance);

    /// <summary>A customer who writes to the shop; what was said before goes along.</summary>
    public Customer NewCustomer(string? locale = null) => new(this, locale);

    public async Task<ReplyGenerated> Ask(params string[] burst) => await NewCustomer().Ask(burst);

    public async Task<ReplyGenerated> Answer(ReplyRequested request) => (await Pipeline().Answer(request, 1, default)).Reply;
}

internal sealed class Customer(Shop shop, string? locale, IReplyWriter? writer = null)
{
    private readonly List<HistoryMessage> _history = [];
    private readonly Guid _conversation = Guid.NewGuid();
    private readonly ReplyPipeline _pipeline = shop.Pipeline(writer is null ? null : [writer]);
    private long _version;

    public Guid Conversation => _conversation;

    public async Task<ReplyGenerated> Ask(params string[] burst)
    {
        var unanswered = burst.Select(text => Some.Says(Author.Customer, text)).ToList();
        _history.AddRange(unanswered);
        var request = Some.Request(_conversation, ++_version, [.. _history], [.. unanswered.Select(message => message.Id)], locale: locale);
        var answer = await _pipeline.Answer(request, 1, default);
        _history.Add(new HistoryMessage(answer.Reply.ReplyId, Author.Assistant, answer.Reply.Text, DateTimeOffset.UnixEpoch));
        return answer.Reply;
    }
}

internal static class Some
{
    public static HistoryMessage Says(Author author, string text, Choice? choice = null) => new(Guid.NewGuid(), author, text, DateTimeOffset.UnixEpoch, choice);

    /// <summary>An answer as it stands in the history, with what could be tapped under it.</summary>
    public static HistoryMessage Said(ReplyGenerated reply) => new(
        reply.ReplyId, Author.Assistant, reply.Text, DateTimeOffset.UnixEpoch,
        Offered: [.. reply.Cards.Where(card => card.IsChoice()).Select(card => new Choice(card.Action!, card.Title))]);

    public static ReplyRequested Request(
        Guid conversation, long version, IReadOnlyList<HistoryMessage> history, IReadOnlyList<Guid> unanswered, bool stream = false, bool answerWanted = true,
        string? locale = null, string channel = "web") => new(
            conversation, version, Identifiers.DefaultWorkspace, Guid.NewGuid(), channel, 3, unanswered, history, stream, answerWanted, null, locale,
            DateTimeOffset.UnixEpoch);

    public static ReplyRequested Question(string text = "When are you open on Sunday?", long version = 1, bool stream = false, bool answerWanted = true, Guid? conversation = null)
    {
        var message = Says(Author.Customer, text);
        return Request(conversation ?? Guid.NewGuid(), version, [message], [message.Id], stream, answerWanted);
    }
}

/// <summary>What the service told the others.</summary>
internal sealed class Published : IReplyPublisher, IDeltaPublisher
{
    private readonly Lock _lock = new();
    private readonly List<object> _messages = [];

    public IReadOnlyList<T> Of<T>()
    {
        lock (_lock) return [.. _messages.OfType<T>()];
    }

    public IReadOnlyList<object> All
    {
        get { lock (_lock) return [.. _messages]; }
    }

    public Task Publish(ReplyGenerated reply, CancellationToken cancellationToken) => Add(reply);

    public Task Publish(MessagesUnderstood understood, CancellationToken cancellationToken) => Add(understood);

    public Task Publish(ReplyFailed failed, CancellationToken cancellationToken) => Add(failed);

    public Task Publish(ReplyDelta delta, CancellationToken cancellationToken) => Add(delta);

    public Task Publish(ReplyReset reset, CancellationToken cancellationToken) => Add(reset);

    private Task Add(object message)
    {
        lock (_lock) _messages.Add(message);
        return Task.CompletedTask;
    }
}
