using Assistify.AiService.Replies;
using Assistify.Contracts;

namespace Assistify.AiService.Vision;

/// <summary>Looks at the customer's pictures.</summary>
internal interface IPictureReader
{
    /// <summary>The pictures of the messages at hand, oldest first; of those that were answered before, only what is known.</summary>
    Task<IReadOnlyList<SeenPicture>> Read(ReplyRequested request, AnswerNotes notes, CancellationToken cancellationToken);
}

/// <summary>Has the providers' models look at them, in the configured order, once each: what was seen is kept.</summary>
internal sealed class PictureReader(IEnumerable<VisionModel> models, IPictureContents contents, PictureFactsStore store, TimeProvider time) : IPictureReader
{
    private const int MostAtOnce = 4;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(12);

    private readonly IReadOnlyList<VisionModel> _models = [.. models];

    public async Task<IReadOnlyList<SeenPicture>> Read(ReplyRequested request, AnswerNotes notes, CancellationToken cancellationToken)
    {
        var pictures = request.History.SelectMany(message => (message.Pictures ?? []).Select(media => (Message: message.Id, Media: media))).ToList();
        if (pictures.Count == 0) return [];

        var known = await store.Find(request.WorkspaceId, [.. pictures.Select(picture => picture.Media)], cancellationToken);
        var seen = new List<SeenPicture>();
        var looked = 0;
        foreach (var (message, media) in pictures)
        {
            if (known.TryGetValue(media, out var kept)) seen.Add(new SeenPicture(message, media, kept.Facts, kept.Model));
            else if (request.Unanswered.Contains(message)) seen.Add(looked++ < MostAtOnce ? await Look(message, media, request, notes, cancellationToken) : new SeenPicture(message, media, null, Reason: "too_many"));
        }
        return seen;
    }

    private async Task<SeenPicture> Look(Guid message, Guid media, ReplyRequested request, AnswerNotes notes, CancellationToken cancellationToken)
    {
        if (!request.IsOn(Features.Models) || !request.IsOn(Features.Vision)) return Unseen("switched_off");
        if (_models.Count == 0) return Unseen("no_provider");
        if (await contents.Get(request.WorkspaceId, message, media, cancellationToken) is not { } picture) return Unseen("not_there");
        if (picture.ContentType.Length == 0) return Unseen("not_taken");

        var started = time.GetTimestamp();
        foreach (var model in _models)
        {
            var left = s_patience - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) return Unseen("out_of_time");
            if (await model.Describe(request, picture, notes, left, cancellationToken) is not { } facts) continue;
            await store.Keep(media, request, facts, model.Name, cancellationToken);
            return new SeenPicture(message, media, facts, model.Name);
        }
        return Unseen("all_failed");

        SeenPicture Unseen(string reason) => new(message, media, null, Reason: reason);
    }
}
