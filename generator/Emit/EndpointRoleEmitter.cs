using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes what a server has whose endpoints differ in more than where they are: the role of the connection whose turn it is, which the start, the engine and the router go by.</summary>
internal static class EndpointRoleEmitter
{
    internal const string Type = "EngineContract::EndpointRole";
    private const string Field = "s_role";

    /// <summary>Whether a connection is one of management.</summary>
    internal const string IsOfManagement = $"({Field} & {Type}.Management) != 0";

    private static bool HasRoles(ServerPlan plan) => plan.Spec.Listening is { HasRoles: true };

    internal static void EmitField(SourceWriter writer, ServerPlan plan)
    {
        if (HasRoles(plan))
        {
            writer.WriteLines($"""
                /// <summary>The role of the endpoint that the connection has come to whose turn it is.</summary>
                private static {Type} {Field};

                """);
        }
    }

    /// <summary>The member by which the engine says it.</summary>
    internal static void EmitApp(SourceWriter writer, ServerPlan plan)
    {
        if (HasRoles(plan))
        {
            writer.WriteLines($$"""
                public static {{Type}} Role
                {
                    get => {{Field}};
                    set => {{Field}} = value;
                }

                """);
        }
    }

    /// <summary>Sets the roles that are compiled in.</summary>
    internal static void EmitSet(SourceWriter writer, ListenSpec listening)
    {
        if (listening.HasRoles)
        {
            string management = listening.Management is null ? "default" : ByteLiteral.Of(Encoding.UTF8.GetBytes(listening.Management + "\0"));
            writer.WriteLines($"EngineListening::EndpointRoles.Set<Settings>(endpoints, {ByteLiteral.Of(listening.Roles.ToArray())}, management: {management});");
        }
    }

    /// <summary>What says, in a child, which role its connection has.</summary>
    internal static string OfChild(ServerPlan plan) => HasRoles(plan) ? $"{Field} = parent->Endpoints->CurrentRole;\n            " : "";
}
