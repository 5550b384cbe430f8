using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Conversations;

public class TurnPropertyTests
{
    [Test]
    public void A_thousand_interleavings_never_answer_twice_nor_after_a_take_over_nor_forget_anybody()
    {
        for (var seed = 1; seed <= 1_000; seed++) new Interleaving(seed).Run();
    }

    /// <summary>A conversation whose answers are slow, come twice and out of order, while everybody acts at once.</summary>
    private sealed class Interleaving(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<long> _requested = [];
        private readonly HashSet<long> _answered = [];
        private readonly List<(long Sequence, Author Author)> _messages = [];
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        private Conversation _conversation = Some.Conversation();

        public void Run()
        {
            for (var step = 0; step < 60; step++)
            {
                _now += TimeSpan.FromMilliseconds(_random.Next(0, 9_000));
                Step();
                Check();
            }
        }

        private void Step()
        {
            switch (_random.Next(12))
            {
                case <= 3: CustomerWrites(); break;
                case <= 6: Answer(); break;
                case 7: if (!_conversation.IsClosed) _conversation.TakeOver(Guid.NewGuid(), "A", _now); break;
                case 8: if (!_conversation.IsClosed) Asked(_conversation.HandBack(_now)); break;
                case 9: OperatorWrites(); break;
                case 10: Fail(); break;
                default: if (_random.Next(3) == 0) _conversation.Close(null, _now); break;
            }

            if (_conversation.DueAt is { } due && due <= _now) Asked(_conversation.Ask(_now));
        }

        private void CustomerWrites()
        {
            if (_conversation.IsClosed)
            {
                if (_random.Next(2) == 0) _conversation.Reopen(_now);
                else (_conversation, _) = (Some.Conversation(), Forget());
            }

            var before = _conversation.Version;
            Asked(_conversation.ReceiveCustomerMessage(Guid.NewGuid(), _now, TimeSpan.FromMilliseconds(_random.Next(2) * 1_200), _now));
            Assert.That(_conversation.Version, Is.EqualTo(before + 1));
            _messages.Add((_conversation.Sequence, Author.Customer));
        }

        private bool Forget()
        {
            _requested.Clear();
            _answered.Clear();
            _messages.Clear();
            return true;
        }

        private void Answer()
        {
            if (_requested.Count == 0) return;
            // Any request that ever went out may be answered now: late, twice, in any order.
            var version = _requested[_random.Next(_requested.Count)];
            var (turn, unanswered, closed) = (_conversation.Turn, _conversation.IsUnanswered, _conversation.IsClosed);
            if (!_conversation.AcceptAnswer(version, handOver: _random.Next(8) == 0, _now)) return;

            Assert.Multiple(() =>
            {
                Assert.That(turn, Is.EqualTo(TurnHolder.Assistant), $"seed {seed}: answered after a take-over");
                Assert.That(unanswered, $"seed {seed}: answered what was answered");
                Assert.That(closed, Is.False, $"seed {seed}: answered in a closed conversation");
                Assert.That(_answered.Add(version), $"seed {seed}: two answers to version {version}");
                Assert.That(_messages[^1].Author, Is.Not.EqualTo(Author.Assistant), $"seed {seed}: two answers in a row");
            });
            _messages.Add((_conversation.Sequence, Author.Assistant));
        }

        private void Fail()
        {
            if (_requested.Count == 0) return;
            if (_conversation.AcceptFailure(_requested[_random.Next(_requested.Count)], _now))
                _messages.Add((_conversation.Sequence, Author.System));
        }

        private void OperatorWrites()
        {
            if (_random.Next(2) == 0)
            {
                var version = _conversation.Version;
                _conversation.AddPrivateNote(_now);
                Assert.That(_conversation.Version, Is.EqualTo(version), "A private note leaves the turn alone.");
            }
            else if (_conversation.IsClosed) return;
            else Assert.That(_conversation.ReplyAsOperator(Guid.NewGuid(), "A", _now) & Effects.Ask, Is.EqualTo(Effects.None));

            _messages.Add((_conversation.Sequence, Author.Agent));
        }

        private void Asked(Effects effects)
        {
            if ((effects & Effects.Ask) != 0) _requested.Add(_conversation.Version);
        }

        private void Check()
        {
            Assert.That(_messages.Select(m => m.Sequence), Is.EqualTo(Enumerable.Range(1, _messages.Count).Select(n => (long)n)), $"seed {seed}: gaps");
            var owed = !_conversation.IsClosed && _conversation.Turn == TurnHolder.Assistant && _conversation.IsUnanswered;
            Assert.That(_conversation.DueAt is not null, Is.EqualTo(owed), $"seed {seed}: an unanswered conversation has a due time, and no other");
            if (owed) Assert.That(_conversation.DueAt, Is.LessThanOrEqualTo(_now + Conversation.AskAgainAfter));
        }
    }
}
