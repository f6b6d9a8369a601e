using System;
using SyscallServer;

// Every feature of handlers. HandlersPrefork and HandlersLoop are the same with other engines.
[TcpServer(
    Port = 0,
    Address = "127.0.0.1",
    ReadTimeoutSeconds = 5,
    IdleTimeoutSeconds = 3600, // longer than any test
    GracePeriodSeconds = 3600,
    MaxBodyBytes = 1000
#if EVENT_LOOP
    , Concurrency = Concurrency.EventLoop, Workers = 1
#elif PREFORK
    , Concurrency = Concurrency.Prefork, Workers = 2
#endif
    )]
[StaticResponse("/planned", "planned\n")]
[StaticResponse("/planned", "planned, after a body\n", Method = "POST")]
[ErrorPage(500, "This server is at a loss.\n")]

// Files with encoded neighbours, for FileTests: the server with all else that there is of files has uploads to the same folder.
[Files("/encoded/", ".")]
[Metrics("/metrics")]
[Redirect("/moved/*", "/star/*", Status = 308)]
static partial class Handlers
{
    private const int Kibibyte = 1024;

    [Route("GET", "/echo"), Post("/echo", MaxBodyBytes = 100 * Kibibyte, MaxResponseBytes = 100 * Kibibyte), Put("/echo"), Delete("/echo"), Patch("/echo")]
    static void Echo(in Request request, ref ResponseWriter response)
    {
        response.ContentType = request.ContentType;
        response.Write(request.Body);
    }

    [Get("/request/{a}/{b}", MaxBodyBytes = 10)]
    [Get("/star/*")]
    static void Describe(in Request request, ref ResponseWriter response)
    {
        Span<byte> value = stackalloc byte[20];
        Line(ref response, "path"u8, request.Path);
        Line(ref response, "query"u8, request.Query);
        Line(ref response, "host"u8, request.Host);
        Line(ref response, "a"u8, request.Parameter("a"u8));
        Line(ref response, "b"u8, request.Parameter("b"u8));
        Line(ref response, "rest"u8, request.Rest);
        Line(ref response, "segment"u8, request.Segment(1));
        Line(ref response, "agent"u8, request.Header("User-Agent"u8));
        Line(ref response, "second"u8, request.Header("x-twice"u8, 1));
        Line(ref response, "body"u8, request.Body);
        response.Write(request.TryGetQuery("q"u8, value, out int length) ? "q there: "u8 : "q not there: "u8);
        response.Write(value[..length]);
    }

    private static void Line(ref ResponseWriter response, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        response.Write(name);
        response.Write('=');
        response.Write(value);
        response.Write('\n');
    }

    [Get("/made")]
    static void Made(in Request request, ref ResponseWriter response)
    {
        response.Status = 201;
        response.AddHeader("Location"u8, "/made/7"u8);
        response.Write("\u00FC\u20AC\U0001F600 ");
        response.Write(-42);
        response.Write(' ');
        response.WriteHex(0xBEEF, 8);
    }

    [Get("/nothing")]
    static void Nothing(in Request request, ref ResponseWriter response) => response.Status = 204;

    [Get("/long", MaxResponseBytes = 10)]
    static void Long(in Request request, ref ResponseWriter response) => response.Write("more than ten bytes"u8);

    [Get("/split")]
    static void Split(in Request request, ref ResponseWriter response) => response.AddHeader("X"u8, "a\r\nSet-Cookie: b"u8);

    [Get("/time")]
    static void Time(in Request request, ref ResponseWriter response) => response.Write(request.UnixTimeMilliseconds);

    [Get("/client")]
    static void Client(in Request request, ref ResponseWriter response) => response.Write(request.ClientAddress);

    [Get("/log")]
    static void Log(in Request request, ref ResponseWriter response)
    {
        request.Log(request.Header("X-Line"u8));
        request.Log("caf\u00E9 \"1\"\r\n\t\\\u007F"u8);
    }

    /// <summary>1 over the length of the body: a fault of the processor where that is 0.</summary>
    [Post("/divide")]
    static void Divide(in Request request, ref ResponseWriter response) => response.Write(1 / request.Body.Length);

#if EVENT_LOOP
    private static int _count = 10;

    [Post("/count")]
    static void Count(in Request request, ref ResponseWriter response) => response.Write(++_count);
#endif

#if RUNTIME
    [Get("/throw")]
    static void Throw(in Request request, ref ResponseWriter response) => throw new InvalidOperationException("out of\norder");
#endif

    [Get("/null")]
    static void Null(in Request request, ref ResponseWriter response) => response.Write(Missing!.Length);

    private static string? Missing => null;
}
