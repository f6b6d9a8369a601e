using System.Collections.Generic;
using System.Linq;
using Microsoft.Build.Framework;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tasks;

/// <summary>The step of a publish that reads what the generator has left in the program's assembly (<see cref="ProgramMetadata"/>).</summary>
public sealed class ReadProgram : ITask
{
    /// <summary>The assembly of the program.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>Whether its entry point is the generated one.</summary>
    [Output]
    public bool HasEntryPoint { get; private set; }

    /// <summary>Whether a server of it calls handlers.</summary>
    [Output]
    public bool HasHandlers { get; private set; }

    /// <summary>Whether it is to have the hardened layout, where nobody says otherwise.</summary>
    [Output]
    public bool IsHardened { get; private set; }

    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        IReadOnlyList<string> values = ProgramValues.Of(Assembly);
        HasEntryPoint = values.Contains(ProgramMetadata.EntryPoint);
        HasHandlers = values.Contains(ProgramMetadata.Handlers);
        IsHardened = values.Contains(ProgramMetadata.Hardened);
        return true;
    }
}
