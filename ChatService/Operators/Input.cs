using System.ComponentModel.DataAnnotations;
using Assistify.ChatService.Operators.SignIn;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Operators;

/// <summary>What operators' fields may hold.</summary>
internal static class Input
{
    public const int MaxEmail = 254;
    public const int MaxName = 100;

    private static readonly EmailAddressAttribute s_email = new();

    public static bool HasControl(string text) => text.Any(char.IsControl);

    public static void Email(this Dictionary<string, string[]> errors, string? email)
    {
        if (email is not { Length: > 0 and <= MaxEmail } || HasControl(email) || email.Any(char.IsWhiteSpace) || !s_email.IsValid(email))
            errors["email"] = ["Must be an e-mail address."];
    }

    public static void Name(this Dictionary<string, string[]> errors, string? name)
    {
        if (name is null || name.Trim().Length is 0 or > MaxName || HasControl(name) || HasLoneSurrogate(name))
            errors["name"] = [$"Must have 1 to {MaxName} characters."];
    }

    public static void Role(this Dictionary<string, string[]> errors, string? role)
    {
        if (Roles.Rank(role) == 0) errors["role"] = ["Must be viewer, agent, admin or owner."];
    }

    public static void Password(this Dictionary<string, string[]> errors, string? password)
    {
        if (password is not { Length: >= Passwords.MinLength and <= Passwords.MaxLength } || HasLoneSurrogate(password))
            errors["password"] = [$"Must have {Passwords.MinLength} to {Passwords.MaxLength} characters."];
    }

    private static bool HasLoneSurrogate(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == System.Text.Rune.ReplacementChar) return true;
        }

        return false;
    }
}
