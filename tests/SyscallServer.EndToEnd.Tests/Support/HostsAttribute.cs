using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>Runs a case on every host, with each row of values.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class HostsAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => Enum.GetValues<Host>().Select(host => (object[])[host, .. values]);
}

/// <summary>Runs a case with every engine of HTTP on every host, with each row of values.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class EnginesAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from engine in Enum.GetValues<Concurrency>()
           from host in Enum.GetValues<Host>()
           select (object[])[host, engine, .. values];
}

/// <summary>
/// Runs a case with every engine of HTTP without a runtime, and on each other host with one of them: for what is above the engines, and the same code on every host.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class SomeEnginesAttribute(params object[] values) : DataAttribute
{
    private static readonly (Host Host, Concurrency Engine)[] Pairs =
    [
        (Host.Freestanding, Concurrency.Fork), (Host.Freestanding, Concurrency.Prefork), (Host.Freestanding, Concurrency.EventLoop),
        (Host.Jit, Concurrency.Fork), (Host.NativeAot, Concurrency.EventLoop),
    ];

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from pair in Pairs
           select (object[])[pair.Host, pair.Engine, .. values];
}
