using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes the members of the app by which the engine has requests answered at run time.</summary>
internal static class ActionEmitter
{
    private const string Http = "global::SyscallServer.Http";

    internal static void Emit(SourceWriter writer, HttpPlan plan)
    {
        if (plan.Actions.Count == 0)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>Some responses are decided at run time.</summary>
            public static bool HasActions => true;

            /// <summary>A longer body gets 413 (Content Too Large), also where it means nothing.</summary>
            public static ulong MaxBodyOf(int action) => (ulong)MaxBodyBytes;

            /// <summary>What becomes of a request whose head is complete.</summary>
            public static int Begin(int action, {Http}.Request* request, {Http}.Output* output) => action switch
            """);
        using (writer.WriteBlock("{", "};"))
        {
            for (int i = 0; i < plan.Actions.Count; i++)
            {
                writer.WriteLines($"// {plan.Actions[i].Pattern}\n{i} => {Begin((FilesPlan)plan.Actions[i])},");
            }

            writer.WriteLines($"_ => {Http}.FixedResponse.NotFound,");
        }

        writer.WriteLine();
        EmitErrors(writer, plan);
        if (plan.Roots.Count > 0)
        {
            EmitContentTypes(writer);
        }
    }

    private static string Begin(FilesPlan files)
        => $"global::SyscallServer.Files.FileResponse.Begin<TKernel, App<TKernel>>(request, output, root: {files.Root.Descriptor}, prefixLength: {files.PrefixLength}, fields: {ByteLiteral.Of(Encoding.UTF8.GetBytes(files.Fields))}, encoded: {(files.IsEncoded ? "true" : "false")})";

    private static void EmitErrors(SourceWriter writer, HttpPlan plan)
    {
        if (plan.Errors.Count == 0)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>Errors that only these responses have.</summary>
            {ServerEmitter.Inlined}
            public static int EntryOf(int status) => status switch
            """);
        using (writer.WriteBlock("{", "};"))
        {
            foreach (ErrorEntry error in plan.Errors)
            {
                writer.WriteLines($"{error.Status} => {error.Entry},");
            }

            writer.WriteLines($"_ => {Http}.FixedResponse.NotFound,");
        }

        writer.WriteLine();
    }

    /// <summary>The media types of files. Text is taken for UTF-8.</summary>
    private static void EmitContentTypes(SourceWriter writer)
    {
        writer.WriteLines($"""
            public static byte* ContentTypes
                => (byte*){ByteLiteral.AddressOf("Types")};

            /// <summary>The media types of files: an extension and its type by turns; last that of all other files.</summary>
            private static global::System.ReadOnlySpan<byte> Types =>
            """);
        using SourceWriter.Block indented = writer.Indent();
        foreach ((string extension, string type) in ContentTypes.All.Select(each => (each.Key, each.Value)))
        {
            writer.WriteLines($"{ByteLiteral.Of(Encoding.ASCII.GetBytes($"{extension}\0{ContentTypes.WithCharset(type)}\0"))} +");
        }

        writer.WriteLines($"{ByteLiteral.Of(Encoding.ASCII.GetBytes($"\0{ContentTypes.OfBytes}\0"))};");
        writer.WriteLine();
    }
}
