using SyscallServer;

/// <summary>The same bytes for every TCP client, whatever it sends: nc localhost 8080</summary>
[TcpServer(Port = 8080)]
[RawResponse("Hello from a server without HTTP.\n")]
static partial class Server;
