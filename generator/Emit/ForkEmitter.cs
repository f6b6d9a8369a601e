using System.Linq;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes what <see cref="ConcurrencyKind.Fork"/> is made of: the accept loop of the parent, and what a child does with its connection.</summary>
internal static class ForkEmitter
{
    internal static void Emit(SourceWriter writer, ServerPlan plan)
    {
        EmitAccept(writer, plan);
        if (plan.Http is null)
        {
            EmitRespond(writer, plan.Spec);
        }
    }

    /// <summary>What says who the client is, for a server that may have an access log.</summary>
    private static string SetClient(ServerPlan plan, string memory)
    {
        string? client = plan.Spec.Http!.AccessLog switch
        {
            AccessLogKind.Never => null,
            AccessLogKind.Always => "&client",
            _ => (plan.Spec.Listening is null ? "parent->IsObserved" : "parent->Endpoints->Options.IsObserved") + " ? &client : null",
        };
        return client is null ? "" : $"global::SyscallServer.Internal.Models.HttpChild.SetClient<{AppEmitter.TypeName(plan.Http!, "TKernel")}>({memory}, {client});\n            ";
    }

    /// <summary>The parent's loop.</summary>
    private static void EmitAccept(SourceWriter writer, ServerPlan plan)
    {
        string memory = $"(byte*)parent - {(plan.Http is null ? ServerPlanner.RequestBufferSize : ServerPlanner.HttpMemorySize(plan.Spec.Http!, plan.Http))}";
        string respond = plan.Http is null
            ? $"Respond<TKernel>(connection, {memory});"
            : $"{SetClient(plan, memory)}global::SyscallServer.Internal.Models.HttpChild.Serve<TKernel, {AppEmitter.TypeName(plan.Http, "TKernel")}, Settings>(connection, parent->Signals, {memory}, stopping: parent->IsStopping);";
        string accept = plan.Spec.Http is { HasAccessLog: true }
            ? "global::SyscallServer.Internal.Kernel.ClientAddress client; // for the access log\n        int connection = global::SyscallServer.Internal.Kernel.ClientAddress.Accept<TKernel>(&client, parent->Listener);"
            : "int connection = (int)TKernel.accept(parent->Listener, null, null);";
        writer.WriteLines($$"""
            /// <summary>The parent: a forked child for each connection, until a signal ends it. The comments are the labels and calls of the same loop in assembly.</summary>
            {{ServerEmitter.GeneratedCode}}
            {{ServerEmitter.Inlined}}
            private static unsafe int Accept<TKernel>(global::SyscallServer.Internal.Models.ForkParent<Settings>* parent)
                where TKernel : struct, global::SyscallServer.Internal.Kernel.IKernel
            {
                while (parent->WaitForConnection<TKernel>())
                {
                    // iterative_server: accept (mov rax, 43)
                    {{accept}}
                    if (connection < 0)
                    {
                        parent->AcceptFailed<TKernel>(connection);
                        continue;
                    }

                    // forking (mov rax, 57)
                    int pid;
                    do
                    {
                        pid = (int)TKernel.fork();
                    }
                    while (pid < 0 && parent->ForkFailed<TKernel>(pid));

                    // child_process (cmp rax, 0; je child_process)
                    if (pid == 0)
                    {
                        // A child does not need the ids of the others, and reads into their memory.
                        {{(plan.Spec.Listening is null ? "TKernel.close(parent->Listener);" : "global::SyscallServer.Internal.Listening.Endpoints.BeginChild<TKernel, Settings>(parent->Endpoints, connection);")}}
                        {{respond}}
                    }

                    // parent_process (jmp parent_process); and the end of the child's
                    TKernel.close(connection);
                    if (pid == 0)
                    {
                        TKernel.exit(0);
                    }

                    parent->Forked(pid);
                }

                return parent->Finish<TKernel>();
            }

            """);
    }

    /// <summary>The child of a raw response: read, write, and the end of the connection.</summary>
    private static void EmitRespond(SourceWriter writer, ServerSpec spec)
    {
        writer.WriteLines($$"""
            /// <summary>What a child does with its connection: read once, write the response, take leave.</summary>
            {{ServerEmitter.GeneratedCode}}
            {{ServerEmitter.Inlined}}
            private static unsafe void Respond<TKernel>(int connection, byte* request)
                where TKernel : struct, global::SyscallServer.Internal.Kernel.IKernel
            {
                if (global::SyscallServer.Internal.Transport.Connection.Read<TKernel>(connection, request, {{ServerPlanner.RequestBufferSize}}) < 0)
                {
                    return;
                }

                // The response lies in read-only data: it has an address, and nothing moves it.
                byte* response = (byte*){{ByteLiteral.AddressOf("Response")}};
                if (global::SyscallServer.Internal.Transport.Connection.{{(ServerPlanner.IsLong(spec) ? "WriteLong" : "Write")}}<TKernel>(connection, response, {{spec.Response.Count}}))
                {
                    {{(spec.Listening is null
                        ? "global::SyscallServer.Internal.Transport.Connection.Linger<TKernel>(connection);"
                        : $"global::SyscallServer.Internal.Transport.Connection.Linger<TKernel>(connection, request, {ServerPlanner.RequestBufferSize}, {spec.ReadTimeout});")}}
                }
            }

            /// <summary>The response: {{ServerEmitter.Count(spec.Response.Count, "byte")}}.</summary>
            {{ServerEmitter.GeneratedCode}}
            private static global::System.ReadOnlySpan<byte> Response => {{ByteLiteral.Of(spec.Response.ToArray())}};

            """);
    }

    /// <summary>The memory of the parent.</summary>
    internal static void EmitMemory(SourceWriter writer, ServerPlan plan)
    {
        if (plan.Spec.Listening is not null)
        {
            writer.WriteLines($$"""
                /// <summary>The parent's memory: the process ids of its children, in whose place a child reads; its state; and what it listens at.</summary>
                {{ServerEmitter.GeneratedCode}}
                [global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Explicit)]
                private struct Memory
                {
                    [global::System.Runtime.InteropServices.FieldOffset({{plan.MemorySize}})]
                    internal global::SyscallServer.Internal.Models.ForkParent<Settings> Parent;

                    [global::System.Runtime.InteropServices.FieldOffset({{plan.MemorySize}} + global::SyscallServer.Internal.Models.ForkParent.Size)]
                    internal global::SyscallServer.Internal.Listening.Endpoints Endpoints;
                }
                """);
            return;
        }

        writer.WriteLines($$"""
            /// <summary>The parent's memory: the process ids of its children, in whose place a child reads, and behind them its state.</summary>
            {{ServerEmitter.GeneratedCode}}
            [global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Explicit, Size = {{plan.MemorySize}} + global::SyscallServer.Internal.Models.ForkParent.Size)]
            private struct Memory
            {
                [global::System.Runtime.InteropServices.FieldOffset({{plan.MemorySize}})]
                internal global::SyscallServer.Internal.Models.ForkParent<Settings> Parent;
            }
            """);
    }
}
