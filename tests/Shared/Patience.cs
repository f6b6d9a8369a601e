using System;
using System.Threading;

namespace SyscallServer.Tests.Shared;

/// <summary>
/// How long tests wait for what has to come: so long that only a fault comes too late, also where the machine has much else to do. No test looks at how long something took, but that it did not come before its time.
/// </summary>
internal static class Patience
{
    /// <summary>For what takes moments: an answer, a process that starts or ends. In seconds.</summary>
    internal const int Seconds = 120;

    /// <summary>For what a program does that takes a minute by itself: a compiler, a browser, a generator of load. In seconds.</summary>
    internal const int SecondsForPrograms = 1800;

    /// <summary>The same as an argument for tools.</summary>
    internal const string Argument = "120";

    internal static readonly TimeSpan Time = TimeSpan.FromSeconds(Seconds);

    /// <summary>Ends what waits when the time is up.</summary>
    internal static CancellationTokenSource Token() => new(Time);
}
