using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>
/// Which hosts a case runs on: all of this processor, and for arm64 under qemu what shows that it works there. With ARM64_TESTS=all that is every case but those that say why they cannot.
/// </summary>
public abstract class HostDataAttribute : DataAttribute
{
    private static readonly bool AllOnArm64 = Environment.GetEnvironmentVariable("ARM64_TESTS") == "all";

    internal static readonly Host[] Native = [Host.Jit, Host.NativeAot, Host.Freestanding];

    // Why a case is not run under qemu-user.

    /// <summary>strace shows the calls that qemu makes, its own among them.</summary>
    internal const string TracesQemu = "strace shows the calls of qemu";

    /// <summary>A limit of the process, or its CPU time, is that of qemu, which has descriptors and threads of its own.</summary>
    internal const string LimitsQemu = "qemu has descriptors, threads and CPU time of its own";

    /// <summary>openat(2), which the start code of the tests calls there, does not keep to a folder.</summary>
    internal const string DoesNotResolve = "openat2 is called as openat: see Arm64.cs";

    /// <summary>Whether arm64 is one of the hosts of a normal run.</summary>
    public bool OnArm64 { get; set; }

    /// <summary>Why it is none of them ever: what qemu-user does otherwise than a kernel.</summary>
    public string? NotUnderQemu { get; set; }

    private protected bool IsOnArm64 => NotUnderQemu is null && (OnArm64 || AllOnArm64);

    /// <summary>What a case runs with on arm64: in a normal run the engine that has most of its own.</summary>
    private protected IEnumerable<(Host Host, Concurrency Engine)> PairsOnArm64
        => !IsOnArm64 ? [] : (AllOnArm64 ? Enum.GetValues<Concurrency>() : [Concurrency.EventLoop]).Select(engine => (Host.FreestandingArm64, engine));
}

/// <summary>Runs a case on every host, with each row of values.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class HostsAttribute(params object[] values) : HostDataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => Native.Concat(IsOnArm64 ? [Host.FreestandingArm64] : []).Select(host => (object[])[host, .. values]);
}

/// <summary>Runs a case with every engine of HTTP on every host, with each row of values.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class EnginesAttribute(params object[] values) : HostDataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        IEnumerable<(Host Host, Concurrency Engine)> pairs = from engine in Enum.GetValues<Concurrency>()
                                                             from host in Native
                                                             select (host, engine);
        return pairs.Concat(PairsOnArm64).Select(pair => (object[])[pair.Host, pair.Engine, .. values]);
    }
}

/// <summary>
/// Runs a case with every engine of HTTP without a runtime, and on each other host with one of them: for what is above the engines, and the same code on every host.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class SomeEnginesAttribute(params object[] values) : HostDataAttribute
{
    private static readonly (Host Host, Concurrency Engine)[] Pairs =
    [
        (Host.Freestanding, Concurrency.Fork), (Host.Freestanding, Concurrency.Prefork), (Host.Freestanding, Concurrency.EventLoop),
        (Host.Jit, Concurrency.Fork), (Host.NativeAot, Concurrency.EventLoop),
    ];

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from pair in Pairs.Concat(PairsOnArm64)
           select (object[])[pair.Host, pair.Engine, .. values];
}
