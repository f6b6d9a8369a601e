using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using SyscallServer.ServerBenchmarks;

try
{
    if (Options.Parse(args) is not { } options)
    {
        Console.Write(Options.Help);
        return 0;
    }

    // However this is ended, the servers are ended first.
    using var cancellation = new CancellationTokenSource();
    void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        cancellation.Cancel();
    }

    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

    IReadOnlyList<Measurement> measurements = await Benchmark.RunAsync(options, cancellation.Token);
    string report = Report.Write(options, measurements);
    if (options.Chart is { } chart)
    {
        await File.WriteAllTextAsync(chart, CpuTimeChart.Draw(options, measurements));
    }

    await File.WriteAllTextAsync(options.Output, report);
    Console.WriteLine();
    Console.WriteLine(report);
    return 0;
}
catch (UsageException exception)
{
    Console.Error.WriteLine($"bench: {exception.Message}\n{Options.Help}");
    return 2;
}
catch (BenchmarkException exception)
{
    Console.Error.WriteLine($"bench: {exception.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("bench: stopped");
    return 1;
}
