using System.Linq;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit;

/// <summary>
/// Writes the struct that calls the kernel. Its shape:
/// <code>
/// private struct Kernel : IKernel
/// {
///     internal static byte* s_stubs;
///     internal static ReadOnlySpan&lt;byte> Code =>
///     [
///         // read: mov eax, 0; syscall; ret
///         0xB8, 0x00, 0x00, 0x00, 0x00, 0x0F, 0x05, 0xC3,
///         ...
///     ];
///     private static byte* Stub(int offset) => ...;
///     public static nint read(int fd, void* buf, nuint count) => ((delegate* unmanaged&lt;int, void*, nuint, nint>)Stub(0))(fd, buf, count);
///     ...
/// }
/// </code>
/// </summary>
internal static class KernelEmitter
{
    internal static void Emit(SourceWriter writer, ServerPlan plan)
    {
        writer.WriteLines($"""
            /// <summary>
            /// The system calls that this server can reach, as machine code in the read-only data of the program, and a member
            /// for each that calls it like a C function.
            /// </summary>
            private struct Kernel : EngineKernel::IKernel
            """);
        using (writer.WriteBlock())
        {
            writer.WriteLines("""
                /// <summary>Where the JIT keeps an executable copy of <see cref="Code"/>; compiled ahead of time, it is run where it lies.</summary>
                internal static byte* s_stubs;

                internal static global::System.ReadOnlySpan<byte> Code =>
                """);
            using (writer.WriteBlock("[", "];"))
            {
                foreach (PlannedCall planned in plan.Calls)
                {
                    EmitRoutine(writer, planned.Stub);
                }

                EmitRoutine(writer, plan.SignalForwarder);
                EmitRoutine(writer, plan.SignalRestorer);
            }

            writer.WriteLine();
            writer.WriteLines($"""
                private static byte* Stub(int offset)
                    => (CompilerServices::RuntimeFeature.IsDynamicCodeSupported
                        ? s_stubs
                        : (byte*){ByteLiteral.AddressOf("Code")}) + offset;

                """);
            foreach (PlannedCall planned in plan.Calls)
            {
                EmitMember(writer, planned);
            }

            writer.WriteLines($"""
                public static nint SignalForwarder => (nint)Stub({plan.SignalForwarder.Offset});

                public static nint SignalRestorer => (nint)Stub({plan.SignalRestorer.Offset});
                """);
        }
    }

    private static void EmitRoutine(SourceWriter writer, Routine routine)
    {
        writer.WriteLines($"""
            // {routine.Offset}: {routine.Name}: {string.Join("; ", routine.Instructions.Select(instruction => instruction.Text))}
            {ByteLiteral.List(routine.Instructions.SelectMany(instruction => instruction.Bytes))}
            """);
    }

    private static void EmitMember(SourceWriter writer, PlannedCall planned)
    {
        SystemCall call = planned.Call;
        string convention = call.Blocks ? "unmanaged" : "unmanaged[SuppressGCTransition]";
        string parameters = string.Join(", ", call.Parameters.Select(parameter => TypeOf(parameter) + " " + parameter.Name));
        string types = string.Concat(call.Parameters.Select(parameter => TypeOf(parameter) + ", "));
        string arguments = string.Join(", ", call.Parameters.Select(parameter => parameter.Name));
        writer.WriteLines($"""
            public static nint {call.Name}({parameters})
                => ((delegate* {convention}<{types}nint>)Stub({planned.Stub.Offset}))({arguments});

            """);
    }

    /// <summary>A structure's type is the engine's.</summary>
    private static string TypeOf(SystemCallParameter parameter) => parameter.IsStructure ? "EngineKernel::" + parameter.Type : parameter.Type;
}
