namespace SyscallServer.Generator.Model;

/// <summary>What the servers of one project have in common.</summary>
/// <param name="Name">The program's name: that of the assembly.</param>
/// <param name="Version">The project's version.</param>
/// <param name="NeedsEntryPoint">Whether it is a program that has no Main yet.</param>
internal sealed record ProgramSpec(string Name, string Version, bool NeedsEntryPoint);
