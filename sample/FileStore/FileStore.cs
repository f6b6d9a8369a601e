using SyscallServer;

/// <summary>
/// The article's second server, which keeps what is posted to it and gives it back, without that server's faults: nothing outside of its folder can be read or written, a file may be
/// of any size and is never seen half written, and what goes wrong is said.
/// </summary>
/// <example>
/// <code>
/// cd sample/FileStore                                # where the folder "files" is
/// dotnet run                                         # with --access-log, a line for each response
/// curl --data-binary @x localhost:8080/notes/a
/// curl localhost:8080/notes/a
/// </code>
/// </example>
[TcpServer(Port = 8080, Address = "127.0.0.1", AccessLog = AccessLogMode.Optional)]
[Files("/", "files")]
[Upload("/", "files")]
static partial class FileStore;
