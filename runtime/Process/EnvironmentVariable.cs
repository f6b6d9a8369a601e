using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Process;

/// <summary>Variables of the environment that a server needs by the names that its author gave them.</summary>
internal static unsafe class EnvironmentVariable
{
    /// <summary>The value of a variable; null where it is not set.</summary>
    /// <param name="argv">The arguments, ended by a null pointer, with the environment behind them, ended by another.</param>
    /// <param name="name">Its name.</param>
    internal static byte* Find(byte** argv, byte* name)
    {
        while (*argv != null)
        {
            argv++;
        }

        while (*++argv != null)
        {
            byte* value = CString.After(*argv, name);
            if (value != null && *value == '=')
            {
                return value + 1;
            }
        }

        return null;
    }
}
