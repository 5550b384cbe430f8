namespace Assistify.ChatService.Media;

/// <summary>
/// Contents by their SHA-256 in lower-case hex, under the same names wherever they are kept. Where the place is away, all of this throws
/// what <see cref="ServiceDefaults.Failures.IsUnavailable"/> knows.
/// </summary>
internal interface IMediaContents
{
    /// <summary>Takes a complete file over. A content that is there already stays what it is.</summary>
    Task Keep(string file, string sha256, CancellationToken cancellationToken);

    /// <returns>The answer with the content, or with the part of it that is asked for; null if there is none.</returns>
    Task<IResult?> Answer(HttpRequest request, MediaFacts media, CancellationToken cancellationToken);

    /// <returns>Null if there is no such content.</returns>
    Task<Stream?> Open(string sha256, CancellationToken cancellationToken);

    /// <summary>With what was made of them. What is gone already stays so.</summary>
    Task Remove(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken);

    static string NameOf(string sha256) => $"{sha256[..2]}/{sha256}";

    /// <summary>Under which the small version of a picture is kept.</summary>
    static string SmallOf(string sha256) => $"{sha256}-small";
}
