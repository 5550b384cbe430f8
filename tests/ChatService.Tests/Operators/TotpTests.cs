using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChatService.Operators.SignIn;
using Assistify.ChatService.Operators.TwoFactor;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Operators;

public sealed class TotpTests
{
    private OperatorsHost _chat = null!;
    private HttpClient _owner = null!;

    [SetUp]
    public async Task Start()
    {
        _chat = await OperatorsHost.Start();
        _owner = await _chat.SignedIn();
    }

    [TearDown]
    public async Task Stop()
    {
        _owner.Dispose();
        await _chat.DisposeAsync();
    }

    // The last six digits of RFC 6238's own examples, appendix B.
    [TestCase(59, "287082")]
    [TestCase(1111111109, "081804")]
    [TestCase(1234567890, "005924")]
    [TestCase(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.That(TotpCode.At("12345678901234567890"u8, TotpCode.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))), Is.EqualTo(code));

    // RFC 4648, section 10.
    [TestCase("f", "MY")]
    [TestCase("foo", "MZXW6")]
    [TestCase("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_in_base_32(string text, string expected) =>
        Assert.That(TotpCode.ToBase32(Encoding.ASCII.GetBytes(text)), Is.EqualTo(expected));

    [Test]
    public async Task A_confirmed_second_factor_is_needed_to_sign_in_and_each_code_counts_once()
    {
        var secret = await Enroll();
        Assert.That(await IsEnabled(), Is.False, "not confirmed yet");
        Assert.That((await Login(null)).StatusCode, Is.EqualTo(HttpStatusCode.OK), "not confirmed yet");
        Assert.That((await Confirm(secret, -5)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "an old code");
        Assert.That((await Confirm(secret)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That(await IsEnabled());

        using var without = await Login(null);
        Assert.That(without.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await TypeOf(without), Is.EqualTo(SignInProblems.CodeNeeded));
        Assert.That(without.Headers.Contains("Set-Cookie"), Is.False);
        using var replayed = await Login(Code(secret));
        Assert.That(await TypeOf(replayed), Is.EqualTo(SignInProblems.CodeNeeded), "the code that confirmed");

        _chat.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await Login(Code(secret))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Login(Code(secret))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        using var wrongPassword = await Login(Code(secret), "a wrong password");
        Assert.That(wrongPassword.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await TypeOf(wrongPassword), Is.Not.EqualTo(SignInProblems.CodeNeeded), "who does not know the password learns nothing");
    }

    [Test]
    public async Task Of_two_sign_ins_with_one_code_one_gets_in()
    {
        var secret = await Enroll();
        await Confirm(secret);
        _chat.Time.Advance(TimeSpan.FromSeconds(30));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Login(Code(secret))));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), Is.EqualTo(1));
    }

    [Test]
    public async Task Guessed_codes_cost_growing_waits()
    {
        var secret = await Enroll();
        await Confirm(secret);
        for (var i = 0; i < 5; i++) await Login("000000");

        Assert.That((await Login(Code(secret))).StatusCode, Is.EqualTo(HttpStatusCode.Locked));
    }

    [Test]
    public async Task It_is_disabled_with_a_code_and_enrolled_anew_only_then()
    {
        var secret = await Enroll();
        await Confirm(secret);
        Assert.That((await _owner.PostAsync("/api/auth/totp/enroll", null)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await _owner.PostAsJsonAsync("/api/auth/totp/disable", new { code = "12345" })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

        _chat.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await _owner.PostAsJsonAsync("/api/auth/totp/disable", new { code = Code(secret) })).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await Login(null)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Enroll(), Is.Not.EqualTo(secret));
    }

    [Test]
    public async Task An_API_key_cannot_touch_it()
    {
        var me = await _owner.GetFromJsonAsync<JsonObject>("/api/auth/me");
        var token = _chat.Tokens.IssueOperator(me!["id"]!.GetValue<Guid>(), me["workspaceId"]!.GetValue<Guid>(), "owner", "key", Guid.NewGuid());
        using var program = _chat.WithToken(token.Token);

        foreach (var call in new[] { "enroll", "confirm", "disable" })
            Assert.That((await program.PostAsJsonAsync($"/api/auth/totp/{call}", new { code = "123456" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), call);
        Assert.That((await _chat.Browser().PostAsync("/api/auth/totp/enroll", null)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private async Task<bool> IsEnabled() => (await _owner.GetFromJsonAsync<JsonObject>("/api/auth/totp"))!["enabled"]!.GetValue<bool>();

    private async Task<byte[]> Enroll()
    {
        using var response = await _owner.PostAsync("/api/auth/totp/enroll", null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        var secret = body!["secret"]!.GetValue<string>();
        Assert.That(body["otpauthUrl"]!.GetValue<string>(), Does.StartWith("otpauth://totp/Assistify:owner%40shop.example?secret=" + secret));
        return FromBase32(secret);
    }

    private Task<HttpResponseMessage> Confirm(byte[] secret, int steps = 0) =>
        _owner.PostAsJsonAsync("/api/auth/totp/confirm", new { code = Code(secret, steps) });

    private Task<HttpResponseMessage> Login(string? code, string password = OperatorsHost.OwnerPassword) =>
        _chat.Browser().PostAsJsonAsync("/api/auth/login", new { email = OperatorsHost.OwnerEmail, password, code });

    private string Code(byte[] secret, int steps = 0) => TotpCode.At(secret, TotpCode.StepOf(_chat.Time.GetUtcNow()) + steps);

    private static async Task<string?> TypeOf(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonObject>())!["type"]?.GetValue<string>();

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
