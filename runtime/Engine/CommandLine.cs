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
        for (int i = 1; i < argc; i++)
        {
            ReadOnlySpan<byte> argument = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(argv[i]);
            if (argument.SequenceEqual("--help"u8))
            {
                return Print<TKernel>(help);
            }

            if (argument.SequenceEqual("--version"u8))
            {
                return Print<TKernel>(version);
            }

            if (argument.SequenceEqual("--quiet"u8))
            {
                quiet = true;
                continue;
            }

            // The others take a value: "--port 80" or "--port=80".
            int equals = argument.IndexOf((byte)'=');
            ReadOnlySpan<byte> name = equals < 0 ? argument : argument.Slice(0, equals);
            bool isPort = name.SequenceEqual("--port"u8);
            if (!isPort && !name.SequenceEqual("--address"u8))
            {
                return Refuse<TKernel>(argument, default, ": unknown option; see --help"u8);
            }

            ReadOnlySpan<byte> value;
            if (equals >= 0)
            {
                value = argument.Slice(equals + 1);
            }
            else if (++i < argc)
            {
                value = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(argv[i]);
            }
            else
            {
                return Refuse<TKernel>(argument, default, " needs a value; see --help"u8);
            }

            if (isPort)
            {
                portGiven = true;
                if (!TryParsePort(value, out endpoint.Port))
                {
                    return Refuse<TKernel>("--port "u8, value, NotAPort);
                }
            }
            else if (!IPv4Address.TryParse(value, out endpoint.Address))
            {
                return Refuse<TKernel>("--address "u8, value, ": not an IPv4 address, as 127.0.0.1 is"u8);
            }
        }

        // An empty PORT is one that was not set: "PORT= ./server" takes it away.
        ReadOnlySpan<byte> environmentPort = portGiven ? default : Variable(envp, "PORT="u8);
        if (!environmentPort.IsEmpty && !TryParsePort(environmentPort, out endpoint.Port))
        {
            return Refuse<TKernel>("PORT="u8, environmentPort, NotAPort);
        }

        return Run;
    }

    private static ReadOnlySpan<byte> NotAPort => ": not a port number, 0 to 65535"u8;

    /// <summary>The value of the first variable of that name; empty where there is none.</summary>
    /// <param name="envp">The environment.</param>
    /// <param name="name">The name with its equals sign.</param>
    private static ReadOnlySpan<byte> Variable(byte** envp, ReadOnlySpan<byte> name)
    {
        for (; *envp != null; envp++)
        {
            ReadOnlySpan<byte> variable = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(*envp);
            if (variable.StartsWith(name))
            {
                return variable.Slice(name.Length);
            }
        }

        return default;
    }

    /// <summary>Decimal digits only, at least one, 0 to 65535.</summary>
    private static bool TryParsePort(ReadOnlySpan<byte> text, out ushort port)
    {
        uint number = 0;
        bool valid = !text.IsEmpty;
        foreach (byte character in text)
        {
            uint digit = (uint)(character - '0');
            number = number * 10 + digit;
            valid &= digit <= 9 && number <= ushort.MaxValue;
            if (!valid)
            {
                break;
            }
        }

        port = (ushort)number;
        return valid;
    }

    /// <summary>Prints what was asked for. Exit code 1 where standard output did not take it (a full disk, a closed pipe).</summary>
    private static int Print<TKernel>(ReadOnlySpan<byte> text)
        where TKernel : struct, IKernel
        => Message.Write<TKernel>(Message.StandardOutput, text) ? 0 : 1;

    private static int Refuse<TKernel>(ReadOnlySpan<byte> argument, ReadOnlySpan<byte> value, ReadOnlySpan<byte> reason)
        where TKernel : struct, IKernel
    {
        var message = new Message();
        message.Add(argument);
        message.Add(value);
        message.Add(reason);
        message.WriteLine<TKernel>();
        return UsageError;
    }
}
