using SyscallServer.Generator.Emit.Features;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit;

/// <content>Which field lines responses have for the paths of their requests.</content>
internal sealed partial class RouterEmitter
{
    internal static void EmitFieldSets(SourceWriter writer, HttpPlan http, FieldSetsPlan plan)
    {
        var emitter = new RouterEmitter(writer, http);
        writer.WriteLines("""
            /// <summary>Finds the field lines that a response has for the path of its request, and for the page that sends it.</summary>
            public static int ChooseFieldSet(EngineHttp::RequestHead* request)
            """);
        using (writer.WriteBlock())
        {
            bool goesOn = true;
            if (plan.Tree is not null)
            {
                writer.WriteLines("""
                    byte* path = request->Path;
                    int length = request->PathLength;
                    """);
                goesOn = emitter.EmitTree(plan.Tree, new Names("path", "length", FoldsCase: false), index =>
                {
                    writer.WriteLines($"return {FieldSetEmitter.SetOf(plan.Classes[index], plan)}; // {plan.Classes[index].Pattern}");
                    return false;
                });
            }

            if (goesOn)
            {
                writer.WriteLine();
                writer.WriteLines("return 0;");
            }
        }

        writer.WriteLine();
    }
}
