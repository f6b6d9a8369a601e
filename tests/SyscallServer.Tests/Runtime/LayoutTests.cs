using System;
using System.Reflection;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Models;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>The sizes of structures that generator and engine have agreed on. What is made of them is compared for each random server (<see cref="RandomServers.RandomRun"/>).</summary>
public class LayoutTests
{
    [Theory]
    [InlineData("ChildState", typeof(HttpChild), "State")]
    [InlineData("Exchange", typeof(Exchange), null)]
    [InlineData("ClientAddress", typeof(ClientAddress), null)]
    [InlineData("ByteRanges", typeof(ByteRanges), null)]
    [InlineData("AccessLogState", typeof(AccessLog), null)]
    [InlineData("LoggedClientWithTime", typeof(LoggedClient), null)]
    [InlineData("RetainedRequest", typeof(HandlerResponse), "RetainedRequest")]
    [InlineData("Upload", typeof(Upload), "State")]
    public void A_structure_has_the_size_that_memory_is_reserved_for(string constant, Type type, string? nested)
    {
        // The generator has a type of this name, too.
        object? reserved = typeof(HttpChild).Assembly.GetType("SyscallServer.Internal.Contract.Layout")!.GetField(constant, BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue();
        Type structure = nested is null ? type : type.GetNestedType(nested, BindingFlags.NonPublic | BindingFlags.Public)!;
        Assert.Equal(reserved, typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(structure).Invoke(null, null));
    }
}
