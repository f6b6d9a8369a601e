using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>What can be said to a built server when it is started: options, and PORT in the environment.</summary>
public static unsafe class CommandLine
{
    /// <summary>What <see cref="Read"/> returns where the server is to run.</summary>
    public const int Run = -1;

    /// <summary>The exit code after a command line that could not be understood.</summary>
    public const int UsageError = 2;

    /// <summary>
    /// Reads the arguments and the environment. <c>--help</c> and <c>--version</c> print to standard output; what
    /// cannot be understood is said on standard error.
    /// </summary>
    /// <param name="argc">The number of arguments, the program's name among them.</param>
    /// <param name="argv">The arguments, each ended by a NUL.</param>
    /// <param name="envp">The environment, <c>NAME=value</c>, ended by a null pointer.</param>
    /// <param name="help">What <c>--help</c> prints.</param>
    /// <param name="version">What <c>--version</c> prints.</param>
    /// <param name="endpoint">On entry the address and port of the attribute; on return those to use.</param>
    /// <param name="quiet">Whether the start-up line is to be left out.</param>
    /// <returns><see cref="Run"/>, or the exit code with which to end.</returns>
    public static int Read<TKernel>(
        int argc, byte** argv, byte** envp, ReadOnlySpan<byte> help, ReadOnlySpan<byte> version, ref Endpoint endpoint, out bool quiet)
        where TKernel : struct, IKernel
    {
        quiet = false;
        bool portGiven = false;
        while (--argc > 0)
        {
            byte* argument = *++argv;
            if (Is(argument, "--help"u8))
            {
                return Print<TKernel>(help);
            }

            if (Is(argument, "--version"u8))
            {
                return Print<TKernel>(version);
            }

            if (Is(argument, "--quiet"u8))
            {
                quiet = true;
                continue;
            }

            // The others take a value: "--port 80" or "--port=80".
            byte* value = After(argument, "--port"u8);
            bool isPort = value != null;
            if (!isPort)
            {
                value = After(argument, "--address"u8);
            }

            if (value == null || (*value != 0 && *value != '='))
            {
                return Refuse<TKernel>("$: unknown option; see --help"u8, argument);
            }

            if (*value != 0)
            {
                value++;
            }
            else if (--argc > 0)
            {
                value = *++argv;
            }
            else
            {
                return Refuse<TKernel>("$ needs a value; see --help"u8, argument);
            }

            if (!isPort)
            {
                if (!IPv4Address.TryParse(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(value), out endpoint.Address))
                {
                    return Refuse<TKernel>("--address $: not an IPv4 address, as 127.0.0.1 is"u8, value);
                }
            }
            else if (!TryParsePort(value, out endpoint.Port))
            {
                return Refuse<TKernel>("--port $: not a port number, 0 to 65535"u8, value);
            }

            portGiven |= isPort;
        }

        for (; !portGiven && *envp != null; envp++)
        {
            byte* value = After(*envp, "PORT="u8);

            // An empty PORT is one that was not set: "PORT= ./server" takes it away.
            if (value != null && *value != 0 && !TryParsePort(value, out endpoint.Port))
            {
                return Refuse<TKernel>("$: not a port number, 0 to 65535"u8, *envp);
            }
        }

        return Run;
    }

    /// <summary>Where the text goes on after the prefix, or null where it begins otherwise.</summary>
    private static byte* After(byte* text, ReadOnlySpan<byte> prefix)
    {
        foreach (byte character in prefix)
        {
            if (*text++ != character)
            {
                return null;
            }
        }

        return text;
    }

    private static bool Is(byte* text, ReadOnlySpan<byte> expected)
    {
        byte* rest = After(text, expected);
        return rest != null && *rest == 0;
    }

    /// <summary>Decimal digits only, at least one, 0 to 65535.</summary>
    private static bool TryParsePort(byte* text, out ushort port)
    {
        uint number = 0;
        do
        {
            uint digit = (uint)(*text - '0');
            number = number * 10 + digit;
            if (digit > 9 || number > ushort.MaxValue)
            {
                port = 0;
                return false;
            }
        }
        while (*++text != 0);
        port = (ushort)number;
        return true;
    }

    /// <summary>Prints what was asked for. Exit code 1 where standard output did not take it (a full disk, a closed pipe).</summary>
    private static int Print<TKernel>(ReadOnlySpan<byte> text)
        where TKernel : struct, IKernel
    {
        byte* bytes = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text)); // read-only data does not move
        return Connection.Write<TKernel>(Message.StandardOutput, bytes, text.Length) ? 0 : 1;
    }

    private static int Refuse<TKernel>(ReadOnlySpan<byte> format, byte* text)
        where TKernel : struct, IKernel
    {
        Message.WriteLine<TKernel>(format, text);
        return UsageError;
    }
}
