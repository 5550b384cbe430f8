using System.Text;

namespace Assistify.Contracts;

/// <summary>A message to ChatService that must stay in order with the others of the same person on the same connection.</summary>
public interface IPartitioned
{
    /// <summary>0 to <see cref="Partition.Count"/> - 1; computed once with <see cref="Contracts.Partition.For"/> and carried along.</summary>
    int Partition { get; }
}

/// <summary>Which of ChatService's queues a person's messages travel through. The publisher computes it.</summary>
public static class Partition
{
    public const int Count = 16;

    /// <summary>FNV-1a over the connection and the address: the same on every machine and in every version.</summary>
    public static int For(Guid connectionId, string address)
    {
        Span<byte> id = stackalloc byte[16];
        connectionId.TryWriteBytes(id, bigEndian: true, out _);
        var hash = 2166136261u;
        foreach (var octet in id) hash = (hash ^ octet) * 16777619u;
        foreach (var octet in Encoding.UTF8.GetBytes(address)) hash = (hash ^ octet) * 16777619u;
        return (int)((hash ^ (hash >> 16)) % Count);
    }
}
