using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests.Messaging;

public sealed class PartitionOwnershipTests
{
    [Test]
    public void Every_partition_has_exactly_one_owner([Range(1, 6)] int count)
    {
        var replicas = Enumerable.Range(1, count).Select(n => Identifiers.Derive($"replica {n}")).ToList();

        var owned = replicas.SelectMany(replica => PartitionOwnership.OwnedBy(replica, replicas)).ToList();

        Assert.That(owned, Is.EquivalentTo(Enumerable.Range(0, Partition.Count)));
    }

    [Test]
    public void When_a_replica_dies_only_its_partitions_move()
    {
        var replicas = Enumerable.Range(1, 4).Select(n => Identifiers.Derive($"replica {n}")).ToList();
        var survivors = replicas.Skip(1).ToList();

        foreach (var survivor in survivors)
        {
            Assert.That(
                PartitionOwnership.OwnedBy(survivor, survivors),
                Is.SupersetOf(PartitionOwnership.OwnedBy(survivor, replicas)));
        }
    }
}
