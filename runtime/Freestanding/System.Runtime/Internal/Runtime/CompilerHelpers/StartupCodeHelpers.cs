using System;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// What the entry point that the AOT compiler writes, __managed__Main(argc, argv), calls before Main. (What compiled
/// code calls besides is in StartCode.S.) There is no SetLatchedExitCode: without it the result of Main is returned.
/// </summary>
public static unsafe class StartupCodeHelpers
{
    /// <summary>The number of arguments, the program's name among them.</summary>
    public static int Argc;

    /// <summary>The arguments; a null pointer ends them, and the environment follows it, ended by another.</summary>
    public static byte** Argv;

    internal static void InitializeCommandLineArgs(int argc, byte** argv)
    {
        Argc = argc;
        Argv = argv;
    }

    /// <summary>The args of a Main that has them.</summary>
    internal static string[] GetMainMethodArguments() => Arguments.Create(Argc, Argv);
}
