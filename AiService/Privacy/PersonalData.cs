using System.Text.RegularExpressions;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;

namespace Assistify.AiService.Privacy;

/// <summary>
/// Takes out of a conversation what is the customer's own: addresses of every kind, telephone and order numbers, accounts and other long numbers, links, his
/// name where it is known or he tells it, and other people's names. What stands in the business's own texts stays.
/// </summary>
internal sealed partial class PersonalData(IReadOnlyCollection<string> ours, IEnumerable<string?> names)
{
    private const string AnyName = "Alex";
    private const string AnyAddress = "1 Example Street";

    private readonly List<Regex> _names =
    [
        .. names.SelectMany(name => (name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(part => part.Length > 2).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(part => new Regex($@"(?<!\w){Regex.Escape(part)}(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)),
    ];

    public string Mask(string text)
    {
        text = Link().Replace(text, match => IsOurs(match.Value) ? match.Value : "https://example.com");
        text = Account().Replace(text, match => IsOurs(match.Value) ? match.Value : Zeros(match.Value));
        text = PostalAddresses.Replace(text, address => IsOurs(address) ? address : AnyAddress);
        // Days and amounts are what is talked about; only numbers that are none of those can be somebody's.
        var entities = EntityReader.Read(text, new EntityContext(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc));
        foreach (var entity in entities.Reverse())
        {
            var written = text.Substring(entity.Start, entity.Length);
            if (IsOurs(written)) continue;
            if (entity is EmailEntity) text = Replaced("customer@example.com");
            else if (entity is PhoneEntity or OrderNumberEntity) text = Replaced(Zeros(written));

            string Replaced(string by) => text.Remove(entity.Start, entity.Length).Insert(entity.Start, by);
        }
        text = LongNumber().Replace(text, match => IsOurs(match.Value) || Day().IsMatch(match.Value) ? match.Value : Zeros(match.Value));
        text = Introduction().Replace(text, match => match.Groups["before"].Value + AnyName);
        foreach (var name in _names) text = name.Replace(text, AnyName);
        return PersonNames.Replace(text, name => IsOurs(name) ? name : AnyName);
    }

    private bool IsOurs(string written) => ours.Any(text => text.Contains(written, StringComparison.OrdinalIgnoreCase));

    private static string Zeros(string written) => string.Concat(written.Select(letter => char.IsDigit(letter) ? '0' : letter));

    [GeneratedRegex(@"https?://\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")]
    private static partial Regex Account();

    [GeneratedRegex(@"\d(?:[ .\-/]?\d){5,}")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"^(?:\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}|\d{1,2}[.\-/]\d{1,2}[.\-/]\d{4})$")]
    private static partial Regex Day();

    [GeneratedRegex(@"(?<before>\b(?:my name is|i am called|με λένε|ονομάζομαι|το όνομά μου είναι|ich heiße|mein name ist|me llamo|je m'appelle|mi chiamo|benim adım|adım|меня зовут|اسمي)\s+)\p{L}[\p{L}'’-]*(?:\s+(?-i:\p{Lu})[\p{L}'’-]*)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Introduction();
}
