using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;

namespace SyscallServer.Tests.Support;

using Request = SyscallServer.Internal.Http.RequestHead;

/// <summary>Content of an HTTP server as plain values, and what the generator makes of it.</summary>
internal static class Site
{
    private static readonly ConcurrentDictionary<string, EmittedApp> Loaded = new();

    internal static HttpSpec Of(params RouteSpec[] routes) => new(
        new EquatableArray<RouteSpec>(routes),
        default,
        SendsDate: true,
        Server: null,
        IdleTimeout: 60,
        MaxTargetBytes: 8000,
        MaxHeaderBytes: 16384,
        MaxBodyBytes: 1 << 20);

    internal static HttpSpec WithErrorPage(this HttpSpec http, int status, ResponseSpec page)
        => http with { ErrorPages = new EquatableArray<ErrorPageSpec>(http.ErrorPages.Append(new ErrorPageSpec(status, page))) };

    /// <summary>A route; a path that ends with an asterisk is a prefix.</summary>
    internal static RouteSpec Route(string path, ResponseSpec response, string method = "GET", string host = "")
        => new(host, Bytes(path.TrimEnd('*')), path.EndsWith('*'), method, response);

    internal static RouteSpec Route(string path, string body, string method = "GET", string host = "") => Route(path, Response(body), method, host);

    internal static ResponseSpec Response(string body, int status = 200, string? contentType = "text/plain; charset=utf-8", bool compress = true, params FieldLine[] fields)
        => new(status, Bytes(body), contentType, new EquatableArray<FieldLine>(fields), compress);

    internal static EquatableArray<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    internal static HttpPlan Plan(this HttpSpec http) => HttpPlanner.Plan(http);

    internal static ServerPlan PlanServer(this HttpSpec http) => ServerPlanner.Plan(
        new ServerSpec(
            "",
            new EquatableArray<TypeHeader>([new TypeHeader("class", "Site")]),
            Address: 0,
            Port: 8080,
            Listening: null,
            Backlog: 4096,
            ConcurrencyKind.Fork,
            Workers: 0,
            MaxConnections: 1024,
            ReadTimeout: 10,
            WriteTimeout: 30,
            GracePeriod: 8,
            HasCommandLineInterface: true,
            Response: default,
            http),
        new ProgramSpec("Site", "1.2.3", NeedsEntryPoint: true, HostProperty: "", Platform: ""),
        hasEntryPoint: true);

    internal static string Emit(this HttpSpec http) => ServerEmitter.Emit(http.PlanServer());

    /// <summary>The emitted server, compiled without an error or a warning, and loaded: once, for it has no state.</summary>
    internal static EmittedApp Load(this HttpSpec http)
        => Loaded.GetOrAdd(http.Emit(), source =>
        {
            CSharpCompilation compilation = GeneratorRun.Compile("static partial class Site;");
            return new EmittedApp(GeneratorRun.Load(compilation.AddSyntaxTrees(
                CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Site.g.cs"))));
        });
}

/// <summary>The emitted struct that the engine is specialised for, called as the engine calls it.</summary>
internal sealed unsafe class EmittedApp
{
    private readonly delegate*<Request*, int> _route;

    internal EmittedApp(Assembly assembly)
    {
        App = assembly.GetType("Site")!.Emitted().GetNestedType("App", BindingFlags.NonPublic)!;
        _route = (delegate*<Request*, int>)Pointer("Route");
        Responses = ((delegate*<PlannedResponse*>)Pointer("get_Responses"))();
        Bytes = ((delegate*<byte*>)Pointer("get_Bytes"))();
        Phrases = ((delegate*<ushort*>)Pointer("get_Phrases"))();
    }

    internal Type App { get; }

    internal PlannedResponse* Responses { get; }

    internal byte* Bytes { get; }

    internal ushort* Phrases { get; }

    internal object? Constant(string name) => App.GetProperty(name)!.GetValue(null);

    internal int Route(Request* request) => _route(request);

    /// <summary>An entry's head, without what the engine adds.</summary>
    internal string Head(int entry)
    {
        Read(entry, out string head);
        return head;
    }

    internal byte[] Body(int entry) => new ReadOnlySpan<byte>(Read(entry, out _), Responses[entry].BodyLength).ToArray();

    /// <summary>Unpacks a head, and finds the body.</summary>
    private byte* Read(int entry, out string head)
    {
        byte* status = Bytes + Responses[entry].Status;
        var bytes = new List<byte>(Encoding.ASCII.GetBytes("HTTP/1.1 "));
        for (byte* from = status; *from != '\n'; from++)
        {
            bytes.Add(*from);
        }

        bytes.AddRange("\r\n"u8.ToArray());
        byte* code = Bytes + Responses[entry].Head;
        for (; *code >= PlannedResponse.FirstPhrase; code++)
        {
            if (*code >= PlannedResponse.FirstLiteral)
            {
                bytes.Add(*code);
                continue;
            }

            ushort* phrase = Phrases + (*code - PlannedResponse.FirstPhrase);
            bytes.AddRange(new ReadOnlySpan<byte>(Bytes + phrase[0], phrase[1] - phrase[0]).ToArray());
        }

        head = Encoding.UTF8.GetString(bytes.ToArray());
        return *code == PlannedResponse.BodyFollows ? code + 1 : status;
    }

    private nint Pointer(string method) => App.GetMethod(method)!.MethodHandle.GetFunctionPointer();
}
