using SyscallServer;

// An event loop that has memory for fifteen bodies of 1 MiB at a time, each beside the longest head.
[TcpServer(Port = 0, Address = "127.0.0.1", Concurrency = Concurrency.EventLoop, Workers = 1, MaxConnections = 1024, MaxRequestMemoryBytes = 16 << 20, ReadTimeoutSeconds = 600, IdleTimeoutSeconds = 3600)]
static partial class Bodies
{
    [Post("/length", MaxBodyBytes = 1 << 20)]
    static void Length(in Request request, ref ResponseWriter response) => response.Write(request.Body.Length);
}
