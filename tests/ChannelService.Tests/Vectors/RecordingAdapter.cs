using System.Reflection;
using System.Runtime.ExceptionServices;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Tests.Vectors;

/// <summary>Passes everything on to an adapter and remembers what it read.</summary>
#pragma warning disable CA1852 // A proxy is derived from it when the tests run.
internal class RecordingAdapter : DispatchProxy
#pragma warning restore CA1852
{
    private IChannelAdapter _adapter = null!;
    private List<WebhookContent> _read = null!;

    public static IChannelAdapter Around(IChannelAdapter adapter, List<WebhookContent> read)
    {
        var recording = Create<IChannelAdapter, RecordingAdapter>();
        ((RecordingAdapter)(object)recording)._adapter = adapter;
        ((RecordingAdapter)(object)recording)._read = read;
        return recording;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        try
        {
            var result = targetMethod!.Invoke(_adapter, args);
            if (result is WebhookContent content) _read.Add(content);
            return result;
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }
}
