
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes what <see cref="ConcurrencyKind.Prefork"/> and <see cref="ConcurrencyKind.EventLoop"/> are made of: the supervisor, and what a worker runs.</summary>
internal static class WorkersEmitter
{
    internal static void Emit(SourceWriter writer, ServerPlan plan)
    {
        string app = AppEmitter.TypeName(plan.Spec.Http!, plan.Http!, "TKernel");
        string worker = plan.Spec.Concurrency == ConcurrencyKind.Prefork
            ? $"EngineModels::PreforkWorker.Run<TKernel, {app}, Settings>(endpoints, signals, Memory.OfWorker(supervisor))"
            : $"EngineModels::EventLoop.Run<TKernel, {app}, Settings>(endpoints, signals, supervisor->Count, supervisor->IsAlone<TKernel>())";
        writer.WriteLines($$"""
            /// <summary>The supervisor, which forks the workers and looks after them until a signal ends it; and each of the workers.</summary>
            private static int Work<TKernel>(EngineModels::Supervisor<Settings>* supervisor, int signals, EngineListening::Endpoints* endpoints)
                where TKernel : struct, EngineKernel::IKernel
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
        bool hasBuffer = plan.Spec.Concurrency == ConcurrencyKind.Prefork;
        writer.WriteLines($$"""
            /// <summary>The supervisor's memory: its state, and behind it what it knows of its workers{{(hasBuffer ? "; then what a worker needs for its connection" : "")}}.</summary>
            [InteropServices::StructLayout(InteropServices::LayoutKind.Sequential, Size = Memory.OfSupervisor{{(hasBuffer ? " + Memory.OfConnection" : "")}})]
            private struct Memory
            """);
        using (writer.WriteBlock())
        {
            writer.WriteLines($"internal const int OfSupervisor = EngineModels::Supervisor.Size + {workers} * EngineModels::Supervisor.WorkerSize;");
            writer.WriteLine();
            if (hasBuffer)
            {
                writer.WriteLines($"internal const int OfConnection = {plan.MemorySize};");
                writer.WriteLine();
            }

            writer.WriteLines("internal EngineModels::Supervisor<Settings> Supervisor;");
            if (hasBuffer)
            {
                writer.WriteLine();
                writer.WriteLines("""
                    internal static byte* OfWorker(EngineModels::Supervisor<Settings>* supervisor)
                        => (byte*)supervisor + OfSupervisor;
                    """);
            }
        }
    }
}
