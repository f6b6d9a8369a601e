using System.Collections.Generic;
using System.Linq;
using Microsoft.Build.Framework;

namespace SyscallServer.Tasks;

/// <summary>
/// The steps of a build that say what a program uses and has not without the .NET runtime: module initializers, before anything is compiled, and what the AOT compiler misses, after it has failed. See <see cref="MissingMembers"/>; what the linker misses, <see cref="Link.LinkImage"/> says.
/// </summary>
public sealed class ReportMissing : ITask
{
    private const string WayOut = "or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file.";

    /// <summary>More are the consequence of something, mostly.</summary>
    internal const int Most = 10;

    /// <summary>What the AOT compiler has written; null where it was not asked yet.</summary>
    public string[]? Compiler { get; set; }

    /// <summary>The assemblies of the program.</summary>
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        string[] assemblies = [.. Assemblies.Select(item => item.GetMetadata("FullPath"))];
        if (Compiler is null)
        {
            string[] names = [.. MissingMembers.WithModuleInitializer(assemblies)];
            foreach (string name in names)
            {
                Report($"The assembly '{name}' has a module initializer, which nothing runs without the .NET runtime. Do without the library, {WayOut}", "", 0);
            }

            return names.Length == 0;
        }

        IReadOnlyList<MissingMember> missing = MissingMembers.OfCompiler(Compiler);
        foreach (MissingMember member in missing.Take(Most))
        {
            Report(Message(member), member.File, member.Line);
        }

        return missing.Count == 0;
    }

    internal static string Message(MissingMember member)
        => $"{member.What} is not there without the .NET runtime{(member.Caller is null ? "" : $", and '{member.Caller}' uses it")}: write it otherwise, {WayOut}";

    private void Report(string message, string file, int line) => BuildEngine!.Report(nameof(ReportMissing), "SYSC102", message, file, line);
}
