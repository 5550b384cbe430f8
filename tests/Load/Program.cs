using Assistify.Load.Bench;
using Assistify.Load.Chaos;
using Assistify.Load.Systems;

string[] known = ["startup", "memory", "gateway", "broker", "webhook", "path", "channels", "ai", "stream", "web", "order", "chaos"];
var command = args.FirstOrDefault() ?? "";
if (command != "all" && !known.Contains(command))
{
    Console.Error.WriteLine($"Usage: ./bench {string.Join(" | ", known)} | all [--seconds N] [--replicas N] [--seed N] [--messages N] [--rate N] [--channels NAME|all]");
    return 2;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

BenchOptions options;
try
{
    options = BenchOptions.Parse(args[1..]);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

var allHold = true;
foreach (var benchmark in command == "all" ? known : [command])
{
    Console.WriteLine($"Running {benchmark} …");
    var figures = await Run(benchmark);
    figures.Publish();
    allHold &= figures.AllHold;
}

return allHold ? 0 : 1;

Task<Figures> Run(string benchmark) => benchmark switch
{
    "startup" => StartupBench.Run(options, interrupted.Token),
    "ai" => AiBench.Run(options, interrupted.Token),
    "stream" => StreamBench.Run(options, interrupted.Token),
    "memory" => OnSystem(MemoryBench.Run),
    "gateway" => OnSystem(GatewayBench.Run),
    "broker" => OnSystem(BrokerBench.Run),
    "webhook" => OnSystem(WebhookBench.Run),
    "path" => OnSystem(PathBench.Run),
    "channels" => OnSystem(ChannelsBench.Run),
    "web" => OnSystem(WebBench.Run),
    "order" => OnSystem(CorrectnessBench.Order, options with { Replicas = Math.Max(2, options.Replicas) }),
    _ => OnSystem(CorrectnessBench.Chaos),
};

async Task<Figures> OnSystem(Func<TestedSystem, BenchOptions, CancellationToken, Task<Figures>> run, BenchOptions? with = null)
{
    await using var system = await TestedSystem.Start((with ?? options).System(), interrupted.Token);
    return await run(system, options, interrupted.Token);
}
