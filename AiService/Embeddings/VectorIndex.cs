using Assistify.AiService.Understanding.Learning;

namespace Assistify.AiService.Embeddings;

/// <summary>The vectors of a workspace's knowledge, each compared with a question's: some thousands are some milliseconds.</summary>
internal sealed class VectorIndex
{
    private readonly List<(Guid Id, bool IsProduct, float[] Vector)> _items = [];

    public int Count => _items.Count;

    public void Add(Guid id, bool isProduct, float[] vector) => _items.Add((id, isProduct, vector));

    /// <summary>What is most like the question, the likest first.</summary>
    public IReadOnlyList<Guid> Nearest(float[] question, bool products, int most)
    {
        var nearest = new PriorityQueue<Guid, float>();
        foreach (var (id, isProduct, vector) in _items)
        {
            if (isProduct != products || vector.Length != question.Length) continue;
            var likeness = Numbers.Dot(vector, question);
            if (likeness <= 0) continue;
            if (nearest.Count < most) nearest.Enqueue(id, likeness);
            else nearest.EnqueueDequeue(id, likeness);
        }
        var ids = new List<Guid>();
        while (nearest.TryDequeue(out var id, out _)) ids.Add(id);
        ids.Reverse();
        return ids;
    }
}
