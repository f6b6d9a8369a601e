
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes what <see cref="ConcurrencyKind.Prefork"/> and <see cref="ConcurrencyKind.EventLoop"/> are made of: the supervisor, and what a worker runs.</summary>
internal static class WorkersEmitter
{
    internal static void Emit(SourceWriter writer, ServerPlan plan)
    {
        string app = AppEmitter.TypeName(plan.Http!, "TKernel");
        string worker = plan.Spec.Concurrency == ConcurrencyKind.Prefork
            ? $"global::SyscallServer.Internal.Models.PreforkWorker.Run<TKernel, {app}, Settings>(endpoints, signals, Memory.OfWorker(supervisor))"
            : $"global::SyscallServer.Internal.Models.EventLoop.Run<TKernel, {app}, Settings>(endpoints, signals, supervisor->Count, supervisor->IsAlone<TKernel>())";
        writer.WriteLines($$"""
            /// <summary>The supervisor, which forks the workers and looks after them until a signal ends it; and each of the workers.</summary>
            {{ServerEmitter.GeneratedCode}}
            private static unsafe int Work<TKernel>(global::SyscallServer.Internal.Models.Supervisor<Settings>* supervisor, int signals, global::SyscallServer.Internal.Listening.Endpoints* endpoints)
                where TKernel : struct, global::SyscallServer.Internal.Kernel.IKernel
            {
                if (!supervisor->Run<TKernel>())
                {
                    return supervisor->ExitCode;
                }

                int exitCode = {{worker}};
                if (!supervisor->IsAlone<TKernel>())
                {
                    TKernel.exit(exitCode);
                }

                return exitCode;
            }

            """);
    }

    /// <summary>The memory of the supervisor, and of a worker that serves one connection at a time.</summary>
    internal static void EmitMemory(SourceWriter writer, ServerPlan plan)
    {
        int workers = plan.Spec.Workers == 0 ? Limits.MaxWorkers : plan.Spec.Workers;
        string size = $"global::SyscallServer.Internal.Models.Supervisor.Size + {workers} * global::SyscallServer.Internal.Models.Supervisor.WorkerSize";
        bool hasBuffer = plan.Spec.Concurrency == ConcurrencyKind.Prefork;
        writer.WriteLines($$"""
            /// <summary>The supervisor's memory: its state, and behind it what it knows of its workers{{(hasBuffer ? "; then what a worker needs for its connection" : "")}}.</summary>
            {{ServerEmitter.GeneratedCode}}
            [global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential, Size = {{size}}{{(hasBuffer ? $" + {plan.MemorySize}" : "")}})]
            private struct Memory
            """);
        using (writer.WriteBlock())
        {
            writer.WriteLines("internal global::SyscallServer.Internal.Models.Supervisor<Settings> Supervisor;");
            if (hasBuffer)
            {
                writer.WriteLine();
                writer.WriteLines($$"""
                    internal static unsafe byte* OfWorker(global::SyscallServer.Internal.Models.Supervisor<Settings>* supervisor)
                        => (byte*)supervisor + {{size}};
                    """);
            }
        }
    }
}
