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
        byte* healthCheck = null;
        byte* argument;
        bool hasAddress = true;
        if (TServer.HasEndpoints)
        {
            hasAddress = ((Endpoints*)options)->HasOneAddress;
        }

        while ((argument = *++argv) != null)
        {
            byte* value = argument;
            int option = Find<TServer>(&value);
            if (option <= CommandLineOptions.Version)
            {
                return Print<TKernel>(CString.Of(texts), option);
            }

            if (IsSwitch<TServer>(option, options))
            {
                continue;
            }

            if (TServer.HasHealthCheckOption && option == HealthCheck<TServer>() && (value == null || (TServer.HealthCheckPath.Length != 0 && *value == '/')))
            {
                healthCheck = value != null ? value : PathBehind<TServer>(&argv);
                continue;
            }

            if (option > LastWithValue<TServer>() || (TServer.HasEndpoints && option == CommandLineOptions.Address && !hasAddress))
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

            if (option == CommandLineOptions.Port)
            {
                port = value;
                continue;
            }

            if (!Obey<TKernel, TServer>(option, value, options))
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

        int exitCode = SetPort<TKernel, TServer>(port, argv, options);
        return TServer.HasHealthCheckOption && healthCheck != null && exitCode == Run ? HealthCheckRequest.Send<TKernel, TServer>(options, healthCheck) : exitCode;
    }

    /// <summary>Prints what --help or --version asks for.</summary>
    /// <returns>The exit code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Print<TKernel>(byte* text, int option)
        where TKernel : struct, IKernel
    {
        if (option == CommandLineOptions.Version)
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
        if (option == CommandLineOptions.Quiet)
        {
            options->Quiet = true;
            return true;
        }

        if (TServer.HasAccessLogOption)
        {
            if (option == CommandLineOptions.AccessLog(TServer.HasEndpoints, HasManagement<TServer>(), TServer.HasDrainDelay))
            {
                options->IsObserved = true;
                return true;
            }
        }

        return false;
    }

    /// <summary>Obeys an option with a value, but for the port.</summary>
    /// <returns>Whether it can be understood; otherwise the message is written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Obey<TKernel, TServer>(int option, byte* value, ServerOptions* options)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
        => TServer.HasDrainDelay && option == CommandLineOptions.DrainDelay(TServer.HasEndpoints, HasManagement<TServer>())
            ? SetDrainDelay<TKernel, TServer>(value, options)
            : SetAddress<TKernel, TServer>(option, value, options);

    /// <summary>The path to ask for where the option has none behind an equals sign: the next argument, if it is a path, which is passed over; otherwise the server's own.</summary>
    private static byte* PathBehind<TServer>(byte*** argv)
        where TServer : struct, IServer
    {
        byte* next = (*argv)[1];
        if (TServer.HealthCheckPath.Length == 0 || next == null || *next != '/')
        {
            return CString.Of(TServer.HealthCheckPath);
        }

        ++*argv;
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HealthCheck<TServer>()
        where TServer : struct, IServer
        => CommandLineOptions.HealthCheck(TServer.HasEndpoints, HasManagement<TServer>(), TServer.HasDrainDelay, TServer.HasAccessLogOption);

    /// <summary>Obeys the option of servers that may go on for a while when they are told to end.</summary>
    /// <returns>Whether it can be understood; otherwise the message is written.</returns>
    private static bool SetDrainDelay<TKernel, TServer>(byte* value, ServerOptions* options)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        byte* end = DecimalNumber.Parse(value, Limits.MaxDrainDelay, out uint seconds);
        if (end == null || *end != 0)
        {
            Message.WriteLine<TKernel, TServer>("$: not a number of seconds, 0 to 240"u8, value, 0);
            return false;
        }

        options->DrainDelay = (byte)seconds;
        return true;
    }

    /// <summary>The last option that takes a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LastWithValue<TServer>()
        where TServer : struct, IServer
        => TServer.HasDrainDelay ? CommandLineOptions.DrainDelay(TServer.HasEndpoints, HasManagement<TServer>()) : CommandLineOptions.LastOfListening(TServer.HasEndpoints, HasManagement<TServer>());

    /// <summary>Whether there is an endpoint of management.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasManagement<TServer>()
        where TServer : struct, IServer
        => TServer.HasEndpointRoles && TServer.ManagementName.Length != 0;

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
            byte* problem;
            if (TServer.HasEndpointRoles)
            {
                problem = option == CommandLineOptions.Listen ? EndpointRoles.Add<TServer>(endpoints, value)
                    : option == CommandLineOptions.Address ? EndpointRoles.SetAddress(endpoints, value)
                    : EndpointRoles.SetManagement<TServer>(endpoints, value);
            }
            else
            {
                problem = option == CommandLineOptions.Listen ? endpoints->Add(value) : endpoints->SetAddress(value);
            }

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
        byte* name = CString.Of(TServer.Options);
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
