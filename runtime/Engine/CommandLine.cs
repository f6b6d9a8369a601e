using System;
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

    /// <summary>The options; their places in this list are the constants below. From <see cref="Port"/> on they take a value.</summary>
    private static ReadOnlySpan<byte> Options => "--help\0--version\0--quiet\0--port\0--address\0"u8;

    private const int Help = 0;
    private const int Version = 1;
    private const int Quiet = 2;
    private const int Port = 3;

    /// <summary>
    /// Reads the arguments and the environment. <c>--help</c> and <c>--version</c> print to standard output; what
    /// cannot be understood is said on standard error.
    /// </summary>
    /// <param name="argc">The number of arguments, the program's name among them.</param>
    /// <param name="argv">The arguments, each ended by a NUL.</param>
    /// <param name="envp">The environment, <c>NAME=value</c>, ended by a null pointer.</param>
    /// <param name="texts">What <c>--help</c> prints, a NUL, and what <c>--version</c> prints.</param>
    /// <param name="options">On entry what the attribute says, on return what to do.</param>
    /// <returns><see cref="Run"/>, or the exit code with which to end.</returns>
    public static int Read<TKernel>(int argc, byte** argv, byte** envp, ReadOnlySpan<byte> texts, ServerOptions* options)
        where TKernel : struct, IKernel
    {
        byte* port = null;
        ReadOnlySpan<byte> refusal = "--port $: not a port number, 0 to 65535"u8;
        while (--argc > 0)
        {
            byte* argument = *++argv;
            byte* value = Find(argument, out int option);
            if (value == null)
            {
                return Refuse<TKernel>("$: unknown option; see --help"u8, argument);
            }

            if (option <= Version)
            {
                byte* text = Text.Of(texts);
                return Print<TKernel>(option == Help ? text : Text.End(text) + 1);
            }

            if (option == Quiet)
            {
                options->Quiet = true;
                continue;
            }

            // "--port=80" or "--port 80"
            if (*value++ == 0)
            {
                value = *++argv; // the arguments end with a null pointer
                if (--argc <= 0)
                {
                    return Refuse<TKernel>("$ needs a value; see --help"u8, argument);
                }
            }

            if (option == Port)
            {
                port = value;
            }
            else if (!IPv4Address.TryParse(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(value), out options->Endpoint.Address))
            {
                return Refuse<TKernel>("--address $: not an IPv4 address, as 127.0.0.1 is"u8, value);
            }
        }

        // An empty PORT is one that was not set: "PORT= ./server" takes it away.
        for (; port == null && *envp != null; envp++)
        {
            port = Text.After(*envp, Text.Of("PORT="u8));
            if (port != null && *port == 0)
            {
                port = null;
            }

            refusal = "PORT=$: not a port number, 0 to 65535"u8;
        }

        return port == null || TryParsePort(port, out options->Endpoint.Port) ? Run : Refuse<TKernel>(refusal, port);
    }

    /// <summary>Which option an argument is.</summary>
    /// <returns>What follows its name: the end of the argument, or an equals sign. Null where it is none.</returns>
    private static byte* Find(byte* argument, out int option)
    {
        byte* name = Text.Of(Options);
        for (option = 0; *name != 0; option++)
        {
            byte* rest = Text.After(argument, name);
            if (rest != null && (*rest == 0 || (*rest == '=' && option >= Port)))
            {
                return rest;
            }

            name = Text.End(name) + 1;
        }

        return null;
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
    private static int Print<TKernel>(byte* text)
        where TKernel : struct, IKernel
        => Connection.Write<TKernel>(Message.StandardOutput, text, (int)(Text.End(text) - text)) ? 0 : 1;

    private static int Refuse<TKernel>(ReadOnlySpan<byte> format, byte* text)
        where TKernel : struct, IKernel
    {
        Message.WriteLine<TKernel>(Text.Of(format), text);
        return UsageError;
    }
}
