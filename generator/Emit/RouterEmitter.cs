using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Emit.Features;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes the router: the trees of the plan as switches and compares, with the text that each number is beside it.</summary>
internal sealed partial class RouterEmitter
{
    private const string Method = "EngineApi::HttpMethod";
    private const string NotFound = "EngineContract::FixedResponse.NotFound";

    private readonly SourceWriter _writer;
    private readonly HttpPlan _plan;

    private RouterEmitter(SourceWriter writer, HttpPlan plan)
    {
        _writer = writer;
        _plan = plan;
    }

    /// <summary>The beginning of a method that chooses a response for a request. Where files change, it is not the last word.</summary>
    private string Chooses(string method)
        => _plan.LiveResponses.Count == 0 ? $"public static int {method}(EngineHttp::RequestHead* request)" : $"private static int {method}{LiveAssetsEmitter.Planned}(EngineHttp::RequestHead* request)";

    /// <summary>The same of the router, which is not the last word either where a path has several languages.</summary>
    private string ChoosesByPath => LanguageEmitter.Router(_plan) ?? Chooses("Route");

    internal static void Emit(SourceWriter writer, HttpPlan plan)
    {
        var emitter = new RouterEmitter(writer, plan);
        LanguageEmitter.Emit(writer, plan, emitter.Chooses("Route"));
        emitter.EmitRoute();
        if (plan.Management is { } management)
        {
            emitter.EmitManagement(management);
        }

        foreach (MethodSetPlan methods in plan.Methods)
        {
            emitter.EmitMethods(methods);
        }

        emitter.EmitNotFound();
    }

    /// <summary>What is found at the endpoint of management, and nowhere else.</summary>
    private void EmitManagement(RouterPlan management)
    {
        _writer.WriteLines($"/// <summary>What the endpoint of the metrics has.</summary>\nprivate static int Management(byte* path, int length, {Method} method)");
        using (_writer.WriteBlock())
        {
            EmitResources(management, NotFound);
        }

        _writer.WriteLine();
    }

    /// <summary>A connection of management has routes of its own.</summary>
    private void EmitIsOfManagement()
    {
        if (_plan.Management is not null)
        {
            _writer.WriteLines($$"""
                if ({{EndpointRoleEmitter.IsOfManagement}})
                {
                    return Management(request->Path, request->PathLength, request->Method);
                }

                """);
        }
    }

    /// <summary>What is asked before the routes are.</summary>
    private void EmitBeforeRoutes()
    {
        EmitIsOfManagement();
        RedirectTableEmitter.EmitForced(_writer, _plan);
    }

    private void EmitRoute()
    {
        if (_plan.HostTree is null)
        {
            EmitRouteByPath();
            _writer.WriteLine();
            return;
        }

        EmitRouteByHost();
        for (int i = 0; i < _plan.Routers.Count; i++)
        {
            RouterPlan router = _plan.Routers[i];
            _writer.WriteLines(router.Hosts.Count == 0
                ? "/// <summary>What every host has: found by the path's length, then its bytes, then the method. Words are little-endian.</summary>"
                : $"/// <summary>What {XmlText(string.Join(" and ", router.Hosts))} {(router.Hosts.Count == 1 ? "has" : "have")} besides. Negative where nothing has the path.</summary>");
            _writer.WriteLines($"private static int {RouterName(i)}(byte* path, int length, {Method} method)");
            using (_writer.WriteBlock())
            {
                EmitResources(router, router.Hosts.Count == 0 ? NotFound : "-1");
            }

            _writer.WriteLine();
        }
    }

    private void EmitRouteByPath()
    {
        MethodSetPlan? methods = OnlyMethods(_plan.Routers[0]);
        _writer.WriteLines($"""
            /// <summary>Finds the response to a request: by the path's length, then its bytes, then the method. Words are little-endian.</summary>
            {ChoosesByPath}
            """);
        if (methods is not null)
        {
            string method = methods.Methods[0].ToLowerInvariant();
            using (_writer.WriteBlock())
            {
                EmitBeforeRoutes();
                _writer.WriteLines($"""
                    int {method} = Find(request->Path, request->PathLength);
                    return {method} < EngineContract::FixedResponse.Count ? {method} : {MethodsName(methods)}(request->Method, {method});
                    """);
            }

            _writer.WriteLine();
            _writer.WriteLines($"""
                /// <summary>The response to {methods.Methods[0]} of what has the path, all of which allows {methods.Allow}; or a fixed one.</summary>
                private static int Find(byte* path, int length)
                """);
        }

        using (_writer.WriteBlock())
        {
            if (methods is null)
            {
                EmitBeforeRoutes();
                _writer.WriteLines($"""
                    byte* path = request->Path;
                    int length = request->PathLength;
                    {Method} method = request->Method;

                    """);
            }

            EmitResources(_plan.Routers[0], NotFound, methods);
        }
    }

    /// <summary>The methods of all resources, where they are the same and have but one response, which is no fixed one: then the response says which resource it is.</summary>
    private MethodSetPlan? OnlyMethods(RouterPlan router)
    {
        ResourcePlan[] resources = [.. router.Resources.Where(resource => resource.Methods >= 0)];
        return resources.Length > 0 && resources.All(resource => resource.Methods == resources[0].Methods && resource.Responses.Count == 1 && resource.Responses[0] > FixedResponse.OptionsAsterisk)
            ? _plan.Methods[resources[0].Methods]
            : null;
    }

    private void EmitRouteByHost()
    {
        _writer.WriteLines($"""
            /// <summary>
            /// Finds the response to a request: by its host, then the path. What a virtual host has goes before what every host has; where it
            /// has the path, but not for the method, it is the one that says so.
            /// </summary>
            {ChoosesByPath}
            """);
        using (_writer.WriteBlock())
        {
            EmitBeforeRoutes();
            _writer.WriteLines($"""
                byte* path = request->Path;
                int length = request->PathLength;
                {Method} method = request->Method;
                """);
            EmitHost(_plan.HostTree!, index => $"response = {RouterName(_plan.Hosts[index].Router)}(path, length, method); // {_plan.Hosts[index].Name}");
            _writer.WriteLines($"return response >= 0 ? response : {RouterName(_plan.Routers.Count - 1)}(path, length, method);");
        }

        _writer.WriteLine();
    }

    /// <summary>Writes the search for the virtual host of a request: a variable <c>response</c>, which is -1 where there is none.</summary>
    /// <param name="tree">Finds the host.</param>
    /// <param name="found">The statement for one that is found.</param>
    private void EmitHost(RouteTree tree, Func<int, string> found)
    {
        _writer.WriteLines("""
            byte* host = request->Host;
            int hostLength = request->HostLength;
            if (hostLength > 0 && host[hostLength - 1] == (byte)'.')
            {
                hostLength--; // example.com. is example.com (RFC 1034, section 3.1)
            }

            // | 0x20: letter case does not matter.
            int response = -1;
            """);
        EmitTree(tree, new Names("host", "hostLength", FoldsCase: true), index =>
        {
            _writer.WriteLines(found(index));
            return true;
        });
        _writer.WriteLine();
    }

    private string RouterName(int router) => _plan.Routers[router].Hosts.Count == 0 ? "EveryHost" : $"Host{router}";

    /// <summary>Writes the search for a path.</summary>
    /// <param name="router">The resources.</param>
    /// <param name="otherwise">What is returned where none has the path.</param>
    /// <param name="onlyMethods">From <see cref="OnlyMethods"/>: what is found is not called with the method.</param>
    private void EmitResources(RouterPlan router, string otherwise, MethodSetPlan? onlyMethods = null)
    {
        bool goesOn = EmitTree(router.Tree, new Names("path", "length", FoldsCase: false), index =>
        {
            ResourcePlan resource = router.Resources[index];
            string responses = string.Join(", ", resource.Responses.Select(Response));
            _writer.WriteLines(resource.Methods < 0
                ? $"return {responses}; // OPTIONS {resource.Path}"
                : onlyMethods is not null ? $"return {responses}; // {resource.Path}"
                : $"return {MethodsName(_plan.Methods[resource.Methods])}(method, {responses}); // {resource.Path}");
            return false;
        });
        if (goesOn)
        {
            _writer.WriteLine();
            _writer.WriteLines($"return {otherwise};");
        }
    }

    /// <summary>What Route returns: an entry of the table, or an action.</summary>
    private static string Response(int response)
        => response < FixedResponse.FirstAction ? response.ToString(CultureInfo.InvariantCulture)
            : response == FixedResponse.FirstAction ? "EngineContract::FixedResponse.FirstAction"
            : FormattableString.Invariant($"EngineContract::FixedResponse.FirstAction + {response - FixedResponse.FirstAction}");

    /// <summary>A method for all resources that have the same methods, so that each of them is no more than a call.</summary>
    private void EmitMethods(MethodSetPlan methods)
    {
        string[] parameters = methods.Methods.Select(method => method.ToLowerInvariant()).ToArray();
        _writer.WriteLines($"""
            /// <summary>The response of a resource that allows {methods.Allow}.</summary>
            [CompilerServices::MethodImpl(CompilerServices::MethodImplOptions.NoInlining)]
            private static int {MethodsName(methods)}({Method} method, {string.Join(", ", parameters.Select(parameter => "int " + parameter))}) => method switch
            """);
        using (_writer.WriteBlock("{", "};"))
        {
            foreach (string name in methods.Methods)
            {
                string head = name == "GET" ? $" or {Method}.Head" : "";
                _writer.WriteLines($"{Method}.{Pascal(name)}{head} => {name.ToLowerInvariant()},");
            }

            _writer.WriteLines($"""
                {Method}.Options => {methods.Options}, // 204 (No Content)
                _ => {methods.NotAllowed}, // 405 (Method Not Allowed)
                """);
        }

        _writer.WriteLine();
    }

    internal static string MethodsName(MethodSetPlan methods) => string.Concat(methods.Methods.Select(Pascal));

    internal static string Pascal(string name) => name.Substring(0, 1) + name.Substring(1).ToLowerInvariant();

    /// <summary>Writes a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="names">Of what is searched.</param>
    /// <param name="found">Writes what is to be done with one that is found. Whether the code goes on behind it.</param>
    /// <returns>Whether the code goes on behind the tree.</returns>
    private bool EmitTree(RouteTree tree, Names names, Func<int, bool> found)
    {
        switch (tree)
        {
            case RouteTree.Found leaf:
                return found(leaf.Index);
            case RouteTree.Compare compare:
                EmitIf(compare.Words.Select(word => (Compare(word, names), Comment(word.Value, word.Width))).ToArray(), compare.Then, names, found);
                return true;
            case RouteTree.Template template:
                EmitIf([($"EngineHttp::RouteTemplate.Matches({ByteLiteral.Of(template.Text.ToArray())}, {names.Bytes}, {names.Length})", "")], template.Then, names, found);
                return true;
            case RouteTree.AtLeast { Then: RouteTree.Compare compare } atLeast:
                EmitIf(
                    compare.Words.Select(word => (Compare(word, names), Comment(word.Value, word.Width)))
                        .Prepend(($"{names.Length} >= {atLeast.Length}", ""))
                        .ToArray(),
                    compare.Then,
                    names,
                    found);
                return true;
            case RouteTree.AtLeast atLeast:
                EmitIf([($"{names.Length} >= {atLeast.Length}", "")], atLeast.Then, names, found);
                return true;
            case RouteTree.Sequence sequence:
                bool goesOn = true;
                for (int i = 0; i < sequence.Nodes.Count; i++)
                {
                    if (i > 0)
                    {
                        _writer.WriteLine();
                    }

                    goesOn = EmitTree(sequence.Nodes[i], names, found);
                }

                return goesOn;
            case RouteTree.ChooseLength choose:
                EmitSwitch(names.Length, choose.Cases.Select(item => (item.Length.ToString(CultureInfo.InvariantCulture), "", item.Then)), names, found);
                return true;
            case RouteTree.Choose choose:
                EmitSwitch(
                    FoldedLoad(choose.Offset, choose.Width, names),
                    choose.Cases.Select(item => (Number(item.Value, choose.Width), Comment(item.Value, choose.Width), item.Then)),
                    names,
                    found);
                return true;
            default:
                throw new ArgumentOutOfRangeException(nameof(tree));
        }
    }

    private void EmitIf((string Condition, string Comment)[] conditions, RouteTree then, Names names, Func<int, bool> found)
    {
        for (int i = 0; i < conditions.Length; i++)
        {
            _writer.WriteLines((i == 0 ? "if (" : "    && ") + conditions[i].Condition + (i == conditions.Length - 1 ? ")" : "") + conditions[i].Comment);
        }

        using SourceWriter.Block block = _writer.WriteBlock();
        EmitTree(then, names, found);
    }

    private void EmitSwitch(string on, IEnumerable<(string Label, string Comment, RouteTree Then)> cases, Names names, Func<int, bool> found)
    {
        _writer.WriteLines($"switch ({on})");
        using SourceWriter.Block block = _writer.WriteBlock();
        foreach ((string label, string comment, RouteTree then) in cases)
        {
            _writer.WriteLines($"case {label}:{comment}");
            using SourceWriter.Block indented = _writer.Indent();
            if (EmitTree(then, names, found))
            {
                if (then is not RouteTree.Found)
                {
                    _writer.WriteLine();
                }

                _writer.WriteLines("break;");
            }
        }
    }

    private static string Compare(RouteTree.Word word, Names names)
    {
        string load = FoldedLoad(word.Offset, word.Width, names);
        return $"{(names.FoldsCase ? $"({load})" : load)} == {Number(word.Value, word.Width)}";
    }

    private static string FoldedLoad(int offset, int width, Names names)
    {
        string load = width == 1
            ? $"{names.Bytes}[{offset}]"
            : $"*({TypeOf(width)}*){(offset == 0 ? names.Bytes : $"({names.Bytes} + {offset})")}";
        return names.FoldsCase ? $"{load} | 0x{string.Concat(Enumerable.Repeat("20", width))}" : load;
    }

    private static string TypeOf(int width) => width switch
    {
        8 => "ulong",
        4 => "uint",
        _ => "ushort",
    };

    private static string Number(ulong value, int width)
        => width == 1 && value is > 0x20 and < 0x7F and not ('\'' or '\\')
            ? $"(byte)'{(char)value}'"
            : "0x" + value.ToString("X" + width * 2, CultureInfo.InvariantCulture);

    /// <summary>The bytes of a word as text, what is no printable ASCII percent-encoded; nothing where the number is written as a character.</summary>
    private static string Comment(ulong value, int width)
    {
        if (Number(value, width).EndsWith("'", StringComparison.Ordinal))
        {
            return "";
        }

        var text = new StringBuilder(" // \"");
        for (int i = 0; i < width; i++)
        {
            byte character = (byte)(value >> i * 8);
            text.Append(character is > 0x20 and < 0x7F ? ((char)character).ToString() : "%" + character.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.Append('"').ToString();
    }

    private static string XmlText(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>What is searched: the names of a pointer and of the length behind it, and whether letters are made lower-case.</summary>
    private sealed record Names(string Bytes, string Length, bool FoldsCase);
}
