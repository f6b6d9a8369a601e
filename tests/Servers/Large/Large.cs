using SyscallServer;

// A response that no socket buffer takes at once, and a Main of the program's own.
return Large.Run(args);

[TcpServer(Port = 0, Address = "127.0.0.1", WriteTimeoutSeconds = 5)]
[RawResponse(Text.SixteenTimes)]
static partial class Large;

static class Text
{
    public const string Line = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n";
    public const string Kilobyte = Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line;
    public const string Sixteen = Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte + Kilobyte;
    public const string More = Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen;
    public const string SixteenTimes = More + More + More + More;
}
