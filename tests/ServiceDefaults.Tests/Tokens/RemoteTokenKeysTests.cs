using System.Net;
using System.Net.Http.Json;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests.Tokens;

public sealed class RemoteTokenKeysTests
{
    private readonly ManualTime _time = new();

    [Test]
    public async Task A_new_key_is_found_when_a_token_names_it()
    {
        using var first = TokenKey.Create();
        using var second = TokenKey.Create();
        using var chat = new FakeChat(first);
        using var keys = Keys(chat);
        Assert.That(await Find(keys, first), Is.EqualTo(first.Id));

        chat.Keys = [first, second];
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.That(await Find(keys, second), Is.EqualTo(second.Id));
    }

    [Test]
    public async Task Forged_key_ids_do_not_make_more_requests_than_one_in_five_seconds()
    {
        using var key = TokenKey.Create();
        using var chat = new FakeChat(key);
        using var keys = Keys(chat);

        for (var i = 0; i < 100; i++)
        {
            Assert.That(await keys.Find($"forged-{i}", CancellationToken.None), Is.Null);
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.That(chat.Calls, Is.InRange(1, 3));
    }

    [Test]
    public async Task The_last_keys_stay_in_use_while_ChatService_is_away()
    {
        using var key = TokenKey.Create();
        using var chat = new FakeChat(key);
        using var keys = Keys(chat);
        await Find(keys, key);

        chat.Down = true;
        _time.Advance(TimeSpan.FromHours(1));

        Assert.That(await Find(keys, key), Is.EqualTo(key.Id));
        Assert.That(await keys.Find("other", CancellationToken.None), Is.Null);
        Assert.That(await Find(keys, key), Is.EqualTo(key.Id));
    }

    [Test]
    public async Task A_withdrawn_key_is_forgotten_within_minutes()
    {
        using var old = TokenKey.Create();
        using var current = TokenKey.Create();
        using var chat = new FakeChat(old);
        using var keys = Keys(chat);
        await Find(keys, old);

        chat.Keys = [current];
        _time.Advance(TimeSpan.FromMinutes(5));
        await Find(keys, old);

        Assert.That(() => Find(keys, old).Result, Is.Null.After(5000, 20));
    }

    [Test]
    public async Task Without_any_key_ever_nothing_is_said_about_a_token_until_ChatService_is_there()
    {
        using var key = TokenKey.Create();
        using var chat = new FakeChat(key) { Down = true };
        using var keys = Keys(chat);
        Assert.That(() => Find(keys, key), Throws.TypeOf<TokenKeysUnavailableException>());

        chat.Down = false;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await Find(keys, key), Is.EqualTo(key.Id));
    }

    private static async Task<string?> Find(RemoteTokenKeys keys, TokenKey key) => (await keys.Find(key.Id, CancellationToken.None))?.Id;

    private RemoteTokenKeys Keys(FakeChat chat) =>
        new([new Uri("http://chat/.well-known/jwks.json")], chat, _time, NullLogger<RemoteTokenKeys>.Instance);

    private sealed class FakeChat(params TokenKey[] keys) : HttpMessageHandler
    {
        public TokenKey[] Keys { get; set; } = keys;

        public bool Down { get; set; }

        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            if (Down) throw new HttpRequestException("refused");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = JsonContent.Create(new PublicTokenKeys([.. Keys.Select(key => key.Public)])),
            });
        }
    }
}
