using System.Buffers.Text;
using System.Text;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests.Tokens;

public sealed class TokenTests
{
    private static readonly Guid s_workspace = Guid.Parse("0199a0c0-0000-7000-8000-000000000001");
    private static readonly Guid s_operator = Guid.Parse("0199a0c0-0000-7000-8000-000000000002");

    private readonly ManualTime _time = new();
    private readonly TokenKey _key = TokenKey.Create();

    [OneTimeTearDown]
    public void Dispose() => _key.Dispose();

    [Test]
    public async Task An_operators_token_names_person_workspace_and_role()
    {
        var issued = Issuer(_key).IssueOperator(s_operator, s_workspace, Roles.Agent, "Ana Öz", Guid.Empty);

        var user = (await Validator(_key).Validate(issued.Token, CancellationToken.None))!.Principal;

        Assert.That(user.Id(), Is.EqualTo(s_operator));
        Assert.That(user.WorkspaceId(), Is.EqualTo(s_workspace));
        Assert.That(user.Role(), Is.EqualTo("agent"));
        Assert.That(user.DisplayName(), Is.EqualTo("Ana Öz"));
        Assert.That(user.IsCustomer(), Is.False);
        Assert.That(user.IsAtLeast(Roles.Viewer), Is.True);
        Assert.That(user.IsAtLeast(Roles.Admin), Is.False);
        Assert.That(issued.ExpiresAt, Is.EqualTo(_time.GetUtcNow().AddMinutes(10)));
    }

    [Test]
    public async Task A_web_customers_token_names_conversation_and_channel_and_lasts_30_days()
    {
        var conversation = Guid.CreateVersion7(_time.GetUtcNow());
        var issued = Issuer(_key).IssueCustomer(s_operator, conversation, s_workspace, "web");

        var user = (await Validator(_key).Validate(issued.Token, CancellationToken.None))!.Principal;

        Assert.That(user.IsCustomer(), Is.True);
        Assert.That(user.IsAtLeast(Roles.Viewer), Is.False);
        Assert.That(user.ConversationId(), Is.EqualTo(conversation));
        Assert.That(user.Channel(), Is.EqualTo("web"));
        Assert.That(issued.ExpiresAt, Is.EqualTo(_time.GetUtcNow().AddDays(30)));
    }

    [Test]
    public async Task A_token_of_another_key_with_the_same_id_fails_also_after_that_key_was_used()
    {
        using var other = TokenKey.Create();
        using var impostor = TokenKey.From(other.Public with { KeyId = _key.Id })!;
        var token = Issuer(_key).IssueOperator(s_operator, s_workspace, Roles.Owner, null, Guid.Empty).Token;

        Assert.That(await Validator(_key).Validate(token, CancellationToken.None), Is.Not.Null);
        Assert.That(await Validator(impostor).Validate(token, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_changed_payload_fails()
    {
        var parts = Issuer(_key).IssueOperator(s_operator, s_workspace, Roles.Viewer, null, Guid.Empty).Token.Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        parts[1] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.Replace("viewer", "owner", StringComparison.Ordinal)));

        Assert.That(await Validator(_key).Validate(string.Join('.', parts), CancellationToken.None), Is.Null);
    }

    [TestCase("none")]
    [TestCase("HS256")]
    [TestCase("ES384")]
    public async Task A_token_that_chooses_its_own_algorithm_fails(string algorithm)
    {
        var parts = Issuer(_key).IssueOperator(s_operator, s_workspace, Roles.Viewer, null, Guid.Empty).Token.Split('.');
        parts[0] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","kid":"{{_key.Id}}","typ":"JWT"}"""));

        Assert.That(await Validator(_key).Validate(string.Join('.', parts), CancellationToken.None), Is.Null);
        Assert.That(await Validator(_key).Validate($"{parts[0]}.{parts[1]}.", CancellationToken.None), Is.Null);
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("a.b.c")]
    [TestCase("....")]
    [TestCase("eyJhbGciOiJFUzI1NiJ9.e30.")]
    [TestCase("eyJhbGciOiJFUzI1NiIsImtpZCI6Ijxzw.e30.AAAA")]
    [TestCase("\0\ud800")]
    public async Task Rubbish_fails(string token) =>
        Assert.That(await Validator(_key).Validate(token, CancellationToken.None), Is.Null);

    [Test]
    public async Task A_remembered_token_is_never_good_past_its_end()
    {
        var validator = Validator(_key);
        var token = Issuer(_key).IssueOperator(s_operator, s_workspace, Roles.Viewer, null, Guid.Empty).Token;
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.That(await validator.Validate(token, CancellationToken.None), Is.Not.Null);
        Assert.That(validator.Recall(token), Is.Not.Null);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(validator.Recall(token), Is.Null);
        Assert.That(await validator.Validate(token, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_token_is_remembered_for_30_seconds()
    {
        var validator = Validator(_key);
        var token = Issuer(_key).IssueOperator(s_operator, s_workspace, Roles.Viewer, null, Guid.Empty).Token;
        await validator.Validate(token, CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(validator.Recall(token), Is.Not.Null);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(validator.Recall(token), Is.Null);
    }

    [Test]
    public void The_private_key_survives_storage()
    {
        using var stored = TokenKey.Import(_key.ExportPrivateKey());

        Assert.That(stored.Public, Is.EqualTo(_key.Public));
    }

    [Test]
    public async Task Callers_who_come_at_once_share_one_value()
    {
        for (var round = 0; round < 50; round++)
        {
            var table = new RecentTokens<object>(100);
            using var start = new Barrier(4);
            var kept = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return table.GetOrSet("key", new object());
                },
                TaskCreationOptions.LongRunning)));

            Assert.That(kept, Has.All.SameAs(kept[0]));
            Assert.That(table.TryGet("key", out var found) ? found : null, Is.SameAs(kept[0]));
        }
    }

    [Test]
    public void The_table_of_remembered_tokens_is_bounded()
    {
        var table = new RecentTokens<string>(100);
        for (var i = 0; i < 1000; i++) table.Set($"{i}", "x");

        var kept = Enumerable.Range(0, 1000).Count(i => table.TryGet($"{i}", out _));

        Assert.That(kept, Is.InRange(49, 100));
        Assert.That(table.TryGet("999", out _), Is.True);
    }

    private TokenIssuer Issuer(TokenKey key) => new(() => key, _time);

    private TokenValidator Validator(TokenKey key) => new(new OneKey(key), _time);

    private sealed class OneKey(TokenKey key) : ITokenKeys
    {
        public ValueTask<TokenKey?> Find(string keyId, CancellationToken cancellationToken) => new(keyId == key.Id ? key : null);
    }
}
