using System;
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

        writer.WriteLines("""
            /// <summary>Some responses are decided at run time.</summary>
            public static bool HasActions => true;

            """);
        if (plan.Actions.OfType<UploadPlan>().Any())
        {
            writer.WriteLines("""
                /// <summary>Bytes that an upload needs for as long as it lasts.</summary>
                public static int ExchangeSize => global::SyscallServer.Files.Upload.StateSize;

                """);
        }

        EmitSwitch(writer, plan, "A longer body gets 413 (Content Too Large), also where it means nothing.", "ulong MaxBodyOf(int action)", MaxBody, "(ulong)MaxBodyBytes");
        EmitSwitch(writer, plan, "What becomes of a request whose head is complete.", $"int Begin(int action, {Http}.Request* request, {Http}.Output* output)", Begin, $"{Http}.FixedResponse.NotFound");
        if (plan.Actions.OfType<UploadPlan>().Any())
        {
            EmitSwitch(writer, plan, "What becomes of a piece of its body.", $"int Receive(int action, byte* data, int length, {Http}.Output* output)", Receive, $"{Http}.Exchange.WantsBody");
            EmitSwitch(writer, plan, "What becomes of it when it is complete.", $"int Complete(int action, {Http}.Output* output)", Complete, $"{Http}.FixedResponse.NotFound");
            writer.WriteLines($"""
                /// <summary>Undoes what was begun for a request that breaks off.</summary>
                public static void Abort(int action, {Http}.Output* output)
                """);
            using (writer.WriteBlock())
            {
                for (int i = 0; i < plan.Actions.Count; i++)
                {
                    if (plan.Actions[i] is UploadPlan)
                    {
                        writer.WriteLines($"if (action == {i})\n{{\n    {Upload}.Abort<TKernel>(output);\n}}");
                    }
                }
            }

            writer.WriteLine();
        }

        EmitErrors(writer, plan);
        if (plan.Actions.OfType<FilesPlan>().Any())
        {
            EmitContentTypes(writer);
        }
    }

    private const string Upload = "global::SyscallServer.Files.Upload";

    /// <summary>A member that does for each action what it needs, and for the others nothing.</summary>
    private static void EmitSwitch(SourceWriter writer, HttpPlan plan, string summary, string member, Func<ActionPlan, string?> call, string otherwise)
    {
        writer.WriteLines($"/// <summary>{summary}</summary>\npublic static {member} => action switch");
        using (writer.WriteBlock("{", "};"))
        {
            for (int i = 0; i < plan.Actions.Count; i++)
            {
                if (call(plan.Actions[i]) is { } text)
                {
                    writer.WriteLines($"{i} => {text}, // {plan.Actions[i].Pattern}");
                }
            }

            writer.WriteLines($"_ => {otherwise},");
        }

        writer.WriteLine();
    }

    private static string? MaxBody(ActionPlan action) => action is UploadPlan upload ? $"{upload.MaxBytes}" : null;

    private static string? Begin(ActionPlan action) => action switch
    {
        FilesPlan files => $"global::SyscallServer.Files.FileResponse.Begin<TKernel, App<TKernel>>(request, output, root: {files.Root.Descriptor}, prefixLength: {files.PrefixLength}, fields: {ByteLiteral.Of(Encoding.UTF8.GetBytes(files.Fields))}, encoded: {(files.IsEncoded ? "true" : "false")})",
        UploadPlan upload => $"{Upload}.Begin<TKernel, App<TKernel>>(request, output, root: {upload.Root.Descriptor}, prefixLength: {upload.PrefixLength})",
        _ => null,
    };

    private static string? Receive(ActionPlan action) => action is UploadPlan ? $"{Upload}.Receive<TKernel, App<TKernel>>(data, length, output)" : null;

    private static string? Complete(ActionPlan action) => action is UploadPlan ? $"{Upload}.Complete<TKernel, App<TKernel>>(output)" : null;

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
