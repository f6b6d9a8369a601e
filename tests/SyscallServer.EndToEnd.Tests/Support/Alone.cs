using Xunit;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>Tests that load the machine, measure how much a process uses, or build what the servers of other tests are built from: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    internal const string Name = "alone";
}
