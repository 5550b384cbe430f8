using System.Threading.Channels;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Shows customers that their message was seen and is being answered, beside the path that answers it: under load the oldest marks are
/// dropped, and one that fails is not made again.
/// </summary>
internal sealed partial class ReadMarks(ILogger<ReadMarks> logger) : BackgroundService
{
    private const int Waiting = 256;
    private const int AtOnce = 4;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly Channel<(IChannelAdapter Adapter, InboundItem Message)> _open = Channel.CreateBounded<(IChannelAdapter, InboundItem)>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Add(IChannelAdapter adapter, InboundItem message)
    {
        if (adapter.ShowsRead && message.AnswerWanted) _open.Writer.TryWrite((adapter, message));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _open.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
        async (mark, cancellationToken) => await Show(mark.Adapter, mark.Message, cancellationToken));

    private async Task Show(IChannelAdapter adapter, InboundItem message, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_timeout);
        try
        {
            await adapter.ShowRead(message, timeout.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(adapter.Connection.Channel, exception.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Information, "A read mark on {Channel} could not be made ({Reason})")]
    private partial void LogFailed(string channel, string reason);
}
