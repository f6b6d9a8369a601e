using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>Each mistake in a handler, what is said of it, and which text is underlined. Nothing else may be said.</summary>
public class HandlerDiagnosticTests
{
    private const string Parameters = "(in Request request, ref ResponseWriter response)";

    /// <summary>Id, a part of the message, the squiggled text, the members of the class.</summary>
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "SYSC070", "'M' cannot answer requests: what it returns would be lost", "M", "[Get(\"/\")] static int M" + Parameters + " => 1;" },
        { "SYSC070", "so it must be static", "M", "[Get(\"/\")] void M" + Parameters + " { }" },
        { "SYSC070", "it has type parameters", "M", "[Get(\"/\")] static void M<T>" + Parameters + " { }" },
        { "SYSC070", "its parameters are others; write 'static void M(in Request request, ref ResponseWriter response)'", "M", "[Get(\"/\")] static void M() { }" },
        { "SYSC070", "its parameters are others", "M", "[Post(\"/\")] static void M(Request request, ref ResponseWriter response) { }" },
        { "SYSC070", "its parameters are others", "M", "[Put(\"/\")] static void M(in Request request, ResponseWriter response) { }" },
        { "SYSC070", "its parameters are others", "M", "[Delete(\"/\")] static void M(in Request request, ref ResponseWriter response, int more) { }" },
        { "SYSC070", "its parameters are others", "M", "[Patch(\"/\")] static void M(ref Request request, ref ResponseWriter response) { }" },
        { "SYSC070", "it is not an ordinary method", "+", "[Get(\"/\")] public static Site operator +(Site left, Site right) => left;" },
        { "SYSC071", "'{id}.json' is no parameter", "\"/{id}.json\"", Handler("Get(\"/{id}.json\")") },
        { "SYSC071", "'{}' is no parameter", "\"/{}\"", Handler("Get(\"/{}\")") },
        { "SYSC071", "'{' is no parameter", "\"/a/{\"", Handler("Get(\"/a/{\")") },
        { "SYSC071", "'a}' is no parameter", "\"/a}/\"", Handler("Get(\"/a}/\")") },
        { "SYSC071", "'{a-b}' is no parameter: one is a whole segment, with a name of letters, digits and '_'", "\"/{a-b}\"", Handler("Get(\"/{a-b}\")") },
        { "SYSC071", "two of the parameters have the same name", "\"/{a}/{a}\"", Handler("Get(\"/{a}/{a}\")") },
        { "SYSC071", "has no star for what follows", "\"/{a}/*\"", Handler("Get(\"/{a}/*\")") },
        { "SYSC031", "'*' stands for the rest of a path", "\"/{a}*\"", Handler("Get(\"/{a}*\")") },
        { "SYSC031", "leave out '?'", "\"/{a}?b\"", Handler("Get(\"/{a}?b\")") },
        { "SYSC030", "\"{a}\" does not begin with a slash", "\"{a}\"", Handler("Get(\"{a}\")") },
        { "SYSC034", "GET /{b}", "\"/{b}\"", Handler("Get(\"/{a}\"), Get(\"/{b}\")") },
        { "SYSC034", "GET /a", "\"/a\"", "[Route(\"/a\")] const string A = \"\"; " + Handler("Get(\"/a\")") },
        { "SYSC034", "PUT /a", "\"/a\"", Handler("Put(\"/a\"), Route(\"PUT\", \"/a\")") },
        { "SYSC041", "write GET", "\"get\"", Handler("Route(\"get\", \"/\")") },
        { "SYSC041", "a route for GET answers HEAD too", "\"HEAD\"", Handler("Route(\"HEAD\", \"/\")") },
        { "SYSC041", "write GET (which", "\"LINK\"", Handler("Route(\"/\", Method = \"LINK\")") },
        { "SYSC042", "is not a host", "\"a:1\"", Handler("Get(\"/\", Host = \"a:1\")") },
        { "SYSC003", "MaxBodyBytes is 1048577, but must be from 0 to 1048576", "1048577", Handler("Post(\"/\", MaxBodyBytes = 1048577)") },
        { "SYSC003", "a request has memory for it until its body is complete, and larger things are files", "1048577", Handler("Post(\"/\", MaxBodyBytes = 1048577)") },
        { "SYSC003", "MaxResponseBytes is -1, but must be from 0 to 1048576", "-1", Handler("Get(\"/\", MaxResponseBytes = -1)") },
        { "SYSC052", "Status means nothing to a handler", "201", Handler("Route(\"/\", Status = 201)") },
        { "SYSC052", "MaxBodyBytes means nothing to a constant", "1", "[Route(\"/\", MaxBodyBytes = 1)] const string A = \"\";" },
    };

    private static string Handler(string attributes) => $"[{attributes}] static void M{Parameters} {{ }}";

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_named_where_it_is(string id, string message, string squiggled, string members)
    {
        GeneratorRun run = GeneratorRun.Of($"using SyscallServer; [TcpServer] partial class Site {{ {members} }}", properties: ("SyscallServerHost", "NativeAot"));
        (Diagnostic diagnostic, string text) = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(squiggled, text);
        Assert.Equal(diagnostic.Severity == DiagnosticSeverity.Warning, run.Files.ContainsKey("Site.g.cs"));
    }

    /// <summary>C# refuses these declarations itself, and ends before any analyzer is heard: the generator names the cause, once, and writes nothing that would be wrong as well.</summary>
    [Theory]
    [InlineData("static", "void", "so it must be static", "CS0708")]
    [InlineData("", "static async void", "so it cannot be async", "CS1988")]
    [InlineData("static", "static async System.Threading.Tasks.Task", "so it cannot be async", "CS1988")]
    public async Task Of_a_handler_that_the_compiler_refuses_the_generator_says_the_cause(string modifiers, string declaration, string message, string consequence)
    {
        GeneratorRun run = GeneratorRun.Of($"using SyscallServer; [TcpServer] {modifiers} partial class Site {{ [Get(\"/\")] {declaration} M{Parameters} {{ }} }}");
        Diagnostic said = Assert.Single(run.Driver.GetRunResult().Diagnostics);
        Assert.Equal(("SYSC070", DiagnosticSeverity.Error), (said.Id, said.Severity));
        Assert.Contains(message, said.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(("/src/Program.cs", 0), (said.Location.GetLineSpan().Path, said.Location.GetLineSpan().StartLinePosition.Line));
        Assert.Equal("M", Assert.Single(await run.AnalyzeAsync(), found => found.Diagnostic.Id == "SYSC070").Squiggled);
        Assert.False(run.Files.ContainsKey("Site.g.cs"));
        IEnumerable<string> errors = run.After.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id);
        Assert.Contains(consequence, errors);
        Assert.Subset(new HashSet<string> { "CS0708", "CS1988", "CS4012" }, errors.ToHashSet());
    }

    [Fact]
    public async Task A_handler_belongs_to_a_server()
    {
        GeneratorRun run = GeneratorRun.Of($"using SyscallServer; partial class Site {{ {Handler("Get(\"/\")")} }}", Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary);
        Assert.Equal("SYSC016", Assert.Single(await run.AnalyzeAsync()).Diagnostic.Id);
    }

    [Fact]
    public async Task The_page_for_an_error_of_handlers_is_one_of_a_server_that_has_them()
    {
        Assert.Empty(await GeneratorRun.Of($"using SyscallServer; [TcpServer] [ErrorPage(500, \"\")] partial class Site {{ {Handler("Get(\"/\")")} }}").AnalyzeAsync());
        GeneratorRun without = GeneratorRun.Of("using SyscallServer; [TcpServer] [ErrorPage(500, \"\")] [StaticResponse(\"/\", \"\")] partial class Site;");
        Assert.Equal("SYSC038", Assert.Single(await without.AnalyzeAsync()).Diagnostic.Id);
        GeneratorRun ofFiles = GeneratorRun.Of($"using SyscallServer; [TcpServer] [ErrorPage(403, \"\")] partial class Site {{ {Handler("Get(\"/\")")} }}");
        Assert.Equal("SYSC038", Assert.Single(await ofFiles.AnalyzeAsync()).Diagnostic.Id);
    }

    [Theory]
    [InlineData("[Get(\"/\"), Post(\"/\"), Route(\"DELETE\", \"/\"), Route(\"/a\", Method = \"PUT\")]")]
    [InlineData("[Get(\"/{a}/{b_2}/c\"), Get(\"/{b}/c/d\"), Get(\"/{a}\", Host = \"example.com\"), Post(\"/{other}\"), Get(\"/{third}\")]")]
    [InlineData("[Get(\"/%7Ba%7D/{a}\"), Get(\"/*\"), Get(\"/{a}/\"), Get(\"/caf\u00E9/{x}\")]")]
    public async Task Of_right_handlers_nothing_is_said(string attributes)
    {
        GeneratorRun run = GeneratorRun.Of($"using SyscallServer; [TcpServer] static partial class @class {{ {attributes} static void @event{Parameters} {{ }} }}");
        Assert.Empty(await run.AnalyzeAsync());
        run.AssertCompiles();
    }

    [Fact]
    public async Task A_redirect_to_a_path_of_a_handler_leads_to_it()
    {
        GeneratorRun run = GeneratorRun.Of($"using SyscallServer; [TcpServer] [Redirect(\"/users/*\", \"/users/1\")] partial class Site {{ {Handler("Get(\"/users/{id}\")")} }}");
        Assert.Empty(await run.AnalyzeAsync());
    }

    /// <summary>A part of the message, the squiggled text, the statements.</summary>
    public static TheoryData<string, string, string> Allocations => new()
    {
        { "A new 'Object' needs the garbage collector", "new object()", "_ = new object();" },
        { "A new 'List'", "new(4)", "System.Collections.Generic.List<int> list = new(4);" },
        { "An array", "new byte[4]", "var b = new byte[4];" },
        { "An array", "new int[] { n }", "System.ReadOnlySpan<int> b = new int[] { n };" },
        { "An anonymous object", "new { n }", "var a = new { n };" },
        { "A collection", "[n]", "int[] a = [n];" },
        { "Boxing", "n", "object o = n;" },
        { "A string that is put together", "\"a\" + n", "var s = \"a\" + n;" },
        { "A string that is put together", "$\"{n}\"", "var s = $\"{n}\";" },
        { "What 'ToString' returns", "n.ToString()", "var s = n.ToString();" },
        { "What 'GetBytes' returns", "System.Text.Encoding.UTF8.GetBytes(\"a\")", "response.Write(System.Text.Encoding.UTF8.GetBytes(\"a\"));" },
        { "A lambda", "() => n", "System.Func<int> f = () => n;" },
        { "or have one process that is not forked, by Concurrency.EventLoop with Workers = 1", "new object()", "_ = new object();" },
    };

    [Theory]
    [MemberData(nameof(Allocations))]
    public async Task A_handler_that_allocates_after_fork_is_warned(string message, string squiggled, string statements)
    {
        (Diagnostic diagnostic, string text) = Assert.Single(await AnalyzeBodyAsync("Concurrency = Concurrency.EventLoop", statements));
        Assert.Equal("SYSC072", diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(squiggled, text);
        Assert.Single(await AnalyzeBodyAsync("", statements));
        Assert.Single(await AnalyzeBodyAsync("Concurrency = Concurrency.Prefork, Workers = 1", statements));
        Assert.Empty(await AnalyzeBodyAsync("Concurrency = Concurrency.EventLoop, Workers = 1", statements));
    }

    [Theory]
    [InlineData("response.Write(\"text\"); response.Write(\"text\"u8); response.Write(n);")]
    [InlineData("System.Span<byte> b = stackalloc byte[4]; System.ReadOnlySpan<byte> c = new byte[] { 1, 2 }; System.ReadOnlySpan<int> d = [1, 2];")]
    [InlineData("throw new System.InvalidOperationException(\"at \" + n);")]
    [InlineData("var p = (n, 1); System.DateTime t = new(1); const string s = \"a\" + \"b\";")]
    public async Task Of_one_that_does_not_nothing_is_said(string statements) => Assert.Empty(await AnalyzeBodyAsync("", statements));

    [Theory]
    [InlineData("new byte[4]", "Make();")]
    [InlineData("new byte[4]", "Around();")]
    [InlineData("new byte[4]", "_ = Property;")]
    [InlineData("new byte[4]", "unsafe { delegate*<byte[]> f = &Make; f(); }")]
    [InlineData("new byte[4]", "Make(); Around(); Around();")]
    [InlineData("", "Other();")]
    public async Task What_a_handler_calls_is_looked_at_too(string squiggled, string statements)
    {
        IEnumerable<(Diagnostic Diagnostic, string Squiggled)> found = await AnalyzeBodyAsync("", statements + """
             }
                static byte[] Make() => new byte[4];
                static void Around() => Elsewhere.Call();
                static byte[] Property => Make();
                static void Other() { }
                static byte[] NeverCalled() => new byte[5];
                static class Elsewhere { internal static void Call() { Make(); if (NeverEnds()) { Around(); } }
                static bool NeverEnds() => false;
            """);
        Assert.Equal(squiggled, string.Join(", ", found.Select(item => item.Squiggled)));
        Assert.All(found, item => Assert.Contains("so that 'M' may hang", item.Diagnostic.GetMessage(null), StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<(Diagnostic Diagnostic, string Squiggled)>> AnalyzeBodyAsync(string settings, string statements)
    {
        GeneratorRun run = GeneratorRun.Of(
            $"using SyscallServer; [TcpServer({settings})] partial class Site {{ [Get(\"/\")] static void M{Parameters} {{ int n = request.Path.Length; {statements} }} }}",
            properties: ("SyscallServerHost", "NativeAot"));
        return await run.AnalyzeAsync();
    }

    [Fact]
    public async Task Without_a_runtime_it_is_an_error_that_a_handler_allocates()
    {
        GeneratorRun run = GeneratorRun.Of($"using SyscallServer; [TcpServer] partial class Site {{ [Get(\"/\")] static void M{Parameters} {{ _ = new Inner(); }} class Inner; }}");
        Assert.Equal("SYSC021", Assert.Single(await run.AnalyzeAsync()).Diagnostic.Id);
    }

    /// <summary>The name in the message, the squiggled text, the statements.</summary>
    public static TheoryData<string, string, string> Writes => new()
    {
        { "N", "N", "N = 1;" },
        { "N", "N", "N += 2;" },
        { "N", "N", "N++;" },
        { "N", "N", "--N;" },
        { "N", "N", "System.Threading.Interlocked.Increment(ref N);" },
        { "N", "N", "int.TryParse(\"1\", out N);" },
        { "N", "N", "ref int r = ref N; r = 1;" },
        { "N", "N", "unsafe { fixed (int* p = &N) { *p = 1; } }" },
        { "N", "N", "(N, _) = (1, 2);" },
        { "N", "N", "void Local() => N = 1; Local();" },
        { "Array", "Array[0]", "Array[0] = 1;" },
        { "Array", "Array[0]", "Array[0]++;" },
        { "Array", "System.MemoryExtensions.AsSpan(Array)[0]", "System.MemoryExtensions.AsSpan(Array)[0] = 1;" },
        { "Structure", "Structure.Field", "Structure.Field = 1;" },
        { "Object", "Object.Field", "Object.Field = 1;" },
        { "Text", "Text", "Text ??= \"\";" },
        { "Property", "Property", "Property = 1;" },
        { "Property", "Property", "Property++;" },
        { "Changed", "Changed", "Changed += null;" },
        { "M1", "M1", "Write();" },
        { "M1", "M1", "WithSetter = 1;" },
        { "M1", "M1", "new Other(1);" },
        { "M1", "M1", "unsafe { delegate*<void> f = &Write; f(); }" },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task State_that_a_handler_writes_and_only_one_process_has_is_named_where_it_is_written(string name, string squiggled, string statements)
    {
        foreach (string settings in new[] { "", "Concurrency = Concurrency.Prefork, Workers = 1", "Concurrency = Concurrency.EventLoop", "Concurrency = Concurrency.EventLoop, Workers = 2" })
        {
            (Diagnostic diagnostic, string text) = Assert.Single(await StateAsync(settings, statements));
            Assert.Equal(("SYSC073", DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity));
            Assert.StartsWith($"'{name}' is written while the handler 'M' answers", diagnostic.GetMessage(null), StringComparison.Ordinal);
            Assert.Contains("by Concurrency.EventLoop with Workers = 1, or keep it in a file", diagnostic.GetMessage(null), StringComparison.Ordinal);
            Assert.Equal(squiggled, text);
        }

        Assert.Empty(await StateAsync("Concurrency = Concurrency.EventLoop, Workers = 1", statements));
    }

    [Theory]
    [InlineData("int N = 0; N++; N = 2;")] // a local variable of the same name
    [InlineData("_ = N + Array[0] + Property; ref readonly int r = ref N; _ = r;")]
    [InlineData("OfThread++;")]
    [InlineData("new Value().Field = 1; var o = new Other(); o.Field = 1;")]
    [InlineData("Reads(N); Takes(in N);")]
    public async Task Of_what_is_no_state_of_the_process_nothing_is_said(string statements) => Assert.Empty(await StateAsync("", statements));

    [Fact]
    public async Task A_write_that_is_meant_is_silenced_at_its_line()
        => Assert.Empty(await StateAsync("", "\n#pragma warning disable SYSC073\nN = 1;\n#pragma warning restore SYSC073\n"));

    private static async Task<IEnumerable<(Diagnostic Diagnostic, string Squiggled)>> StateAsync(string settings, string statements)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            using SyscallServer;
            [TcpServer({{settings}})]
            partial class Site
            {
                public static int N;
                static readonly int[] Array = new int[1];
                static Value Structure;
                static readonly Other Object = new Other();
                static string? Text;
                [System.ThreadStatic] static int OfThread;
                static int Property { get; set; }
                static int WithSetter { get => N; set => Write(); }
                static event System.Action? Changed;
                public static int M1;
                static Site() { N = 7; }
                public static void Write() { M1 = 1; Write(); }
                static void NotCalled() { N = 8; Changed?.Invoke(); }
                static int Reads(int value) => value;
                static int Takes(in int value) => value;
                struct Value { public int Field; }
                class Other { public int Field; public Other() { } public Other(int n) { Write(); } }
                [Get("/")] static void M(in Request request, ref ResponseWriter response) { {{statements}} }
            }
            """, properties: ("SyscallServerHost", "NativeAot"));
        return (await run.AnalyzeAsync()).Where(found => found.Diagnostic.Id != "SYSC072");
    }
}
