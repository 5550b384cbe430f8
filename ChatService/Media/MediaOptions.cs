using System.ComponentModel.DataAnnotations;

namespace Assistify.ChatService.Media;

internal enum MediaKind
{
    Disk,
    S3,
}

/// <summary>Where the contents of media are kept.</summary>
internal sealed class MediaOptions : IValidatableObject
{
    public const string Section = "Media";

    public MediaKind Kind { get; set; }

    /// <summary>Folder of the contents; those of a bucket pass through it.</summary>
    [Required] public string Path { get; set; } = System.IO.Path.Combine(AppContext.BaseDirectory, "media");

    public BucketOptions S3 { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind != MediaKind.S3) yield break;
        if (S3.Bucket.Length == 0) yield return Missing(nameof(S3.Bucket));
        if (S3.AccessKey.Length == 0) yield return Missing(nameof(S3.AccessKey));
        if (S3.SecretKey.Length == 0) yield return Missing(nameof(S3.SecretKey));
        if (S3.Region.Length == 0 && S3.Endpoint is null) yield return Missing(nameof(S3.Region));
    }

    private static ValidationResult Missing(string name) => new($"Media__S3__{name} is missing: Media__Kind is s3 and needs it.", [$"{nameof(S3)}:{name}"]);
}

internal sealed class BucketOptions
{
    public string Bucket { get; set; } = "";

    public string Region { get; set; } = "";

    /// <summary>Of a store that is not Amazon's.</summary>
    public Uri? Endpoint { get; set; }

    public string AccessKey { get; set; } = "";

    public string SecretKey { get; set; } = "";
}
