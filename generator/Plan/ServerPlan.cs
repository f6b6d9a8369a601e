using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>A server as it is going to be written: everything is decided, nothing is text of C# yet.</summary>
/// <param name="Spec">What the user said.</param>
/// <param name="Assembly">The name of the assembly that it is part of.</param>
/// <param name="Scheme">What the start-up line puts before the address: <c>tcp</c> or <c>http</c>.</param>
/// <param name="Http">What it answers; null where that is a raw response.</param>
/// <param name="MemorySize">Bytes for the process ids of the parent's children, in which a child keeps the bytes of its connection.</param>
/// <param name="Help">What <c>--help</c> prints.</param>
/// <param name="VersionLine">What <c>--version</c> prints.</param>
/// <param name="Options">The options of the command line, each with a NUL behind it.</param>
/// <param name="HasEntryPoint">Whether the class gets the program's Main.</param>
/// <param name="HasStubs">Whether it calls the kernel through stubs, which are machine code of x86-64, where it does not begin as the freestanding host does.</param>
/// <param name="Calls">The system calls that the server can reach, by number, each with its stub.</param>
/// <param name="SignalForwarder">See <see cref="MachineCode.AddSignalForwarder"/>.</param>
/// <param name="SignalRestorer">See <see cref="MachineCode.AddSignalRestorer"/>.</param>
internal sealed record ServerPlan(
    ServerSpec Spec,
    string Assembly,
    string Scheme,
    HttpPlan? Http,
    int MemorySize,
    string Help,
    string VersionLine,
    string Options,
    bool HasEntryPoint,
    bool HasStubs,
    EquatableArray<PlannedCall> Calls,
    Routine SignalForwarder,
    Routine SignalRestorer);

/// <summary>A system call and its stub.</summary>
internal sealed record PlannedCall(SystemCall Call, Routine Stub);
