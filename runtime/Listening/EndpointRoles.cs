using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Listening;

/// <summary>
/// What endpoints have where they differ in more than where they are (<see cref="IServer.HasEndpointRoles"/>): a word behind the text of one whose connections begin with a preamble, and an endpoint of management. That one
/// comes behind all others, so that the first is an ordinary one; until they are opened, it waits in the last place, which no other may have.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class EndpointRoles
{
    private const int ManagementPlace = Endpoints.Max - 1;

    /// <summary>Sets what is compiled in; behind <see cref="Endpoints.Set"/>.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="roles">An <see cref="EndpointRole"/> for each; last that of management, if there is one.</param>
    /// <param name="management">The text of the endpoint of management, with a NUL behind it; empty where there is none.</param>
    public static void Set<TServer>(Endpoints* endpoints, ReadOnlySpan<byte> roles, ReadOnlySpan<byte> management)
        where TServer : struct, IServer
    {
        byte* role = CString.Of(roles);
        for (int i = 0; i < endpoints->Count; i++)
        {
            endpoints->First[i].Role = (EndpointRole)role[i];
        }

        if (TServer.ManagementName.Length != 0)
        {
            _ = Endpoint.Parse(CString.Of(management), endpoints->First + ManagementPlace);
            endpoints->First[ManagementPlace].Role = (EndpointRole)role[endpoints->Count];
        }
    }

    /// <summary>Adds an ordinary endpoint of the command line.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="text">Its text, of which the word is cut off.</param>
    /// <returns>Null, or what to say where it cannot be.</returns>
    internal static byte* Add<TServer>(Endpoints* endpoints, byte* text)
        where TServer : struct, IServer
    {
        EndpointRole role = CutWord<TServer>(text) | TServer.OrdinaryRole;
        if (TServer.ManagementName.Length != 0 && endpoints->AreReplaced && endpoints->Count == ManagementPlace)
        {
            return CString.Of("$: too many endpoints, of which there may be 7 here"u8);
        }

        byte* problem = endpoints->Add(text);
        endpoints->First[endpoints->Count - 1].Role = role;
        return problem;
    }

    /// <summary>Sets the endpoint of management.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="text">Its text, of which the word is cut off.</param>
    /// <returns>Null, or what to say where it cannot be.</returns>
    internal static byte* SetManagement<TServer>(Endpoints* endpoints, byte* text)
        where TServer : struct, IServer
    {
        int count = endpoints->Count;
        bool areReplaced = endpoints->AreReplaced;
        EndpointRole role = CutWord<TServer>(text) | EndpointRole.Management;

        // As if it were the next one of the others.
        endpoints->Count = ManagementPlace;
        endpoints->AreReplaced = true;
        byte* problem = endpoints->Add(text);
        endpoints->First[ManagementPlace].Role = role;
        endpoints->Count = count;
        endpoints->AreReplaced = areReplaced;
        return problem;
    }

    /// <summary>Sets the address of the one endpoint that is compiled in.</summary>
    /// <returns>Null, or what to say where it is none.</returns>
    internal static byte* SetAddress(Endpoints* endpoints, byte* text)
    {
        EndpointRole role = endpoints->First->Role;
        byte* problem = endpoints->SetAddress(text);
        endpoints->First->Role = role;
        return problem;
    }

    /// <summary>
    /// Cuts the word off the text of an endpoint. The text is an argument, which belongs to the program.
    /// </summary>
    /// <returns>What the word says; that of an ordinary endpoint where there is none.</returns>
    private static EndpointRole CutWord<TServer>(byte* text)
        where TServer : struct, IServer
    {
        byte* end = CString.End(text);
        byte* word = end - TServer.PreambleWord.Length;
        if (word <= text || word == end || CString.After(word, CString.Of(TServer.PreambleWord)) == null)
        {
            return EndpointRole.Ordinary;
        }

        *word = 0;
        return EndpointRole.Preamble;
    }

    /// <summary>Whether so many sockets may be passed.</summary>
    internal static bool HasRoomFor<TServer>(uint sockets)
        where TServer : struct, IServer
        => TServer.ManagementName.Length == 0 || sockets <= ManagementPlace;

    /// <summary>Sets the roles of sockets that were passed, by their names. Where one has that of management, no other endpoint has this role.</summary>
    /// <param name="endpoints">The endpoints: those that were passed.</param>
    /// <param name="names">LISTEN_FDNAMES, sd_listen_fds(3): the names with colons between them; null where they have none.</param>
    internal static void SetByName<TServer>(Endpoints* endpoints, byte* names)
        where TServer : struct, IServer
    {
        for (int i = 0; i < endpoints->Count; i++)
        {
            EndpointRole role = TServer.OrdinaryRole;
            if (TServer.PreambleWord.Length != 0 && IsName(names, CString.Of(TServer.PreambleWord) + 1))
            {
                role = EndpointRole.Preamble;
            }

            if (TServer.ManagementName.Length != 0 && IsName(names, CString.Of(TServer.ManagementName)))
            {
                role = EndpointRole.Management;
                endpoints->First[ManagementPlace].AddressLength = 0;
            }

            endpoints->First[i].Role = role;
            while (names != null && *names != 0 && *names++ != ':')
            {
            }
        }
    }

    private static bool IsName(byte* names, byte* name)
    {
        byte* end = names == null ? null : CString.After(names, name);
        return end != null && *end is 0 or (byte)':';
    }

    /// <summary>Whether the socket of an endpoint was passed, where others may not have been: it has no address.</summary>
    internal static bool IsPassed(Endpoint* endpoint) => endpoint->AddressLength == 0;

    /// <summary>
    /// Puts the endpoint of management behind the others, and looks whether each role has addresses of its own: two sockets of one server may share one (SO_REUSEPORT). Where the others were passed, it is opened here.
    /// </summary>
    /// <returns>Whether that is so; otherwise the message is written.</returns>
    internal static bool Complete<TKernel, TServer>(Endpoints* endpoints)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.ManagementName.Length != 0 && !IsPassed(endpoints->First + ManagementPlace))
        {
            int last = endpoints->Count++;
            Endpoint* endpoint = endpoints->First + last;
            *endpoint = endpoints->First[ManagementPlace];
            endpoint->IsShared = true;
            if (endpoints->ArePassed && !Endpoints.OpenAnother<TKernel, TServer>(endpoints, last, out endpoint->Descriptor))
            {
                return false; // otherwise it is taken over as if it were passed, too
            }
        }

        for (int i = 1; i < endpoints->Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Endpoint* endpoint = endpoints->First + i;
                if (endpoint->Role != endpoints->First[j].Role && IsSameAddress(endpoint, endpoints->First + j))
                {
                    Endpoint.WriteLine<TKernel, TServer>(CString.Of("$: this server listens there already, for something else"u8), endpoint, 0);
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsSameAddress(Endpoint* endpoint, Endpoint* other)
    {
        int length = endpoint->AddressLength;
        bool isSame = length == other->AddressLength && !IsPassed(endpoint) && !(endpoint->IsTcp && endpoint->Port == 0);
        for (int i = 0; i < length && isSame; i++)
        {
            isSame = ((byte*)&endpoint->Address)[i] == ((byte*)&other->Address)[i];
        }

        return isSame;
    }
}
