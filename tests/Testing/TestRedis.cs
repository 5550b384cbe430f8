using System.Diagnostics;
using System.Net.Sockets;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.State;

namespace Assistify.Testing;

/// <summary>A private Redis that a test can stop, freeze and start again on the same port.</summary>
public sealed class TestRedis : IDisposable
{
    private readonly int _port = FreePorts.Next();
    private Process? _process;

    public string ConnectionString => $"127.0.0.1:{_port}";

    /// <summary>A server that answers.</summary>
    public static TestRedis Start()
    {
        var redis = new TestRedis();
        redis.StartAgain();
        return redis;
    }

    /// <summary>A server's address at which nobody listens yet.</summary>
    public static TestRedis Stopped() => new();

    public void StartAgain()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no" })
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        var deadline = Stopwatch.StartNew();
        while (!Answers())
        {
            if (deadline.Elapsed > TimeSpan.FromSeconds(60)) throw new InvalidOperationException("redis-server did not start.");
            Thread.Sleep(20);
        }
    }

    public void Stop()
    {
        if (_process is null) return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Connections stay, answers don't come.</summary>
    public void Freeze() => Posix.Signal(_process!.Id, 19);

    public void Thaw() => Posix.Signal(_process!.Id, 18);

    public void Dispose() => Stop();

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
