using Microsoft.AspNetCore.Identity;

namespace Assistify.ChatService.Operators.SignIn;

/// <summary>Hashes (PBKDF2 as ASP.NET Core Identity does it) and checks passwords; somebody who does not exist costs as much as somebody who does.</summary>
internal sealed class Passwords(IPasswordHasher<Operator> hasher)
{
    public const int MinLength = 12;
    public const int MaxLength = 256;

    // The hasher takes the user for the sake of other hashers and looks at nothing in it.
    private static readonly Operator s_nobody = new(Guid.Empty, Guid.Empty, "", "", "", "", null, default);

    private readonly string _nobodysHash = hasher.HashPassword(s_nobody, Guid.CreateVersion7().ToString());

    public string Hash(string password) => hasher.HashPassword(s_nobody, password);

    public bool IsRight(Operator? person, string password)
    {
        var result = hasher.VerifyHashedPassword(s_nobody, person?.PasswordHash ?? _nobodysHash, password);
        return person is { DisabledAt: null } && result != PasswordVerificationResult.Failed;
    }
}
