using System;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Startup;

/// <summary>What can be said to a built server when it is started: options, and PORT in the environment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class CommandLine
{
    /// <summary>What <see cref="Read"/> returns where the server is to run.</summary>
    public const int Run = -1;

    /// <summary>The exit code after a command line that could not be understood.</summary>
    public const int UsageError = 2;

    /// <summary>The options; their places in this list are the constants below. Those with an equals sign take a value.</summary>
    private static ReadOnlySpan<byte> Options => "--help\0--version\0--quiet\0--port=\0--address=\0"u8;

    private const int Help = 0;
    private const int Version = 1;
    private const int Quiet = 2;
    private const int Port = 3;
    private const int Address = 4;

    /// <summary>Those of a server with <see cref="Endpoints"/>: one more.</summary>
    private static ReadOnlySpan<byte> OptionsWithListen => "--help\0--version\0--quiet\0--port=\0--address=\0--listen=\0"u8;

    private const int Listen = 5;

    /// <summary>Those of a server with an access log on request: one more, which is the last.</summary>
    private static ReadOnlySpan<byte> OptionsWithAccessLog => "--help\0--version\0--quiet\0--port=\0--address=\0--access-log\0"u8;

    private static ReadOnlySpan<byte> OptionsWithListenAndAccessLog => "--help\0--version\0--quiet\0--port=\0--address=\0--listen=\0--access-log\0"u8;

    /// <summary>
    /// Reads the arguments and the environment. <c>--help</c> and <c>--version</c> print to standard output; what
    /// cannot be understood is said on standard error.
    /// </summary>
    /// <param name="argv">The arguments, each ended by a NUL, the first the program's name, ended by a null pointer; behind it the environment, likewise.</param>
    /// <param name="texts">What <c>--help</c> prints, a NUL, and what <c>--version</c> prints.</param>
    /// <param name="options">On entry what the attribute says, on return what to do. Of a server with <see cref="Endpoints"/>: theirs.</param>
    /// <returns><see cref="Run"/>, or the exit code with which to end.</returns>
    public static int Read<TKernel, TServer>(byte** argv, ReadOnlySpan<byte> texts, ServerOptions* options)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        byte* port = null;
        byte* argument;
        bool hasAddress = true;
        if (TServer.HasEndpoints)
        {
            hasAddress = ((Endpoints*)options)->HasOneAddress;
        }

        while ((argument = *++argv) != null)
        {
            if (TServer.HasDrainDelay && IsDrainDelay(argument))
            {
                argv = SetDrainDelay<TKernel, TServer>(argv, options);
                if (argv == null)
                {
                    return UsageError;
                }

                continue;
            }

            byte* value = argument;
            int option = Find<TServer>(&value);
            if (option <= Version)
            {
                return Print<TKernel>(CString.Of(texts), option);
            }

            if (IsSwitch<TServer>(option, options))
            {
                continue;
            }

            if (option > LastWithValue<TServer>() || (TServer.HasEndpoints && option == Address && !hasAddress))
            {
                return Refuse<TKernel, TServer>(MessageNumber.UnknownOption, argument);
            }

            if (value == null)
            {
                value = *++argv;
                if (value == null)
                {
                    return Refuse<TKernel, TServer>(MessageNumber.NoValue, argument);
                }
            }

            if (option == Port)
            {
                port = value;
                continue;
            }

            if (!SetAddress<TKernel, TServer>(option, value, options))
            {
                return UsageError;
            }
        }

        if (TServer.HasServiceManager)
        {
            if (!ServiceManager.Read<TKernel, TServer>(argv + 1, (Endpoints*)options))
            {
                return UsageError;
            }
        }

        return SetPort<TKernel, TServer>(port, argv, options);
    }

    /// <summary>Prints what --help or --version asks for.</summary>
    /// <returns>The exit code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Print<TKernel>(byte* text, int option)
        where TKernel : struct, IKernel
    {
        if (option == Version)
        {
            text = CString.End(text) + 1;
        }

        nint length = (nint)(CString.End(text) - text);
        return TKernel.write(Message.StandardOutput, text, (nuint)length) == length ? 0 : 1;
    }

    /// <summary>Obeys an option without a value.</summary>
    /// <returns>Whether it is one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSwitch<TServer>(int option, ServerOptions* options)
        where TServer : struct, IServer
    {
        if (option == Quiet)
        {
            options->Quiet = true;
            return true;
        }

        if (TServer.HasAccessLogOption)
        {
            if (option == LastWithValue<TServer>() + 1)
            {
                options->IsObserved = true;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an argument is the option of servers that may go on for a while when they are told to end.</summary>
    private static bool IsDrainDelay(byte* argument)
    {
        byte* rest = CString.After(argument, CString.Of(DrainDelay));
        return rest != null && *rest is 0 or (byte)'=';
    }

    private static ReadOnlySpan<byte> DrainDelay => "--drain-delay"u8;

    /// <summary>Obeys that option.</summary>
    /// <returns>Its last argument; null where it cannot be understood, and the message is written.</returns>
    private static byte** SetDrainDelay<TKernel, TServer>(byte** argv, ServerOptions* options)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        byte* argument = *argv;
        byte* value = CString.After(argument, CString.Of(DrainDelay)) + 1;
        if (value[-1] == 0)
        {
            value = *++argv;
        }

        if (value == null)
        {
            _ = Refuse<TKernel, TServer>(MessageNumber.NoValue, argument);
            return null;
        }

        byte* end = DecimalNumber.Parse(value, Limits.MaxDrainDelay, out uint seconds);
        if (end == null || *end != 0)
        {
            Message.WriteLine<TKernel, TServer>("$: not a number of seconds, 0 to 240"u8, value, 0);
            return null;
        }

        options->DrainDelay = (byte)seconds;
        return argv;
    }

    /// <summary>The last option that takes a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LastWithValue<TServer>()
        where TServer : struct, IServer
        => TServer.HasEndpoints ? Listen : Address;

    /// <summary>Obeys an option that says where to listen.</summary>
    /// <returns>Whether it can be understood; otherwise the message is written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SetAddress<TKernel, TServer>(int option, byte* value, ServerOptions* options)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.HasEndpoints)
        {
            var endpoints = (Endpoints*)options;
            byte* problem = option == Listen ? endpoints->Add(value) : endpoints->SetAddress(value);
            if (problem != null)
            {
                Message.WriteLine<TKernel>(problem, value, 0);
            }

            return problem == null;
        }

        if (!IPv4Address.TryParse(value, out uint address))
        {
            Message.WriteLine<TKernel, TServer>(MessageNumber.NoAddress, value, 0);
            return false;
        }

        options->Endpoint.sin_addr = BinaryPrimitives.ReverseEndianness(address);
        return true;
    }

    /// <summary>Obeys --port, or without that PORT. An empty PORT is one that was not set: "PORT= ./server" takes it away.</summary>
    /// <param name="port">What --port says, or null.</param>
    /// <param name="environment">The null pointer before the environment.</param>
    /// <param name="options">Where it goes.</param>
    /// <returns><see cref="Run"/>, or the exit code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SetPort<TKernel, TServer>(byte* port, byte** environment, ServerOptions* options)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        byte* argument = port;
        while (port == null)
        {
            argument = *++environment;
            if (argument == null)
            {
                return Run;
            }

            port = CString.After(argument, CString.Of("PORT="u8));
            if (port != null && *port == 0)
            {
                port = null;
            }
        }

        port = DecimalNumber.Parse(port, ushort.MaxValue, out uint number);
        if (port == null || *port != 0)
        {
            return Refuse<TKernel, TServer>(MessageNumber.NoPort, argument);
        }

        if (TServer.HasEndpoints)
        {
            ((Endpoints*)options)->SetPort((int)number);
            return Run;
        }

        options->Endpoint.sin_port = BinaryPrimitives.ReverseEndianness((ushort)number);
        return Run;
    }

    /// <summary>Says what cannot be understood.</summary>
    private static int Refuse<TKernel, TServer>(MessageNumber refusal, byte* argument)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Message.WriteLine<TKernel, TServer>(refusal, argument, 0);
        return UsageError;
    }

    /// <summary>Which option an argument is.</summary>
    private static int Find<TServer>(byte** argument)
        where TServer : struct, IServer
    {
        byte* name = CString.Of(
            TServer.HasAccessLogOption ? TServer.HasEndpoints ? OptionsWithListenAndAccessLog : OptionsWithAccessLog
            : TServer.HasEndpoints ? OptionsWithListen : Options);
        int option = 0;
        for (; *name != 0; option++)
        {
            byte* rest = *argument;
            while (*rest == *name && *name != 0)
            {
                rest++;
                name++;
            }

            if (*rest == 0 && *name == '=')
            {
                *argument = null;
                return option;
            }

            if (*name == 0 && (*rest == 0 || name[-1] == '='))
            {
                *argument = rest;
                return option;
            }

            name = CString.End(name) + 1;
        }

        return option;
    }
}
