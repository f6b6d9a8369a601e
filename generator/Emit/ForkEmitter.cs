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
        string? client = plan.Spec.Http!.AccessLog.Mode switch
        {
            AccessLogKind.Never => null,
            AccessLogKind.Always => "&client",
            _ => (plan.Spec.Listening is null ? "parent->IsObserved" : "parent->Endpoints->Options.IsObserved") + " ? &client : null",
        };
        return client is null ? "" : $"EngineModels::HttpChild.SetClient<{AppEmitter.TypeName(plan.Spec.Http!, plan.Http!, "TKernel")}>({memory}, {client});\n            ";
    }

    /// <summary>The parent's loop.</summary>
    private static void EmitAccept(SourceWriter writer, ServerPlan plan)
    {
        const string memory = "(byte*)parent - Memory.OfConnection";
        string respond = plan.Http is null
            ? $"Respond<TKernel>(connection, {memory});"
            : $"{EndpointRoleEmitter.OfChild(plan)}{SetClient(plan, memory)}EngineModels::HttpChild.Serve<TKernel, {AppEmitter.TypeName(plan.Spec.Http!, plan.Http!, "TKernel")}, Settings>(connection, parent->Signals, {memory}, parent->Ending);";
        string accept = plan.Spec.Http is { HasAccessLog: true }
            ? "EngineKernel::ClientAddress client; // for the access log\n        int connection = EngineKernel::ClientAddress.Accept<TKernel>(&client, parent->Listener);"
            : "int connection = (int)TKernel.accept(parent->Listener, null, null);";
        writer.WriteLines($$"""
            /// <summary>The parent: a forked child for each connection, until a signal ends it. The comments are the labels and calls of the same loop in assembly.</summary>
            {{ServerEmitter.Inlined}}
            private static int Accept<TKernel>(EngineModels::ForkParent<Settings>* parent)
                where TKernel : struct, EngineKernel::IKernel
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
                        {{(plan.Spec.Listening is null ? "TKernel.close(parent->Listener);" : "EngineListening::Endpoints.BeginChild<TKernel, Settings>(parent->Endpoints, connection);")}}
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
            {{ServerEmitter.Inlined}}
            private static void Respond<TKernel>(int connection, byte* request)
                where TKernel : struct, EngineKernel::IKernel
            {
                if (EngineTransport::Connection.Read<TKernel>(connection, request, Memory.OfConnection) < 0)
                {
                    return;
                }

                // The response lies in read-only data: it has an address, and nothing moves it.
                byte* response = (byte*){{ByteLiteral.AddressOf("Response")}};
                if (EngineTransport::Connection.{{(ServerPlanner.IsLong(spec) ? "WriteLong" : "Write")}}<TKernel>(connection, response, {{spec.Response.Count}}))
                {
                    {{(spec.Listening is null
                        ? "EngineTransport::Connection.Linger<TKernel>(connection);"
                        : "EngineTransport::Connection.Linger<TKernel>(connection, request, Memory.OfConnection, Settings.ReadTimeout);")}}
                }
            }

            /// <summary>The response: {{ServerEmitter.Count(spec.Response.Count, "byte")}}.</summary>
            private static global::System.ReadOnlySpan<byte> Response => {{ByteLiteral.Of(spec.Response.ToArray())}};

            """);
    }

    /// <summary>The memory of the parent.</summary>
    internal static void EmitMemory(SourceWriter writer, ServerPlan plan)
    {
        bool hasEndpoints = plan.Spec.Listening is not null;
        writer.WriteLines($$"""
            /// <summary>The parent's memory: the process ids of its children, in whose place a child reads; behind them its state{{(hasEndpoints ? "; and what it listens at" : "")}}.</summary>
            [InteropServices::StructLayout(InteropServices::LayoutKind.Explicit{{(hasEndpoints ? "" : ", Size = Memory.BeforeParent + EngineModels::ForkParent.Size")}})]
            private struct Memory
            """);
        using (writer.WriteBlock())
        {
            writer.WriteLines($"""
                /// <summary>Where the parent's state is: behind the ids of its children, or what a child needs where that is more.</summary>
                internal const int BeforeParent = {plan.MemorySize};

                /// <summary>What a child needs for its connection. It lies directly before the parent's state.</summary>
                internal const int OfConnection = {(plan.Http is null ? ServerPlanner.RequestBufferSize : ServerPlanner.HttpMemorySize(plan.Spec.Http!, plan.Http))};

                [InteropServices::FieldOffset(BeforeParent)]
                internal EngineModels::ForkParent<Settings> Parent;
                """);
            if (hasEndpoints)
            {
                writer.WriteLines("""

                    [InteropServices::FieldOffset(BeforeParent + EngineModels::ForkParent.Size)]
                    internal EngineListening::Endpoints Endpoints;
                    """);
            }
        }
    }
}
