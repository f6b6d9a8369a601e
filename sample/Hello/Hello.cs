using SyscallServer;

[TcpServer(Port = 8080)]
[RawResponse("HTTP/1.0 200 OK FROM TCP SERVER\r\n\r\n")]
static partial class Hello;
