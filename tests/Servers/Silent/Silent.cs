using SyscallServer;

// The smallest server there is. It cannot be told another port, so it has an address of its own.
[TcpServer(Port = 8080, Address = "127.93.17.5", CommandLineInterface = false)]
[RawResponse("HTTP/1.0 200 OK FROM TCP SERVER\r\n\r\n")]
static partial class Silent;
