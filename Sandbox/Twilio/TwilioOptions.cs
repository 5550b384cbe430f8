using System.ComponentModel.DataAnnotations;

namespace Assistify.Sandbox.Twilio;

/// <summary>The account that the stand-in has: the same keys that ChannelService is given.</summary>
internal sealed class TwilioOptions
{
    public const string Section = "Channels:Twilio";

    [Required(ErrorMessage = "Channels__Twilio__AccountSid is missing.")]
    [RegularExpression("AC.+", ErrorMessage = "Channels__Twilio__AccountSid must begin with AC.")]
    public string AccountSid { get; set; } = "";

    [Required(ErrorMessage = "Channels__Twilio__AuthToken is missing.")]
    public string AuthToken { get; set; } = "";

    [Required(ErrorMessage = "Channels__Twilio__From is missing.")]
    [RegularExpression(@"whatsapp:\+[1-9][0-9]{1,14}", ErrorMessage = "Channels__Twilio__From must look like whatsapp:+447700900123.")]
    public string From { get; set; } = "";

    /// <summary>Where webhooks go and what they are signed with; a fragment such as <c>#rc=5&amp;rp=all</c> tells how they are repeated.</summary>
    [Required(ErrorMessage = "Channels__Twilio__PublicUrl is missing.")]
    public string PublicUrl { get; set; } = "";
}
