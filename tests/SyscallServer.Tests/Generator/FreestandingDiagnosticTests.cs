using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What the freestanding host cannot do, which text is underlined, and what is not said.</summary>
public class FreestandingDiagnosticTests
{
    private const string Site = "[SyscallServer.TcpServer] [SyscallServer.RawResponse(\"x\")] static partial class Site;\n";

    private const string Usings = "using System; using System.Collections.Generic; using System.Linq; using System.Runtime.InteropServices; using System.Threading.Tasks;\n";

    /// <summary>Part of the message, the squiggled text, the code.</summary>
    public static TheoryData<string, string, string> ApisThatAreNotThere => new()
    {
        { "'Console.WriteLine' is not there", "Console.WriteLine", "Console.WriteLine(\"hello\");" },
        { "'Console.WriteLine' is not there", "Console.WriteLine", "Console.WriteLine(1);" },
        { "'Console.WriteLine' is not there", "Console.WriteLine", "object o = null!; Console.WriteLine(\"{0} {1}\", 1, o);" },
        { "'Console.Out' is not there", "Console.Out", "Console.Out.WriteLine(\"hello\");" },
        { "'Console.Title' is not there", "Console.Title", "Console.Title = \"x\";" },
        { "'Environment.ProcessorCount' is not there", "Environment.ProcessorCount", "_ = Environment.ProcessorCount;" },
        { "'string.Empty' is not there", "string.Empty", "var s = string.Empty;" },
        { "'Console.CancelKeyPress' is not there", "Console.CancelKeyPress", "Console.CancelKeyPress += null;" },
        { "'List<int>' is not there", "List<int>", "var list = new List<int>();" },
        { "'List<int>' is not there", "new(4)", "List<int> list = new(4);" },
        { "'Random' is not there", "System.Random", "_ = new System.Random(1);" },
        { "'DateTime' is not there", "DateTime", "_ = new DateTime(1);" },
        { "'List<int>' is not there", "List<int>", "object o = null!; var l = o is List<int>;" },
        { "'List<int>' is not there", "System.Collections.Generic.List<int>", "Local(default); static void Local(System.Collections.Generic.List<int>? l) { }" },
        { "'Task<List<int>>' is not there", "Task<List<int>>", "Local(default); static void Local(Task<List<int>>? l) { }" },
        { "'decimal' is not there", "decimal", "Local(1); static void Local(decimal d) { }" },
        { "'Enumerable.Where<int>' is not there", "a.Where", "int[] a = null!; _ = a.Where(x => x > 1).Select(x => x + 1).ToArray();" },
        { "'MemoryExtensions.IndexOf(ReadOnlySpan<char>, ReadOnlySpan<char>, StringComparison)' is not there", "a.IndexOf", "ReadOnlySpan<char> a = default; _ = a.IndexOf(a, StringComparison.Ordinal);" },
        { "'string.Trim' is not there", "Trim", "_ = args[0].Trim();" },
        { "'Console.Beep' is not there", "Console.Beep", "unsafe { delegate*<void> f = &Console.Beep; }" },
        { "'decimal' is not there", "L(L(1.5m) * 2)", "_ = L(L(1.5m) * 2); static T L<T>(T t) => t;" },
        { "'decimal' is not there", "L(1.5m)", "decimal d = L(1.5m); static T L<T>(T t) => t;" },
        { "'decimal' is not there", "decimal", "const decimal D = 1.5m;" },
        { "'decimal' is not there", "1.5m", "var d = 1.5m;" },
        { "'ITuple' is not there", "(1, 2)", "object o = args; _ = o is (1, 2);" },
        { "'object.ToString()' is not there", "o.ToString", "object o = \"a\"; _ = o.ToString();" },
        { "'object.ToString()' is not there", "t.ToString", "L(1); static string? L<T>(T t) where T : struct => t.ToString();" },
        { "'Delegate.operator ==' is not there", "c == d", "Callback? c = null, d = null; _ = c == d;" },
        { "'Delegate.operator !=' is not there", "c != d", "Callback? c = null, d = null; _ = c != d;" },
        { "'Delegate.Combine' is not there", "c += d", "Callback? c = null, d = null; c += d;" },
        { "'Delegate.Remove' is not there", "c -= null", "Callback? c = null; c -= null;" },
        { "'Delegate.Combine' is not there", "c + d", "Callback? c = null, d = null; c = c + d;" },
        { "'Delegate.Combine' is not there", "Events.Field += null", "Events.Field += null;" },
        { "'Delegate.Remove' is not there", "Events.Field -= null", "Events.Field -= null;" },
        { "'Plain?.Equals' is not there", "Equals", "Plain p = default; _ = ((Plain?)p).Equals(p);" },
        { "'ManagedHost.Arguments' is not there", "SyscallServer.Internal.Startup.ManagedHost.Arguments", "unsafe { _ = SyscallServer.Internal.Startup.ManagedHost.Arguments(args); }" },
    };

    [Theory]
    [MemberData(nameof(ApisThatAreNotThere))]
    public Task An_api_that_is_not_there_is_named(string message, string squiggled, string code) => AssertOne("SYSC020", message, squiggled, Program(code));

    /// <summary>Part of the message, the squiggled text, the code.</summary>
    public static TheoryData<string, string, string> WhatNeedsTheRuntime => new()
    {
        { "Allocating 'Thing' needs", "new Thing()", "_ = new Thing();" },
        { "Allocating 'Thing' needs", "new()", "Thing thing = new();" },
        { "Allocating 'RecordOfThing' needs", "r with { X = 1 }", "RecordOfThing r = null!; _ = r with { X = 1 };" },
        { "Allocating an anonymous object needs", "new { X = 1 }", "_ = new { X = 1 };" },
        { "'new T()' needs", "new T()", "L<int>(); static T L<T>() where T : new() => new T();" },
        { "Allocating an array needs", "new int[3]", "_ = new int[3];" },
        { "Allocating an array needs", "new[] { 1, 2 }", "_ = new[] { 1, 2 };" },
        { "Allocating an array needs", "{ 1, 2 }", "int[] a = { 1, 2 };" },
        { "Allocating an array needs", "[1, 2]", "int[] a = [1, 2];" },
        { "Allocating an array needs", "[]", "int[] a = [];" },
        { "Allocating an array needs", "[1, 2]", "foreach (int x in (int[])[1, 2]) { }" },
        { "Allocating an array needs", "[1, 2]", "int[] a = (int[])[1, 2];" },
        { "Allocating an array needs", "[1, 2]", "Span<int> a = (int[])[1, 2];" },
        { "Allocating an array needs", "[1, 2]", "object o = (int[])[1, 2];" },
        { "Allocating an array needs", "[\"a\"]", "string[]? a = null; a = a ?? [\"a\"];" },
        { "Allocating an array needs", "[1]", "int[]? a = null; a = args.Length > 1 ? a : [1];" },
        { "Allocating an array needs", "new byte[] { 1, Helper.Number }", "ReadOnlySpan<byte> a = new byte[] { 1, Helper.Number };" },
        { "Allocating an array needs", "new byte[] { 1, 2 }", "Span<byte> a = new byte[] { 1, 2 };" },
        { "Allocating an array for 'params' needs", "1, 2", "Helper.Params(1, 2);" },
        { "Allocating an array for 'params' needs", "Helper.Params", "Helper.Params();" },
        { "Allocating a collection needs", "[..a]", "Span<int> a = default; Span<int> b = [..a];" },
        { "Allocating a part of an array needs", "args[1..]", "_ = args[1..];" },
        { "Boxing 'int' needs", "1", "object o = 1;" },
        { "Boxing 'int' needs", "(object)1", "_ = (object)1;" },
        { "Boxing 'Helper' needs", "h", "Helper h = default; IThing t = h;" },
        { "Boxing 'T' needs", "t", "L(1); static object? L<T>(T t) => t;" },
        { "Boxing 'Helper' needs", "h.ToString()", "Helper h = default; _ = h.ToString();" },
        { "The cast to 'Plain' needs", "(Plain)o", "object o = null!; _ = (Plain)o;" },
        { "The cast to 'int' needs", "(int)o", "object o = null!; _ = (int)o;" },
        { "The cast to 'Thing' needs", "(Thing)o", "object o = null!; _ = (Thing)o;" },
        { "Building a string needs", "\"a\" + args[0]", "_ = \"a\" + args[0];" },
        { "Building a string needs", "\"a\" + 1 + args[0] + 2", "_ = \"a\" + 1 + args[0] + 2;" },
        { "Building a string needs", "s += \"b\"", "string s = \"a\"; s += \"b\";" },
        { "Building a string needs", "$\"a{i}b\"", "int i = args.Length; string s = $\"a{i}b\";" },
        { "A lambda needs", "() => { }", "Helper.Call(() => { });" },
        { "A lambda needs", "static () => { }", "Callback c = static () => { };" },
        { "A lambda needs", "delegate { }", "Callback c = delegate { };" },
        { "use a function pointer: &Method", "Helper.Method", "Helper.Call(Helper.Method);" },
        { "A delegate needs", "new Callback(Helper.Method)", "_ = new Callback(Helper.Method);" },
        { "An async method needs", "L", "L(); static async void L() { }" },
        { "An iterator needs", "yield return 1;", "static IEnumerable<int> L() { yield return 1; yield return 2; }" },
        { "An exception needs", "throw new InvalidOperationException(\"a\" + args[0])", "throw new InvalidOperationException(\"a\" + args[0]);" },
        { "An exception needs", "throw null!", "string s = args[0] ?? throw null!;" },
        { "An exception handler needs", "catch", "try { Helper.Method(); } catch (Exception) { }" },
        { "An exception, for want of an arm that matches, needs", "switch", "_ = args.Length switch { 1 => 2, 2 => 3 };" },
        { "A lock needs", "lock (args)", "lock (args) { Helper.Method(); }" },
        { "The enumerator of 'Sequence' needs", "s", "Sequence s = null!; foreach (int i in s) { }" },
        { "A query needs", "from x in args where x.Length > 1 select x + 1", "_ = from x in args where x.Length > 1 select x + 1;" },
        { "A dynamic operation needs", "d.Foo(1)", "dynamic d = null!; d.Foo(1);" },
        { "A dynamic operation needs", "d + 1", "dynamic d = null!; _ = d + 1;" },
        { "A type as an object needs", "typeof(int)", "_ = typeof(int);" },
        { "The test for 'Thing' needs", "o is Thing", "object o = args; _ = o is Thing;" },
        { "The test for 'Thing' needs", "Thing t", "object o = args; if (o is Thing t) { }" },
        { "The test for 'Thing' needs", "Thing { }", "object o = args; _ = o is Thing { };" },
        { "The test for 'IThing' needs", "IThing", "object o = args; _ = o switch { IThing => 1, _ => 2 };" },
        { "The test for 'string[]' needs", "o is string[]", "object o = args; _ = o is string[];" },
        { "The test for 'T' needs", "o is T", "L<string>(args); static bool L<T>(object o) => o is T;" },
        { "A call through the interface 'IDisposable' needs", "d.Dispose", "IDisposable d = null!; d.Dispose();" },
        { "A call through the interface 'IDisposable' needs", "Dispose", "IDisposable? d = null; d?.Dispose();" },
        { "A call through the interface 'IDisposable' needs", "using IDisposable d = null!;", "using IDisposable d = null!;" },
        { "A call through the interface 'IDisposable' needs", "L()", "using (L()) { } static IDisposable? L() => null;" },
        { "Storing into an array of 'object' needs", "o[0]", "object[] o = args; o[0] = \"a\";" },
        { "Storing into an array of 'object' needs", "o[0]", "object[] o = args; ref object r = ref o[0];" },
        { "Allocating a part of an array needs", "..var rest", "_ = args is [\"a\", ..var rest];" },
        { "Building a string needs", "new Pair(1, 2).ToString()", "_ = new Pair(1, 2).ToString();" },
        { "Comparing 'Plain' needs", "h == h", "Holder<Plain> h = default; _ = h == h;" },
        { "Comparing 'Plain' needs", "h.Equals(h)", "Holder<Holder<Plain>> h = default; _ = h.Equals(h);" },
        { "Comparing 'ConsoleKey?' needs", "h != h", "Holder<ConsoleKey?> h = default; _ = h != h;" },
        { "Comparing 'Plain' needs", "t.Equals(t)", "(int, Plain) t = default; _ = t.Equals(t);" },
        { "Comparing 'Plain' needs", "EqualityComparer<Plain>.Default.Equals(p, p)", "Plain p = default; _ = EqualityComparer<Plain>.Default.Equals(p, p);" },
        { "Comparing 'RecordOfThing' needs", "r == r", "RecordOfThing r = null!; _ = r == r;" },
        { "Comparing 'RecordOfThing' needs", "r != null", "RecordOfThing r = null!; _ = r != null;" },
        { "Comparing 'RecordOfThing' needs", "r.Equals(r)", "RecordOfThing r = null!; _ = r.Equals(r);" },
        { "Comparing 'RecordOfThing' needs", "r.Equals((object)r)", "RecordOfThing r = null!; _ = r.Equals((object)r);" },
        { "Building a string needs", "r.ToString()", "RecordOfThing r = null!; _ = r.ToString();" },
        { "Boxing 'Plain' needs", "p.GetHashCode()", "Plain p = default; _ = p.GetHashCode();" },
        { "The hash of 'Plain' needs", "((Plain?)p).GetHashCode()", "Plain p = default; _ = ((Plain?)p).GetHashCode();" },
        { "A call through the interface 'IDisposable' needs", "Generic.End<Disposer>", "Generic.End<Disposer>(null!);" },
        { "have a struct as 'T' instead of 'Disposer'", "Generic.End", "Disposer d = null!; Generic.End(d);" },
        { "A call through the interface 'IDisposable' needs", "Generic.End<U>", "static void L<U>() where U : class, IDisposable => Generic.End<U>(null!);" },
        { "A call through the interface 'IComparable<T>' needs", "Generic.Compare", "_ = Generic.Compare(\"a\", \"b\");" },
        { "A call through the interface 'IDisposable' needs", "Ender<Disposer>", "_ = new Ender<Disposer>(null!);" },
        { "A call through the interface 'IDisposable' needs", "Ender<Disposer>.Begin", "Ender<Disposer>.Begin();" },
        { "The generic method 'IShape.Size' with a body in the interface needs", "Generic.SizeOf", "_ = Generic.SizeOf(default(Line));" },
        { "implement it in 'Line'", "Generic.SizeOf<Line>", "_ = Generic.SizeOf<Line>(default);" },
        { "'__makeref' needs", "__makeref(i)", "int i = 1; TypedReference r = __makeref(i);" },
        { "'__refvalue' needs", "__refvalue(__makeref(i), int)", "int i = 1; _ = __refvalue(__makeref(i), int);" },
        { "'__reftype' needs", "__reftype(__makeref(i))", "int i = 1; _ = __reftype(__makeref(i));" },
        { "'__arglist' needs", "__arglist", "Generic.Any(__arglist(1, 2));" },
        { "The hash of 'Plain' needs", "h.GetHashCode()", "Holder<Plain?> h = default; _ = h.GetHashCode();" },
    };

    [Theory]
    [MemberData(nameof(WhatNeedsTheRuntime))]
    public Task What_needs_the_runtime_is_named(string message, string squiggled, string code) => AssertOne("SYSC021", message, squiggled, Program(code));

    /// <summary>Id, part of the message, the squiggled text, a declaration.</summary>
    public static TheoryData<string, string, string, string> Declarations => new()
    {
        { "SYSC021", "A module initializer needs", "Begin", "static class Late { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Begin() { } }" },
        { "SYSC021", "A finalizer needs", "Late", "class Late { ~Late() { } }" },
        { "SYSC021", "An async method needs", "F", "class Late { async Task F() { } }" },
        { "SYSC021", "An iterator needs", "yield return 1;", "class Late { IEnumerable<int> F() { yield return 1; } }" },
        { "SYSC021", "The thread-static field 'X' needs", "X", "class Late { [ThreadStatic] static int X; }" },
        { "SYSC021", "A lock needs", "F", "class Late { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] static void F() { } }" },
        { "SYSC021", "The library of 'getpid' needs", "getpid", "class Late { [DllImport(\"c\")] static extern int getpid(); }" },
        { "SYSC021", "Allocating an array needs", "{ \"a\", \"b\" }", "class Late { static readonly string[] X = { \"a\", \"b\" }; }" },
        { "SYSC021", "Allocating an array needs", "new byte[8193]", "class Late { static readonly byte[] X = new byte[8193]; }" },
        { "SYSC021", "Allocating an array needs", "new byte[Y]", "class Late { static int Y; static readonly byte[] X = new byte[Y]; }" },
        { "SYSC021", "Allocating an array needs", "[Y()]", "class Late { static readonly int[] X = [Y()]; static int Y() => 1; }" },
        { "SYSC021", "Comparing 'RG<string>' needs", "a.IndexOf(new RG<string>(\"a\"))", "record struct RG<T>(T V); class Late { static int F(ReadOnlySpan<RG<string>> a) => a.IndexOf(new RG<string>(\"a\")); }" },
        { "SYSC021", "Comparing 'RG<string>' needs", "a == b", "record struct RG<T>(T V); record struct Q(RG<string> V); class Late { static bool F(Q a, Q b) => a == b; }" },
        { "SYSC021", "The hash of 'RG<string>' needs", "a.GetHashCode()", "record struct RG<T>(T V); record struct Q(RG<string> V); class Late { static int F(Q a) => a.GetHashCode(); }" },
        { "SYSC021", "The hash of '(string, int)' needs", "a.GetHashCode()", "class Late { static int F(((string, int), int) a) => a.GetHashCode(); }" },
        { "SYSC021", "Comparing '(string, byte)' needs", "a == b", "record struct Q((int, (string, byte)) V); class Late { static bool F(Q a, Q b) => a == b; }" },
        { "SYSC021", "An array of the record struct 'R', whose ToString the compiler writes, needs", "{ new(3) }", "record struct R(int Q); class Late { static R[] X = { new(3) }; }" },
        { "SYSC021", "Allocating 'Late' needs", "new Late()", "class Late { static readonly Late X = new Late(); }" },
        { "SYSC021", "Allocating an array needs", "new int[2]", "class Late { static readonly int[] X; static Late() { X = new int[2]; } }" },
        { "SYSC023", "because the initial value of 'Y' is computed when", "{ 1, 2 }", "class Late { static readonly byte[] X = { 1, 2 }; static int Y = Z(); static int Z() => 1; }" },
        { "SYSC023", "because the static constructor of 'Late' runs when", "new int[4]", "class Late { static readonly int[] X = new int[4]; static Late() { } }" },
        { "SYSC023", "because the initial value of 'Y' is computed when", "[1, 2]", "unsafe class Late { static readonly int[] X = [1, 2]; static byte* Y = (byte*)1; }" },
        { "SYSC021", "Boxing 'Late' needs", "base.GetHashCode()", "struct Late { public override int GetHashCode() => base.GetHashCode(); }" },
        { "SYSC021", "Boxing 'Late' needs", "base.Equals(o)", "struct Late { public override bool Equals(object? o) => base.Equals(o); public override int GetHashCode() => 1; }" },
        { "SYSC021", "'__arglist' needs", "__arglist", "class Late { static void F(__arglist) { var h = __arglist; } }" },
        { "SYSC020", "'List<int>' is not there", "new()", "class Late { static readonly List<int> X = new(); }" },
        { "SYSC020", "'List<int>' is not there", "List<int>", "struct Late { List<int>? X; }" },
        { "SYSC020", "'DayOfWeek' is not there", "DayOfWeek", "class Late { static DayOfWeek X = DayOfWeek.Friday; }" },
        { "SYSC020", "'List<int>' is not there", "List<int>", "class Late { static List<int>? X = null; }" },
        { "SYSC020", "'IAsyncDisposable' is not there", "IAsyncDisposable", "interface Late : IAsyncDisposable { }" },
        { "SYSC020", "'Func<int, int>' is not there", "Func<int, int>", "class Late { int F(Func<int, int> f) => 1; }" },
    };

    [Theory]
    [MemberData(nameof(Declarations))]
    public Task A_declaration_that_needs_the_runtime_is_named(string id, string message, string squiggled, string declaration)
        => AssertOne(id, message, squiggled, Usings + Site + declaration);

    [Theory]
    [InlineData("Span<byte> b = stackalloc byte[16]; b.Fill(1); b[1..3].CopyTo(b); _ = b.Slice(2).Length; foreach (byte x in b) { _ = x; }")]
    [InlineData("Span<int> b = stackalloc int[] { 1, 2, 3 }; b[^1] = 2; int n = b.Length; b = b[n..];")]
    [InlineData("ReadOnlySpan<byte> r = \"GET \"u8; _ = r.SequenceEqual(\"PUT \"u8 + \"x\"u8) || r.StartsWith(\"G\"u8) || r is [1, 2, .. var rest];")]
    [InlineData("ReadOnlySpan<byte> r = new byte[] { 1, 2 }; r = [1, 2]; ReadOnlySpan<int> i = new[] { 1, 2 }; i = [1, 2]; i = []; r = new ReadOnlySpan<byte>(new byte[] { 1 });")]
    [InlineData("int n = args.Length; Span<int> s = [n, n + 1]; _ = s.Length;")]
    [InlineData("unsafe { delegate*<void> f = &Helper.Method; f(); byte* p = stackalloc byte[4]; *(uint*)p = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(1u); }")]
    [InlineData("unsafe { int x = 1; void* p = System.Runtime.CompilerServices.Unsafe.AsPointer(ref x); fixed (byte* b = \"x\"u8) { } _ = sizeof(Pair) + sizeof(nint); }")]
    [InlineData("Pair p = new Pair { A = 1 }; p = p with { B = 2 }; p.Deconstruct(out int a, out int b); (a, b) = (b, a); int? m = a; if (m is { } v && m.HasValue) { a = v; }")]
    [InlineData("_ = Generic.Twice<Helper>(1); _ = Math.Max(1, 2); _ = int.MaxValue; _ = (int)DayOfWeek.Monday;")]
    [InlineData("const string A = \"a\"; const string B = A + \"b\" + nameof(List<int>); int n = B.Length; char c = B[0]; Local(n); void Local(int k) { n += k; }")]
    [InlineData("try { Helper.Method(); } finally { Helper.Method(); } using var d = new Disposable(); int n = args.Length switch { 1 => 2, _ => 3 };")]
    [InlineData("(int A, int B) t = (1, 2); _ = t.A; foreach (string arg in args) { foreach (char c in arg) { _ = c; } }")]
    [InlineData("object o = args; _ = o is string s || o is object || args is [\"a\", ..] || o is 5 or > 7 || o is int i || o is null || o is \"a\" || o is Plain { X: 1 } p; switch (o) { case 'a': case Plain: return; } args[0] = \"b\"; object? first = args[0];")]
    [InlineData("Pair p = default; _ = p == new Pair(1, 2) || p.Equals(p) || p.GetHashCode() == 1; Holder<(string, int?, ConsoleColor)> h = default; _ = h != h; _ = h.GetHashCode(); _ = (1, 2).Equals((1, 2));")]
    [InlineData("Holder<Plain> h = default; h = h with { Value = default }; Own o = default; _ = o == o; _ = o.GetHashCode(); _ = o.ToString(); _ = EqualityComparer<int?>.Default.Equals(1, 2);")]
    [InlineData("Callback? c = null; _ = c == null || null != c || c is null; Events.Own += null; Events.Own -= null; RecordOfThing? r = null; _ = r is null; OwnRecord? o = null; _ = o == null || o.Equals(o);")]
    [InlineData("Generic.End(new Disposable()); Generic.Mark<Marked>(); _ = Generic.Compare(1, 2); _ = Generic.Twice<Helper>(2); _ = Generic.SizeOf(default(Box)); _ = new Ender<Disposable>(default).Twice(); int? m = 5; ConsoleColor? k = m is 5 ? ConsoleColor.Red : null; _ = m.GetHashCode() + k.GetHashCode();")]
    [InlineData("int n = 5; int? m = n; _ = n is 5 || m is 5 || m is > 3 || 'c' is 'd' || L(5); static bool L<T>(T t) where T : struct => t is 5; foreach (int i in (ReadOnlySpan<int>)[1, 2]) { _ = i; } Span<int> s = (Span<int>)[n]; _ = Late.X[1];")]
    [InlineData("string s = \"text\"; if (s is null || s == null || s == \"other\" || s is \"third\") { return; } Helper.Text(s, \"more\");")]
    public async Task Of_code_that_needs_no_runtime_nothing_is_said(string code)
    {
        GeneratorRun run = GeneratorRun.Of(Program(code), OutputKind.ConsoleApplication, ("SyscallServerHost", "Freestanding"));
        Assert.Empty(run.After.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Empty(await run.AnalyzeAsync());
    }

    [Fact]
    public async Task Of_the_program_that_uses_all_of_our_vectors_nothing_is_said()
    {
        const string OtherPart = """
            internal static unsafe partial class Checks
            {
                private static ulong Random() => 1;
                private static Span<byte> Random(Span<byte> bytes) => bytes;
                private static void Add(ReadOnlySpan<byte> bytes) { }
                private static void Add(ulong a, ulong b, ulong c, ulong d) { }
                private static void Add(bool a, bool b, bool c, bool d) { }
            }

            [SyscallServer.TcpServer] [SyscallServer.RawResponse("x")] static partial class Site;
            """;
        GeneratorRun run = GeneratorRun.Of(await File.ReadAllTextAsync(Repository.Path("tests", "Servers", "SystemRuntime", "Checks.Vectors.cs")) + OtherPart);
        Assert.Empty(run.After.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Empty(await run.AnalyzeAsync());
    }

    [Fact]
    public async Task Several_uses_are_each_named_once()
    {
        GeneratorRun run = GeneratorRun.Of(
            Program("Console.WriteLine($\"{args.Length} arguments\"); Task.Run(() => Console.Beep()); int[] a = new int[] { 1 };"), OutputKind.ConsoleApplication, ("SyscallServerHost", "Freestanding"));
        Assert.Equal(
            ["SYSC020 Console.WriteLine", "SYSC021 $\"{args.Length} arguments\"", "SYSC020 Task.Run", "SYSC020 Console.Beep", "SYSC021 new int[] { 1 }"],
            (await run.AnalyzeAsync()).Select(found => $"{found.Diagnostic.Id} {found.Squiggled}"));
    }

    [Fact]
    public async Task Both_ways_out_are_named()
    {
        const string WayOut = "set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file";
        GeneratorRun run = GeneratorRun.Of(Program("Console.Beep(); _ = new Thing();"), OutputKind.ConsoleApplication, ("SyscallServerHost", "Freestanding"));
        Assert.Equal(
            ["'Console.Beep' is not there without the .NET runtime: write it otherwise, or " + WayOut, "Allocating 'Thing' needs the .NET runtime: use a struct instead of the class 'Thing', or " + WayOut],
            (await run.AnalyzeAsync()).Select(found => found.Diagnostic.GetMessage(null)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NativeAot")]
    [InlineData("nativeaot")]
    public async Task A_project_with_its_own_Main_may_use_all_of_net(string host)
        => Assert.Empty(await GeneratorRun.Of(Program("Console.WriteLine(new Thing());"), OutputKind.ConsoleApplication, ("SyscallServerHost", host)).AnalyzeAsync());

    [Theory]
    [InlineData("Freestanding")]
    [InlineData(" freestanding\n")]
    public async Task The_host_can_be_forced(string host)
        => Assert.Single(await GeneratorRun.Of(Program("Console.Beep();"), OutputKind.ConsoleApplication, ("SyscallServerHost", host)).AnalyzeAsync());

    [Fact]
    public async Task A_server_with_the_generated_Main_is_freestanding()
    {
        const string Source = Usings + Site + "static class Other { static void F() => Console.Beep(); }";
        Assert.Equal("Console.Beep", Assert.Single(await GeneratorRun.Of(Source).AnalyzeAsync()).Squiggled);
        Assert.Empty(await GeneratorRun.Of(Source, OutputKind.ConsoleApplication, ("SyscallServerHost", "NativeAot")).AnalyzeAsync());
        Assert.Empty(await GeneratorRun.Of(Source, OutputKind.DynamicallyLinkedLibrary).AnalyzeAsync());
    }

    [Fact]
    public async Task A_project_without_a_server_is_left_alone()
        => Assert.Empty(await GeneratorRun.Of("System.Console.Beep();", OutputKind.ConsoleApplication, ("SyscallServerHost", "Freestanding")).AnalyzeAsync());

    [Fact]
    public async Task A_host_that_there_is_not_is_named()
    {
        (Diagnostic diagnostic, string squiggled) = Assert.Single(
            await GeneratorRun.Of(Program("Console.Beep();"), OutputKind.ConsoleApplication, ("SyscallServerHost", "Native")).AnalyzeAsync());
        Assert.Equal("SYSC022", diagnostic.Id);
        Assert.Equal("", squiggled);
        Assert.Contains("'Native' is not a host: write Freestanding or NativeAot", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_and_generated_code_are_not_analysed()
    {
        const string Source = Usings + Site +
            "[AttributeUsage(AttributeTargets.All)] sealed class NoteAttribute(string text, params Type[] types) : Attribute { public string Text => text; public int Count = types.Length; }\n" +
            "[Note(\"a\" + nameof(List<int>), typeof(List<int>), typeof(Console))] static class Other { [System.ComponentModel.Description] static void F([Note(\"x\")] int a = 1) { } }";
        Assert.Empty(await GeneratorRun.Of(Source).AnalyzeAsync());
    }

    private static async Task AssertOne(string id, string message, string squiggled, string source)
    {
        GeneratorRun run = GeneratorRun.Of(source, OutputKind.ConsoleApplication, ("SyscallServerHost", "Freestanding"));
        IReadOnlyList<(Diagnostic Diagnostic, string Squiggled)> all = await run.AnalyzeAsync();
        Assert.True(all.Count == 1, $"{all.Count}: " + string.Join("\n", all.Select(found => $"{found.Squiggled}: {found.Diagnostic}")));
        Assert.Equal(id, all[0].Diagnostic.Id);
        Assert.Contains(message, all[0].Diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(squiggled, all[0].Squiggled);
    }

    /// <summary>A project with a Main of its own, in which the code stands.</summary>
    private static string Program(string code) => Usings + Site + """
        static class Program { static void Main(string[] args) { CODE } }
        class Thing { }
        record RecordOfThing { public int X; }
        record struct Pair(int A, int B);
        struct Plain { public int X; }
        record struct Holder<T>(T Value);
        record struct Own(Plain Value) { public bool Equals(Own other) => true; public override int GetHashCode() => 1; public override string ToString() => ""; }
        interface IThing { }
        interface INumber { static abstract int Value { get; } }
        delegate void Callback();
        struct Disposable : IDisposable { public void Dispose() { } }
        struct Helper : IThing, INumber
        {
            public static int Value => 1;
            public static byte Number;
            public static void Method() { }
            public static void Text(string a, string b) { }
            public static void Params(params int[] numbers) { }
            public static void Call(Callback callback) { }
        }
        static class Generic
        {
            public static int Twice<T>(int n) where T : struct, INumber => 2 * T.Value * n;
            public static void End<T>(T t) where T : IDisposable => t.Dispose();
            public static void Mark<T>() where T : IThing { }
            public static int Compare<T>(T a, T b) where T : IComparable<T> => a.CompareTo(b);
            public static void Any(__arglist) { }
            public static int SizeOf<T>(T shape) where T : IShape => shape.Size(1) + shape.Area();
        }
        interface IShape { int Size<T>(T unit) where T : unmanaged => 1; int Area() => 2; }
        struct Line : IShape { public int Area() => 3; }
        struct Box : IShape { public int Size<T>(T unit) where T : unmanaged => 2; }
        abstract class Disposer : IDisposable { public abstract void Dispose(); }
        abstract class Marked : IThing { }
        struct Ender<T>(T t) where T : IDisposable { public static void Begin() { } public int Twice() => Once() + Once(); private int Once() { t.Dispose(); return 1; } }
        static class Events { public static event Callback? Field; public static event Callback? Own { add { } remove { } } }
        sealed record OwnRecord { public bool Equals(OwnRecord? other) => true; public override int GetHashCode() => 1; }
        static class Late { public static readonly int[] X = (int[])[1, 2]; }
        abstract class Sequence { public abstract Walk GetEnumerator(); public abstract class Walk { public abstract bool MoveNext(); public int Current => 1; } }
        """.Replace("CODE", code, StringComparison.Ordinal);
}
