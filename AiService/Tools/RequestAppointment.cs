using System.Globalization;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Understanding;
using Npgsql;

namespace Assistify.AiService.Tools;

/// <summary>
/// Passes to people that an appointment is to be booked, moved or cancelled. Approved where the customer wants just that and named the day and
/// time himself; it asks for what is missing in the words that the next message is read by.
/// </summary>
internal sealed class RequestAppointment : IToolWithConsequences
{
    private static readonly Dictionary<string, string> s_intents = new(StringComparer.Ordinal)
    {
        ["book"] = Intents.BookAppointment,
        ["move"] = Intents.ChangeAppointment,
        ["cancel"] = Intents.CancelAppointment,
    };

    public ToolDefinition Definition { get; } = new(
        "request_appointment",
        "Passes to a colleague that the customer wants to book, move or cancel an appointment; nothing is booked before the colleague says so. Call it as soon as the customer wants that, with what is known: it tells what is missing.",
        new ToolParameter("what", ParameterKind.Text, "What is to be done.") { Allowed = [.. s_intents.Keys] },
        new ToolParameter("day", ParameterKind.Text, "As 2026-11-24, where the customer named it.", Required: false) { MaxLength = 10 },
        new ToolParameter("time", ParameterKind.Text, "As 15:30, where the customer named it.", Required: false) { MaxLength = 5 });

    public string? NotApproved(ToolArguments arguments, ReplyTask task)
    {
        if (ErrandOf(arguments, task) is not { } errand) return "the customer has not asked for that.";
        var (day, time) = (arguments.OptionalText("day"), arguments.OptionalText("time"));
        if (day is not null && day != errand.Day?.ToString("O", CultureInfo.InvariantCulture)) return OtherThanSaid("day", errand.Day?.ToString("O", CultureInfo.InvariantCulture));
        if (time is not null && time != errand.Time?.ToString("HH:mm", CultureInfo.InvariantCulture)) return OtherThanSaid("time", errand.Time?.ToString("HH:mm", CultureInfo.InvariantCulture));
        return errand.Missing is { } slot ? $"something is missing. Ask in these words: {ErrandPhrases.In(task.Plan.Language).Ask(errand, slot)}" : null;
    }

    public Task<ToolResult> Run(
        ToolArguments arguments, ReplyTask task, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var noted = ErrandAnswers.PassOn(ErrandOf(arguments, task)!, task);
        string?[] words = [noted?.Text, StaffHours.Tell(task)?.Text];
        var said = string.Join(' ', words.Where(text => text is not null));
        const string Done = "A colleague takes over after this answer and confirms it.";
        return Task.FromResult(new ToolResult(said.Length > 0 ? $"{Done} Tell the customer in these words: {said}" : Done));
    }

    public void Repeat(ToolArguments arguments, ReplyTask task)
    {
        ErrandAnswers.PassOn(ErrandOf(arguments, task)!, task);
        StaffHours.Tell(task);
    }

    private static Errand? ErrandOf(ToolArguments arguments, ReplyTask task) =>
        task.Plan.Wishes.Select(wish => wish.Errand).FirstOrDefault(errand => errand?.Intent == s_intents[arguments.Text("what")]);

    private static string OtherThanSaid(string name, string? said) =>
        said is null ? $"the customer's words name no {name} that can be read. Leave it out." : $"the customer named another {name}: {said}.";
}
