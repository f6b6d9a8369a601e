using System;
using System.Collections.Generic;
using System.Reflection;
using System.Text;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Models;
using SyscallServer.Tests.Http;
using SyscallServer.Tests.Support;

namespace SyscallServer.Tests.Handlers;

/// <summary>A server whose responses are made by handlers, written by the generator when these tests are built; and what it answers, bytes for bytes.</summary>
[TcpServer(DateHeader = false, ServerHeader = "tests", MaxBodyBytes = 300)]
[StaticResponse("/planned", "planned")]
[StaticResponse("/users/me", "me")]
[StaticResponse("/*", "anything else")]
[ErrorPage(500, "at a loss")]
internal static partial class HandlerSite
{
    internal const int LongestEcho = 200;

    [Get("/hello")]
    private static void Hello(in SyscallServer.Request request, ref ResponseWriter response) => response.Write("hello"u8);

    [Get("/echo"), Post("/echo", MaxBodyBytes = LongestEcho), Put("/echo"), Delete("/echo", MaxBodyBytes = 1), Patch("/echo")]
    [Route("PUT", "/routed", MaxBodyBytes = 10, MaxResponseBytes = 10)]
    private static void Echo(in SyscallServer.Request request, ref ResponseWriter response)
    {
        response.ContentType = request.ContentType;
        response.Write(request.Body);
    }

    [Get("/none"), Delete("/none"), Post("/none", MaxBodyBytes = 0)]
    private static void WithoutBody(in SyscallServer.Request request, ref ResponseWriter response) => response.Write("none"u8);

    [Get("/users/{id}"), Get("/users/{id}/posts/{post_2}"), Get("/{kind}/{id}"), Get("/users/{id}/posts/all"), Get("/star/*"), Post("/star/*", MaxBodyBytes = 100), Get("/%7Bid%7D/{x}/y")]
    private static void Describe(in SyscallServer.Request request, ref ResponseWriter response)
    {
        Add(ref response, "path"u8, request.Path);
        Add(ref response, "query"u8, request.Query);
        Add(ref response, "host"u8, request.Host);
        Add(ref response, "id"u8, request.Parameter("id"u8));
        Add(ref response, "kind"u8, request.Parameter("kind"u8));
        Add(ref response, "post"u8, request.Parameter("post_2"u8));
        Add(ref response, "x"u8, request.Parameter("x"u8));
        Add(ref response, "rest"u8, request.Rest);
        Add(ref response, "first"u8, request.Segment(0));
        Add(ref response, "second"u8, request.Segment(1));
        Add(ref response, "third"u8, request.Segment(2));
        Add(ref response, "test"u8, request.Header("X-Test"u8));
        Add(ref response, "again"u8, request.Header("x-test"u8, 1));
        Add(ref response, "body"u8, request.Body);
    }

    /// <summary>What there is, and nothing of what is empty.</summary>
    private static void Add(ref ResponseWriter response, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.Length > 0)
        {
            response.Write(response.Length > 0 ? " "u8 : default);
            response.Write(name);
            response.Write('=');
            response.Write(value);
        }
    }

    [Get("/status/{code}")]
    private static void OfStatus(in SyscallServer.Request request, ref ResponseWriter response)
    {
        _ = System.Buffers.Text.Utf8Parser.TryParse(request.Parameter("code"u8), out int status, out _);
        response.Status = status;
        response.Write("text"u8);
    }

    [Get("/fields")]
    private static void SomeFields(in SyscallServer.Request request, ref ResponseWriter response)
    {
        response.Write("before, "u8);
        response.AddHeader("X-A"u8, "1"u8);
        response.ContentType = "text/x-test"u8;
        response.AddHeader("X-B"u8, ""u8);
        response.Write("after"u8);
    }

    /// <summary>A field whose name and value come from the query, as nobody should write it.</summary>
    [Get("/field")]
    private static void AnyField(in SyscallServer.Request request, ref ResponseWriter response)
    {
        Span<byte> name = stackalloc byte[100];
        Span<byte> value = stackalloc byte[100];
        _ = request.TryGetQuery("n"u8, name, out int nameLength);
        _ = request.TryGetQuery("v"u8, value, out int valueLength);
        response.AddHeader(name[..nameLength], value[..valueLength]);
    }

    [Get("/type")]
    private static void AnyType(in SyscallServer.Request request, ref ResponseWriter response)
    {
        Span<byte> name = response.GetSpan();
        _ = request.TryGetQuery("t"u8, name, out int length);
        response.Advance(length);
        response.ContentType = "text/\r\nplain"u8;
    }

    /// <summary>As many lines as the query has bytes.</summary>
    [Get("/lines")]
    private static void Lines(in SyscallServer.Request request, ref ResponseWriter response)
    {
        for (int i = 0; i < request.Query.Length; i++)
        {
            response.AddHeader("Name"u8, "0123456789012345678901234567890123456789"u8);
        }
    }

    [Get("/fill", MaxResponseBytes = 20)]
    private static void Fill(in SyscallServer.Request request, ref ResponseWriter response)
    {
        response.Write(request.Query);
        response.Write(request.Query);
    }

    [Get("/cleared", MaxResponseBytes = 20)]
    private static void Cleared(in SyscallServer.Request request, ref ResponseWriter response)
    {
        response.Write("much more than twenty bytes"u8);
        response.Clear();
        response.Write("less"u8);
    }

    [Get("/refused", MaxResponseBytes = 20)]
    private static void Refused(in SyscallServer.Request request, ref ResponseWriter response)
    {
        response.AddHeader("X-Bad"u8, "a\r\nb"u8);
        response.Write("much more than twenty bytes"u8);
        response.Clear();
        response.Write("less"u8);
    }

    [Get("/advance")]
    private static void TooFar(in SyscallServer.Request request, ref ResponseWriter response) => response.Advance(response.GetSpan().Length + 1);

    [Post("/form", MaxBodyBytes = LongestEcho)]
    private static void OfForm(in SyscallServer.Request request, ref ResponseWriter response)
    {
        bool isThere = request.TryGetForm("name"u8, response.GetSpan(), out int length);
        response.Advance(length);
        response.Write(isThere ? "."u8 : "-"u8);
    }

    [Get("/time")]
    private static void Time(in SyscallServer.Request request, ref ResponseWriter response) => response.Write(request.UnixTimeMilliseconds);

    [Post("/log", MaxBodyBytes = 5000)]
    private static void Log(in SyscallServer.Request request, ref ResponseWriter response) => request.Log(request.Body);

    [Get("/method")]
    private static void OfMethod(in SyscallServer.Request request, ref ResponseWriter response) => response.AddHeader("X-Method"u8, request.Method == HttpMethod.Head ? "HEAD"u8 : "GET"u8);

    [Get("/throw")]
    private static void Throw(in SyscallServer.Request request, ref ResponseWriter response)
    {
        response.Write("some"u8);
        throw new InvalidOperationException("never\nmind");
    }

    // ---- how the tests talk to it ----

    private static readonly Type AppType = typeof(HandlerSite).Emitted().GetNestedType("App`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(MessageKernel));

    private static readonly Func<byte[], int[], (byte[], bool)> Exchange = typeof(HandlerExchange).GetMethod(nameof(HandlerExchange.With), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(AppType).CreateDelegate<Func<byte[], int[], (byte[], bool)>>();

    private static readonly Func<(int Engine, int Needed)> ExchangeSizes = typeof(HandlerSite).GetMethod(nameof(ExchangeSizesOf), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(AppType).CreateDelegate<Func<(int, int)>>();

    /// <summary>What the generator says that a connection needs, and what the engine does.</summary>
    internal static (int Planned, int Needed) ExchangeSize => ExchangeSizes();

    /// <summary>What the engine says that a child needs.</summary>
    internal static int MemorySize => (int)typeof(HttpChild).GetMethod(nameof(HttpChild.MemorySize))!.MakeGenericMethod(AppType).Invoke(null, null)!;

    /// <summary>Sends bytes, and returns what comes back.</summary>
    /// <param name="requests">The bytes.</param>
    /// <param name="pieces">Where they are taken apart on their way.</param>
    internal static string Answer(string requests, params int[] pieces) => Encoding.UTF8.GetString(Exchange(Encoding.UTF8.GetBytes(requests), pieces).Item1);

    /// <summary>Whether the connection is closed behind them.</summary>
    internal static bool Closes(string requests) => Exchange(Encoding.UTF8.GetBytes(requests), []).Item2;

    private static (int, int) ExchangeSizesOf<TApp>()
        where TApp : struct, IApp
        => (TApp.ExchangeSize, HandlerResponse.ExchangeSize(HttpConnection.InputCapacity<TApp>(), LongestEcho > 16384 ? LongestEcho : 16384));
}

/// <summary>An event loop with a handler that takes no body.</summary>
[TcpServer(Concurrency = Concurrency.EventLoop, CommandLineInterface = false)]
internal static partial class HandlerLoop
{
    [Get("/")]
    private static void Hello(in SyscallServer.Request request, ref ResponseWriter response) => response.Write("hello"u8);
}
