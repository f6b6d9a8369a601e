using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Startup;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Listening;

/// <summary>
/// Everything that a server listens at, where that is more than an IPv4 address and a port (<see cref="IServer.HasEndpoints"/>). Each process
/// has its own, which knows the sockets that the process accepts from.
/// </summary>
/// <remarks>It lies on the stack of Run, where nothing moves it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct Endpoints
{
    /// <summary>The most endpoints of a server.</summary>
    public const int Max = Limits.MaxEndpoints;

    /// <summary>What the command line says besides. It comes first: <see cref="CommandLine.Read"/> has its address.</summary>
    public ServerOptions Options;

    /// <summary>How many endpoints there are.</summary>
    internal int Count;

    /// <summary>The one with the connection that is to be accepted.</summary>
    internal int Current;

    /// <summary>Whether those that were compiled in have been replaced, so that a port is for them no more.</summary>
    internal bool AreReplaced;

    /// <summary>Whether the sockets were passed by who has started the server: who goes on to hold them, and what waits in their backlogs.</summary>
    internal bool ArePassed;

    /// <summary>Where the service manager is told how the server is: what NOTIFY_SOCKET says, or null.</summary>
    internal byte* NotifySocket;

    private Array _all;

    [InlineArray(Max)]
    private struct Array
    {
        internal Endpoint First;
    }

    /// <summary>The endpoints.</summary>
    internal Endpoint* First => (Endpoint*)Unsafe.AsPointer(ref _all);

    /// <summary>The role of the one with the connection that was accepted last; only with <see cref="IServer.HasEndpointRoles"/>.</summary>
    public EndpointRole CurrentRole => First[Current].Role;

    /// <summary>Sets the endpoints that are compiled in.</summary>
    /// <param name="texts">Each with a NUL behind it, and another NUL at the end.</param>
    public void Set(ReadOnlySpan<byte> texts)
    {
        Options.Quiet = false;
        Count = 0;
        Current = 0;
        AreReplaced = false;
        ArePassed = false;
        NotifySocket = null;
        for (byte* text = CString.Of(texts); *text != 0; text = CString.End(text) + 1)
        {
            _ = Endpoint.Parse(text, First + Count);
            Count++;
        }
    }

    /// <summary>Adds an endpoint of the command line. The first one takes the place of all that are compiled in.</summary>
    /// <returns>Null, or what to say where it cannot be.</returns>
    internal byte* Add(byte* text)
    {
        if (!AreReplaced)
        {
            AreReplaced = true;
            Count = 0;
        }

        if (Count == Max)
        {
            return CString.Of("$: too many endpoints, of which there may be 8"u8);
        }

        EndpointError error = Endpoint.Parse(text, First + Count);
        Count++;
        return error switch
        {
            EndpointError.None => null,
            EndpointError.PathTooLong => CString.Of("$: the path of a Unix socket has at most 107 bytes"u8),
            _ => CString.Of("$: not an endpoint; write 0.0.0.0:8080, [::]:8080 or unix:/path"u8),
        };
    }

    /// <summary>Whether an address alone says where to listen: where one endpoint of TCP is compiled in.</summary>
    internal bool HasOneAddress => Count == 1 && First->IsTcp;

    /// <summary>Sets the address of the one endpoint that is compiled in.</summary>
    /// <returns>Null, or what to say where it is none.</returns>
    internal byte* SetAddress(byte* text)
    {
        Endpoint unused = default;
        return Endpoint.ParseAddress(text, AreReplaced ? &unused : First) ? null : CString.Of("$: not an IP address"u8);
    }

    /// <summary>Sets the port of all endpoints that are compiled in and have one.</summary>
    internal void SetPort(int port)
    {
        for (int i = 0; i < Count && !AreReplaced; i++)
        {
            if (First[i].IsTcp)
            {
                First[i].Port = port;
            }
        }
    }

    /// <summary>Opens the sockets, or says why that cannot be.</summary>
    /// <param name="endpoints">The instance: a pointer makes less code than <c>this</c>.</param>
    /// <returns>Whether all listen.</returns>
    public static bool Open<TKernel, TServer>(Endpoints* endpoints)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.HasEndpointRoles)
        {
            if (!EndpointRoles.Complete<TKernel, TServer>(endpoints))
            {
                return false;
            }
        }

        for (int i = 0; i < endpoints->Count; i++)
        {
            Endpoint* endpoint = endpoints->First + i;
            endpoint->IsShared = !TServer.ListensPerWorker || endpoints->ArePassed || !endpoint->IsTcp;
            bool isPassed = endpoints->ArePassed;
            bool listens = !isPassed && OpenAnother<TKernel, TServer>(endpoints, i, out endpoint->Descriptor);
            if (TServer.HasServiceManager)
            {
                listens = isPassed ? ServiceManager.Take<TKernel, TServer>(endpoint) : listens;
            }

            if (!listens)
            {
                RemoveFiles<TKernel>(endpoints);
                return false;
            }
        }

        return true;
    }

    /// <summary>Opens a socket at one of the endpoints.</summary>
    internal static bool OpenAnother<TKernel, TServer>(Endpoints* endpoints, int index, out int listener)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Endpoint* endpoint = endpoints->First + index;
        bool isIPv6Only = false;
        for (int i = 0; i < endpoints->Count; i++)
        {
            Endpoint* other = endpoints->First + i;
            isIPv6Only |= other->Address.Family == Endpoint.AddressFamilyIPv4 && other->Port == endpoint->Port;
        }

        return Endpoint.Open<TKernel, TServer>(endpoint, isIPv6Only, sharesPort: !endpoint->IsShared, out listener);
    }

    /// <summary>Says on standard error where the server listens: a line for each endpoint.</summary>
    /// <param name="endpoints">The instance.</param>
    /// <param name="scheme"><c>Listening on http://$</c>, or <c>tcp</c> where the response is raw.</param>
    public static void Announce<TKernel, TServer>(Endpoints* endpoints, ReadOnlySpan<byte> scheme)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        for (int i = 0; i < endpoints->Count && !endpoints->Options.Quiet; i++)
        {
            Endpoint* endpoint = endpoints->First + i;
            if (endpoints->ArePassed && (!TServer.HasEndpointRoles || EndpointRoles.IsPassed(endpoint)))
            {
                Message.WriteLine<TKernel>(CString.Of("Listening on socket #, which was passed (LISTEN_FDS)"u8), null, -endpoint->Descriptor);
            }
            else if (TServer.HasEndpointRoles && (endpoint->Role & EndpointRole.Management) != 0)
            {
                byte* text = CString.Of(TServer.ManagementMessages);
                Endpoint.WriteLine<TKernel, TServer>(endpoint->IsTcp ? text : CString.End(text) + 1, endpoint, 0);
            }
            else
            {
                Endpoint.WriteLine<TKernel, TServer>(endpoint->IsTcp ? CString.Of(scheme) : CString.Of("Listening on $"u8), endpoint, 0);
            }
        }
    }

    /// <summary>
    /// The beginning of a child that serves one connection: it closes the listeners, which go on to be the parent's, and bounds how long the
    /// connection may keep it waiting.
    /// </summary>
    public static void BeginChild<TKernel, TServer>(Endpoints* endpoints, int connection)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Close<TKernel>(endpoints);
        BeginConnection<TKernel, TServer>(endpoints, connection);
    }

    /// <summary>Gives a connection the timeouts that it has not got from its listener. They cannot fail on a socket.</summary>
    internal static void BeginConnection<TKernel, TServer>(Endpoints* endpoints, int connection)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (!endpoints->First[endpoints->Current].IsTcp)
        {
            _ = Endpoint.SetTimeouts<TKernel, TServer>(connection);
        }
    }

    /// <summary>The beginning of the end: the service manager is told, and the names of Unix sockets are given up, so that nobody comes who would not be served.</summary>
    internal static void Stop<TKernel, TServer>(Endpoints* endpoints)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.HasServiceManager)
        {
            ServiceManager.Notify<TKernel, TServer>(endpoints, "STOPPING=1"u8);
        }

        RemoveFiles<TKernel>(endpoints);
    }

    /// <summary>Closes the sockets.</summary>
    internal static void Close<TKernel>(Endpoints* endpoints)
        where TKernel : struct, IKernel
    {
        for (int i = 0; i < endpoints->Count; i++)
        {
            _ = TKernel.close(endpoints->First[i].Descriptor);
        }
    }

    /// <summary>Removes the files of Unix sockets that this server has made.</summary>
    internal static void RemoveFiles<TKernel>(Endpoints* endpoints)
        where TKernel : struct, IKernel
    {
        for (int i = 0; i < endpoints->Count; i++)
        {
            Endpoint.RemoveFile<TKernel>(endpoints->First + i);
        }
    }
}
