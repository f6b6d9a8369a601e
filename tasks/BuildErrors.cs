using System;
using Microsoft.Build.Framework;

namespace SyscallServer.Tasks;

/// <summary>Errors of a build step that have a number, and so a section in docs/diagnostics.md.</summary>
internal static class BuildErrors
{
    private const string Documentation = "https://github.com/SyscallServer/SyscallServer/blob/main/docs/diagnostics.md#";

    /// <summary>Reports an error.</summary>
    /// <param name="engine">The build.</param>
    /// <param name="task">The build step.</param>
    /// <param name="code">SYSC and a number.</param>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="file">The source that it is about; empty where there is none.</param>
    /// <param name="line">The line there, from 1 on; 0 where it is not known.</param>
    internal static void Report(this IBuildEngine engine, string task, string code, string message, string file = "", int line = 0)
        => engine.LogErrorEvent(new BuildErrorEventArgs("", code, file, line, 0, 0, 0, message, "", task, Documentation + code.ToLowerInvariant(), DateTime.UtcNow, []));
}
