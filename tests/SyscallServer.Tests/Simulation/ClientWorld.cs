using System.Collections.Generic;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Models;
using SyscallServer.Internal.Process;

namespace SyscallServer.Tests.Simulation;

/// <summary>One client and the process that serves it.</summary>
internal sealed class ClientWorld : ConnectionWorld
{
    private const int Connection = 5;

    internal ClientWorld(int seed, double faultRate, bool isTraced, IReadOnlyList<SimulatedClient.Exchange> exchanges, Coverage coverage)
        : base(seed, faultRate, isTraced, exchanges, coverage)
    {
        if (Random.Next(4) == 0)
        {
            PlanSignal(Linux.SIGTERM, Now + Random.Next(6000));
        }

        IsStopping = seed % 8 == 0; // when the client is accepted already
        Begin(Connection, NewClient(Now));
    }

    internal unsafe void Serve<TApp, TServer>()
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        bool isStopping = IsStopping;
        bool logsAccess = TApp.IsObserved && Random.Next(2) == 0;
        LogsAccess = logsAccess;
        int stopped = Run(
            memory =>
            {
                ClientAddress client;
                if (TApp.IsObserved)
                {
                    _ = ClientAddress.Accept<NamingKernel>(&client, Connection);
                    HttpChild.SetClient<TApp>((byte*)memory, logsAccess ? &client : null);
                }

                return HttpChild.Serve<ConnectionKernel, TApp, TServer>(Connection, Signals, (byte*)memory, isStopping) ? 1 : 0;
            },
            HttpChild.MemorySize<TApp>());
        Require(stopped == (IsStopping ? 1 : 0), "it does not know whether it is to end");
        End();
        Log.CheckEnd();
    }

    /// <summary>Says who the client is that a parent has accepted.</summary>
    private unsafe struct NamingKernel : IKernel
    {
        public static nint accept(int sockfd, void* addr, uint* addrlen) => SimulatedLog.Name(sockfd, addr, addrlen);
    }
}
