using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Tasks;
using SyscallServer.Tasks.Link;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What the AOT compiler says and the linker finds, and what is read out of it.</summary>
public class MissingMemberTests
{
    [Theory]
    [InlineData(
        "ILC: AOT analysis error IL1005: Library.Money.Sum(Int32): Method will always throw because: Failed to load type 'System.Decimal' from assembly 'System.Runtime, Version=0.0.0.0, Culture=neutral, PublicKey=null'",
        "'System.Decimal'", "Library.Money.Sum(Int32)")]
    [InlineData("ILC: AOT analysis error IL1005: A.B.Equals(B): Method will always throw because: Failed to load assembly 'System.Collections'", "'System.Collections'", "A.B.Equals(B)")]
    [InlineData("ILC: AOT analysis error IL1005: A.B`1<Int64>.F(): Method will always throw because: Missing method 'Void System.Console.Beep()'", "'Void System.Console.Beep()'", "A.B`1<Int64>.F()")]
    [InlineData("ILC: AOT analysis error IL1005: A.F(): Method will always throw because: Missing field 'System.String.Empty'", "'System.String.Empty'", "A.F()")]
    [InlineData("ILC: AOT analysis error IL1005: A.F(): Method will always throw because: Invalid IL.", "What the AOT compiler calls 'Invalid IL'", "A.F()")]
    [InlineData(
        "Error: One or more errors occurred. (Code generation failed for method '[Program]A.F()')\n ---> System.InvalidOperationException: Expected type 'System.Runtime.RuntimeExports' not found in module 'System.Runtime'",
        "'System.Runtime.RuntimeExports'", "A.F()")]
    public void The_AOT_compiler_names_a_member_and_the_method_that_uses_it(string output, string what, string caller)
        => Assert.Equal(new(what, caller), Assert.Single(MissingMembers.OfCompiler(output.Split('\n'))));

    [Theory]
    [InlineData("Error: Expected type 'Internal.Runtime.MethodTable' not found in module 'System.Runtime'")]
    [InlineData("Code generation failed for method '[System.Runtime]System.Math.Max()'\n ---> Expected type 'System.Other' not found in module 'System.Runtime'")]
    [InlineData("Segmentation fault")]
    public void What_is_no_fault_of_the_program_is_left_out(string output) => Assert.Empty(MissingMembers.OfCompiler(output.Split('\n')));

    /// <summary>What is missing, the caller, and the function and the symbol that the linker names.</summary>
    public static TheoryData<string, string?, string, string> Symbols => new()
    {
        { "Memory for a new array (RhpNewArrayFast)", "SyscallServer.Tests.Generator.MissingMemberTests.Call", Here("Call"), "RhpNewArrayFast" },
        { "Memory for a new object (RhpNewFast)", "SyscallServer.Tests.Generator.MissingMemberTests.Call", Here("Call_2"), "RhpNewFast" },
        { "Memory for a new object (RhpNewFast)", "SyscallServer.Tests.Generator.MissingMemberTests.Call", Here("Call<Other_Type<System___Canon>>"), "RhpNewFast" },
        { "A call through an interface (RhpInitialDynamicInterfaceDispatch)", "SyscallServer.Tests.Generator.MissingMemberTests.Call",
            "P__InterfaceDispatchCell_System_Runtime_System_IDisposable__Dispose_" + Here("Call"), "RhpInitialDynamicInterfaceDispatch" },
        { "A call through an interface (RhpInitialDynamicInterfaceDispatch)", null, "P__InterfaceDispatchCellSection_Start", "RhpInitialDynamicInterfaceDispatch" },
        { "'strlen'", "Unknown_Type__Method", "Unknown_Type__Method", "strlen" },
        { "The equality of a struct without an IEquatable of its own (Object_Equals_of_a_struct_without_IEquatable)", "SyscallServer.Tests.Generator.MissingMemberTests.Call", Here("Call"), "Object_Equals_of_a_struct_without_IEquatable" },
    };

    [Theory]
    [MemberData(nameof(Symbols))]
    public void What_the_linker_misses_is_named_with_the_method_that_uses_it(string what, string? caller, string function, string symbol)
        => Assert.Equal(new(what, caller), Assert.Single(OfLinker(new UndefinedReference(symbol, function, "", 0))));

    [Fact]
    public void The_line_is_the_one_that_the_linker_knows()
        => Assert.Equal(
            new("Memory for a new object (RhpNewFast)", "SyscallServer.Tests.Generator.MissingMemberTests.Call", "/src/my library/Other.cs", 12),
            Assert.Single(OfLinker(new UndefinedReference("RhpNewFast", Here("Call"), "/src/my library/Other.cs", 12))));

    [Fact]
    public void The_message_names_the_member_the_caller_and_the_ways_out()
    {
        const string WayOut = ": write it otherwise, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file.";
        Assert.Equal("'A.B' is not there without the .NET runtime, and 'C.D' uses it" + WayOut, ReportMissing.Message(new("'A.B'", "C.D")));
        Assert.Equal("'A.B' is not there without the .NET runtime" + WayOut, ReportMissing.Message(new("'A.B'", null)));
    }

    [Fact]
    public void What_is_missing_several_times_in_one_method_is_named_once()
        => Assert.Single(OfLinker([.. Enumerable.Repeat(new UndefinedReference("memcpy", "", "", 0), 3)]));

    private static IReadOnlyList<MissingMember> OfLinker(params UndefinedReference[] references)
        => MissingMembers.OfLinker(references, MissingMembers.MangledNames([typeof(MissingMemberTests).Assembly.Location]));

    private static string Here(string method) => "SyscallServer_Tests_SyscallServer_Tests_Generator_MissingMemberTests__" + method;

    private static void Call()
    {
        if (Environment.TickCount64 < 0)
        {
            Call();
        }
    }
}
