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

    internal ClientWorld(int seed, double faultRate, bool isTraced, IReadOnlyList<SimulatedClient.Exchange> exchanges, Coverage coverage, bool hasDrainDelay = false)
        : base(seed, faultRate, isTraced, exchanges, coverage, hasDrainDelay ? 1 : null)
    {
        if (Random.Next(4) == 0)
        {
            PlanSignal(Linux.SIGTERM, Now + Random.Next(6000));
        }

        if (hasDrainDelay && Random.Next(3) == 0)
        {
            PlanSignal(Linux.SIGALRM, Now + Random.Next(Random.Next(2) == 0 ? 3000 : 30_000)); // by whom is not known here
        }

        IsStopping = hasDrainDelay ? seed % 32 == 4 : seed % 8 == 0; // when the client is accepted already
        IsDraining = hasDrainDelay && seed % 16 == 12;
        Begin(Connection, NewClient(Now));
    }

    private Ending Ending => IsStopping ? Ending.Stopping : IsDraining ? Ending.Draining : Ending.None;

    internal unsafe void Serve<TApp, TServer>()
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        Ending before = Ending;
        bool logsAccess = TApp.IsObserved && Random.Next(2) == 0;
        LogsAccess = logsAccess;
        int after = Run(
            memory =>
            {
                ClientAddress client;
                if (TApp.IsObserved)
                {
                    _ = ClientAddress.Accept<NamingKernel>(&client, Connection);
                    HttpChild.SetClient<TApp>((byte*)memory, logsAccess ? &client : null);
                }

                return (int)HttpChild.Serve<ConnectionKernel, TApp, TServer>(Connection, Signals, (byte*)memory, before);
            },
            HttpChild.MemorySize<TApp>());
        Require((Ending)after == Ending, "it does not know whether it is to end");
        End();
        Log.CheckEnd();
    }

    /// <summary>Says who the client is that a parent has accepted.</summary>
    private unsafe struct NamingKernel : IKernel
    {
        public static nint accept(int sockfd, void* addr, uint* addrlen) => SimulatedLog.Name(sockfd, addr, addrlen);
    }
}
