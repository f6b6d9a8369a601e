using System.Collections.Generic;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>One routine of machine code in the blob, with the assembly that it was made from.</summary>
/// <param name="Name">The system call, or what the routine is for.</param>
/// <param name="Offset">Where it begins in the blob, in bytes.</param>
/// <param name="Instructions">Its instructions, in order.</param>
internal sealed record Routine(string Name, int Offset, EquatableArray<Instruction> Instructions)
{
    internal int Length
    {
        get
        {
            int length = 0;
            foreach (Instruction instruction in Instructions)
            {
                length += instruction.Bytes.Count;
            }

            return length;
        }
    }
}

/// <summary>An instruction: its text in Intel syntax and its encoding. A test has the GNU assembler compare the two.</summary>
internal sealed record Instruction(string Text, EquatableArray<byte> Bytes)
{
    internal Instruction(string text, params byte[] bytes)
        : this(text, new EquatableArray<byte>(bytes))
    {
    }
}

/// <summary>Lays out the blob. x86-64; nothing in it depends on where it lies.</summary>
internal sealed class MachineCode
{
    private readonly List<Routine> _routines = new();
    private int _length;

    internal IReadOnlyList<Routine> Routines => _routines;

    /// <summary>
    /// The stub of a system call, called as a C function. C and the kernel agree on the registers of the first three
    /// arguments (rdi, rsi, rdx) and of the fifth and sixth (r8, r9). The fourth is in rcx for C, where the instruction
    /// <c>syscall</c> puts the return address, so the kernel takes it in r10.
    /// </summary>
    internal Routine AddStub(SystemCall call)
    {
        var instructions = new List<Instruction>();
        if (call.Parameters.Length >= 4)
        {
            instructions.Add(new("mov r10, rcx", 0x49, 0x89, 0xCA));
        }

        instructions.Add(MoveToEax(call.X64));
        instructions.Add(Syscall);
        instructions.Add(Return);
        return Add(call.Name, instructions);
    }

    /// <summary>
    /// A signal handler that sends the signal on to the main thread, whose id is that of the process: <c>tgkill(getpid(),
    /// getpid(), signo)</c>. The kernel saves and restores all registers around it.
    /// </summary>
    internal Routine AddSignalForwarder() => Add(
        "SignalForwarder",
        [
            new("mov edx, edi", 0x89, 0xFA),
            MoveToEax(SystemCalls.Named("getpid").X64),
            Syscall,
            new("mov edi, eax", 0x89, 0xC7),
            new("mov esi, eax", 0x89, 0xC6),
            MoveToEax(SystemCalls.Tgkill),
            Syscall,
            Return,
        ]);

    /// <summary>What a signal handler returns to: rt_sigreturn(2), which does not return.</summary>
    internal Routine AddSignalRestorer() => Add("SignalRestorer", [MoveToEax(SystemCalls.RtSigreturn), Syscall]);

    private Routine Add(string name, IEnumerable<Instruction> instructions)
    {
        var routine = new Routine(name, _length, new EquatableArray<Instruction>(instructions));
        _routines.Add(routine);
        _length += routine.Length;
        return routine;
    }

    private static Instruction MoveToEax(int number)
        => new($"mov eax, {number}", 0xB8, (byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24));

    private static Instruction Syscall => new("syscall", 0x0F, 0x05);

    private static Instruction Return => new("ret", 0xC3);
}
