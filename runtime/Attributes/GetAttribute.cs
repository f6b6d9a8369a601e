namespace SyscallServer;

/// <summary>Has the method it stands on answer GET (RFC 9110, section 9.3.1). It answers HEAD too. See <see cref="HandlerAttribute"/>.</summary>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// static partial class Site
/// {
///     [Get("/hello/{name}")]
///     static void Hello(in Request request, ref ResponseWriter response)
///     {
///         response.Write("Hello, "u8);
///         response.Write(request.Parameter("name"u8));
///         response.Write("!\n"u8);
///     }
/// }
/// </code>
/// </example>
public sealed class GetAttribute : HandlerAttribute
{
    /// <summary>Answers a path.</summary>
    /// <param name="path">See <see cref="HandlerAttribute.Path"/>.</param>
    public GetAttribute(string path)
        : base(path, maxBodyBytes: 0)
    {
    }
}
