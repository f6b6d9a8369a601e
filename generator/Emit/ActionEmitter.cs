using System;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Emit.Features;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes the members of the app by which the engine has requests answered at run time.</summary>
internal static class ActionEmitter
{
    private const string Upload = "EngineFeatures::Upload";
    private const string Handlers = "EngineFeatures::HandlerResponse";

    internal static void Emit(SourceWriter writer, ServerSpec server, HttpPlan plan)
    {
        if (!server.Http!.HasActions)
        {
            return;
        }

        int exchangeSize = ServerPlanner.ExchangeSize(server.Http!);
        EmitFeatures(writer, server, plan, exchangeSize);
        EmitBegin(writer, plan);
        if (exchangeSize > 0)
        {
            EmitBody(writer, plan);
        }

        if (plan.HasHandlers)
        {
            HandlerEmitter.Emit(writer, server, plan);
        }

        if (plan.Actions.OfType<FilesPlan>().Any())
        {
            EmitContentTypes(writer);
        }
    }

    /// <summary>What the engine has only for servers that ask for it.</summary>
    private static void EmitFeatures(SourceWriter writer, ServerSpec server, HttpPlan plan, int exchangeSize)
    {
        writer.WriteLines("""
            /// <summary>Some responses are decided at run time.</summary>
            public static bool HasActions => true;

            """);
        if (plan.Actions.OfType<FilesPlan>().Any())
        {
            writer.WriteLines("public static bool SendsFiles => true;");
            writer.WriteLine();
        }

        if (plan.Actions.OfType<FilesPlan>().Any(files => files.IsEncoded))
        {
            writer.WriteLines("""
                /// <summary>Files may be there with zstd, too.</summary>
                public static bool HasZstandard => true;

                """);
        }

        if (plan.Actions.OfType<FilesPlan>().Any(files => files.HasPages))
        {
            writer.WriteLines("""
                /// <summary>Other files are sent in the place of those that are not there.</summary>
                public static bool HasPages => true;

                """);
        }

        if (plan.HasFileRules)
        {
            writer.WriteLines("""
                /// <summary>Some files are left out, or are kept for another time than others: behind the field lines lies which.</summary>
                public static bool HasFileRules => true;

                """);
        }

        if (plan.Actions.Any(action => MaxBody(action) is { } most ? most == "0" : server.Http!.MaxBodyBytes == 0))
        {
            writer.WriteLines("""
                /// <summary>Some of them take no body, also not one that is chunked.</summary>
                public static bool HasActionsWithoutBody => true;

                """);
        }

        if (exchangeSize > 0)
        {
            writer.WriteLines($"""
                /// <summary>Bytes that are kept of a request until its body is complete.</summary>
                public static int ExchangeSize => {exchangeSize};

                """);
            if (server.Concurrency == ConcurrencyKind.EventLoop)
            {
                writer.WriteLines($"""
                    /// <summary>Bytes for all of these requests together.</summary>
                    public static int MaxRequestMemory => {server.Http!.MaxRequestMemory};

                    """);
            }
        }
    }

    /// <summary>What is asked before the body comes: how long it may be, and what becomes of the request.</summary>
    private static void EmitBegin(SourceWriter writer, HttpPlan plan)
    {
        const string any = "(ulong)MaxBodyBytes";
        EmitSwitch(writer, "A longer body gets 413 (Content Too Large), also where it means nothing.", "public static ulong MaxBodyOf(int action)", plan, action => MaxBody(action) ?? any, otherwise: any);
        EmitSwitch(
            writer,
            "What becomes of a request whose head is complete.",
            $"public static int Begin(int action, EngineHttp::RequestHead* request, EngineHttp::Output* output)",
            plan,
            action => Begin(action, plan.HasFileRules),
            otherwise: plan.HasHandlers ? $"{Handlers}.Begin<TKernel, App<TKernel>>(action, request, output)" : $"EngineContract::FixedResponse.NotFound",
            RedirectTableEmitter.Arm(plan));
    }

    /// <summary>What becomes of bodies.</summary>
    private static void EmitBody(SourceWriter writer, HttpPlan plan)
    {
        bool retains = plan.Actions.OfType<HandlerPlan>().Any(handler => handler.MaxBodyBytes > 0);
        EmitSwitch(
            writer,
            "What becomes of a piece of its body.",
            $"public static int Receive(int action, byte* data, int length, EngineHttp::Output* output)",
            plan,
            action => action is UploadPlan ? $"{Upload}.Receive<TKernel, App<TKernel>>(data, length, output)" : null,
            otherwise: retains ? $"{Handlers}.Receive(data, length, output)" : $"EngineHttp::Exchange.WantsBody");
        EmitSwitch(
            writer,
            "What becomes of it when it is complete.",
            $"public static int Complete(int action, EngineHttp::Output* output)",
            plan,
            action => action is UploadPlan ? $"{Upload}.Complete<TKernel, App<TKernel>>(output)" : null,
            otherwise: retains ? $"{Handlers}.Complete<TKernel, App<TKernel>>(action, output)" : $"EngineContract::FixedResponse.NotFound");
        EmitAbort(writer, plan);
    }

    /// <summary>Writes a member whose value depends on the action.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="summary">What the member is.</param>
    /// <param name="declaration">The member, with an action as its parameter.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="value">The value for an action; null where it is that of the others.</param>
    /// <param name="otherwise">The value for the others.</param>
    /// <param name="furtherArm">An arm for further actions; null where there is none.</param>
    internal static void EmitSwitch(SourceWriter writer, string summary, string declaration, HttpPlan plan, Func<ActionPlan, string?> value, string otherwise, string? furtherArm = null)
    {
        (int Action, string Value)[] arms = plan.Actions.Select((action, index) => (index, value(action))).Where(arm => arm.Item2 is not null && arm.Item2 != otherwise).Select(arm => (arm.index, arm.Item2!)).ToArray();
        writer.WriteLines($"/// <summary>{summary}</summary>");
        if (arms.Length == 0 && furtherArm is null)
        {
            writer.WriteLines($"{declaration} => {otherwise};");
            writer.WriteLine();
            return;
        }

        writer.WriteLines($"{declaration} => action switch");
        using (writer.WriteBlock("{", "};"))
        {
            foreach (IGrouping<string, int> arm in arms.GroupBy(arm => arm.Value, arm => arm.Action))
            {
                writer.WriteLines($"// {string.Join(", ", arm.Select(action => plan.Actions[action].Pattern))}\n{string.Join(" or ", arm)} => {arm.Key},");
            }

            if (furtherArm is not null)
            {
                writer.WriteLines(furtherArm);
            }

            writer.WriteLines($"_ => {otherwise},");
        }

        writer.WriteLine();
    }

    private static string? MaxBody(ActionPlan action) => action switch
    {
        UploadPlan upload => upload.MaxBytes.ToString(CultureInfo.InvariantCulture),
        HandlerPlan handler => handler.MaxBodyBytes.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? Begin(ActionPlan action, bool hasFileRules) => action switch
    {
        FilesPlan { HasPages: true } files => BeginPages(files, hasFileRules),
        FilesPlan files => $"EngineFeatures::FileResponse.Begin<TKernel, App<TKernel>>(request, output, root: {files.Root.Descriptor}, prefixLength: {files.PrefixLength}, fields: {Fields(files, hasFileRules)}, encoded: {(files.IsEncoded ? "true" : "false")})",
        FolderRedirectPlan => "EngineFeatures::FileResponse.RedirectToFolder<App<TKernel>>(request, output, fields: default)",
        RedirectPlan redirect => $"EngineFeatures::CarryingRedirect.Begin<App<TKernel>>(request, output, head: {ByteLiteral.Of(Encoding.UTF8.GetBytes(redirect.Head))}, template: {ByteLiteral.Of(redirect.Template.ToArray())}, target: {ByteLiteral.Of(redirect.Target.ToArray())})",
        UploadPlan upload => BeginUpload(upload),
        _ => null,
    };

    /// <summary>An upload of a page that it names itself, or that may use its path.</summary>
    private static string BeginUpload(UploadPlan upload)
    {
        string call = Begin(upload.Origins);
        foreach (CorsSpec pages in upload.Pages.Reverse())
        {
            string path = $"EngineHttp::PathScope.{(pages.Scope.IsPrefix ? "IsBelow" : "Is")}({ByteLiteral.Of([.. pages.Scope.Path])}, request)";
            string allowed = pages.Origins.Contains("*")
                ? $"{Upload}.BeginOfAnyPage<TKernel, App<TKernel>>(request, output, root: {upload.Root.Descriptor}, prefixLength: {upload.PrefixLength})"
                : Begin(upload.Origins + string.Concat(pages.Origins.Select(origin => origin + "\0")));
            call = $"{path} ? {allowed} : {call}";
        }

        return call;

        string Begin(string origins)
            => $"{Upload}.Begin<TKernel, App<TKernel>>(request, output, root: {upload.Root.Descriptor}, prefixLength: {upload.PrefixLength}, origins: {(origins.Length == 0 ? "default" : ByteLiteral.Of(Encoding.ASCII.GetBytes(origins)))})";
    }

    private static string BeginPages(FilesPlan files, bool hasFileRules)
    {
        string fallback = Page(files.Pages.Fallback);
        string notFound = Page(files.Pages.NotFound);
        return $"EngineFeatures::FilePages.Begin<TKernel, App<TKernel>>(request, output, root: {files.Root.Descriptor}, prefixLength: {files.PrefixLength}, fields: {Fields(files, hasFileRules)}, encoded: {(files.IsEncoded ? "true" : "false")}, cleansUrls: {(files.Pages.CleansUrls ? "true" : "false")}, fallback: {fallback}, notFound: {notFound}, notFoundFields: {ByteLiteral.Of(Encoding.UTF8.GetBytes(files.NotFoundFields))})";

        static string Page(string? path) => path is null ? "default" : ByteLiteral.Of(Encoding.UTF8.GetBytes(path));
    }

    /// <summary>The field lines of a folder. What is said of some of its files lies behind them.</summary>
    private static string Fields(FilesPlan files, bool hasFileRules)
    {
        byte[] fields = Encoding.UTF8.GetBytes(files.Fields);
        byte[] rules = files.Rules.Count > 0 ? files.Rules.ToArray() : FileRulesPlanner.None;
        return hasFileRules ? FormattableString.Invariant($"{ByteLiteral.Of([.. fields, .. rules])}.Slice(0, {fields.Length})") : ByteLiteral.Of(fields);
    }

    private static void EmitAbort(SourceWriter writer, HttpPlan plan)
    {
        int[] uploads = plan.Actions.Select((action, index) => action is UploadPlan ? index : -1).Where(index => index >= 0).ToArray();
        if (uploads.Length == 0)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>Undoes what was begun for a request that breaks off.</summary>
            public static void Abort(int action, EngineHttp::Output* output)
            """);
        using (writer.WriteBlock())
        {
            string abort = $"{Upload}.Abort<TKernel>(output);";
            writer.WriteLines(uploads.Length == plan.Actions.Count ? abort : $"if (action is {string.Join(" or ", uploads)})\n{{\n    {abort}\n}}");
        }

        writer.WriteLine();
    }

    internal static void EmitErrors(SourceWriter writer, HttpPlan plan)
    {
        if (plan.Errors.Count == 0)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>Errors that only some responses have.</summary>
            {ServerEmitter.Inlined}
            public static int EntryOf(int status) => status switch
            """);
        using (writer.WriteBlock("{", "};"))
        {
            foreach (ErrorEntry error in plan.Errors)
            {
                writer.WriteLines($"{error.Status} => {error.Entry},");
            }

            writer.WriteLines($"_ => EngineContract::FixedResponse.NotFound,");
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
