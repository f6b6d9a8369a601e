using SyscallServer;

/// <summary>Methods that answer: they read spans of the request, and write bytes.</summary>
[TcpServer(Port = 8080, Concurrency = Concurrency.Fork)]
[HealthCheck("/healthz")]
static partial class Server
{
    /// <summary>curl localhost:8080/hello/Ada</summary>
    [Get("/hello/{name}")]
    static void Hello(in Request request, ref ResponseWriter response)
    {
        response.Write("Hello, "u8);
        response.Write(request.Parameter("name"u8));
        response.Write("!\n"u8);
    }

    /// <summary>curl localhost:8080/time</summary>
    [Get("/time")]
    static void Time(in Request request, ref ResponseWriter response)
    {
        response.ContentType = "application/json"u8;
        response.AddHeader("Cache-Control"u8, "no-store"u8);
        response.Write("{\"seconds\":"u8);
        response.Write(request.UnixTimeMilliseconds / 1000);
        response.Write("}\n"u8);
    }

    /// <summary>curl --data-binary @file localhost:8080/echo</summary>
    [Post("/echo", MaxBodyBytes = 65536, MaxResponseBytes = 65536)]
    static void Echo(in Request request, ref ResponseWriter response)
    {
        response.ContentType = request.ContentType;
        response.Write(request.Body);
    }
}
