namespace Assistify.LocalHosting;

/// <summary>The system cannot start; the message is the one sentence that the person who started it reads.</summary>
internal sealed class StartException(string sentence, Exception? cause = null) : Exception(sentence, cause);
