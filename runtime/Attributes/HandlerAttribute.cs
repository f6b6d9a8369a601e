using System;
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>
/// Has the method it stands on answer requests, at run time. The method is static, in a class with <see cref="TcpServerAttribute"/>, and has this signature; its name and accessibility do not matter:
/// <c>static void Name(in Request request, ref ResponseWriter response)</c>.
/// </summary>
/// <remarks>
/// <para>
/// It is called when the request is complete, its body included, and the response is sent when it returns. While it runs, its process serves nobody else: with <see cref="Concurrency.Fork"/> and
/// <see cref="Concurrency.Prefork"/> it may wait, with <see cref="Concurrency.EventLoop"/> it should not.
/// </para>
/// <para>
/// In the freestanding host it has what our System.Runtime offers: spans, UTF-8 literals, numbers, structs; no heap, no strings, no exceptions. With the .NET runtime an exception gives 500 and a line on
/// standard error. There, processes that are forked have no garbage collector of their own threads, so a handler should not allocate unless there is no such process
/// (<see cref="Concurrency.EventLoop"/> with <see cref="TcpServerAttribute.Workers"/> = 1).
/// </para>
/// <para>What a handler changes in static variables is seen only by its own process, which with <see cref="Concurrency.Fork"/> is that of the connection.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public abstract class HandlerAttribute : Attribute
{
    private protected HandlerAttribute(string path, int maxBodyBytes)
    {
        Path = path;
        MaxBodyBytes = maxBodyBytes;
    }

    /// <summary>
    /// The path to answer: begins with a slash, without a query. <c>/docs/*</c> means every path that begins with <c>/docs/</c>, and what the star stands for is
    /// <see cref="Request.Rest"/>. <c>{name}</c> stands for one whole segment that is not empty, which is <see cref="Request.Parameter"/>: <c>/users/{id}/posts/{post}</c>.
    /// </summary>
    /// <remarks>
    /// Where several routes have a path, it is decided at the first place where they differ: a text goes before a parameter, and that before a star. So <c>/users/me</c> goes before <c>/users/{id}</c>, that
    /// before <c>/users/*</c>, and that before <c>/{kind}/{id}</c>. See also <see cref="RoutedContentAttribute.Path"/>.
    /// </remarks>
    public string Path { get; }

    /// <summary>The virtual host that the handler is for; see <see cref="RoutedContentAttribute.Host"/>. Default: every host.</summary>
    public string? Host { get; set; }

    /// <summary>
    /// The longest body of a request, in bytes: 0 to 1048576; a longer one gets 413 (Content Too Large). Default: 16384, for forms and documents of APIs; for GET and DELETE, which usually have none, 0.
    /// Each connection has memory for the longest of its server.
    /// </summary>
    public int MaxBodyBytes { get; set; }

    /// <summary>
    /// The longest body of a response, in bytes: 0 to 1048576; a longer one becomes a 500 (Internal Server Error). Default: 8192. Each process has memory for the longest of its server; with
    /// <see cref="Concurrency.EventLoop"/> also each client that does not take it at once.
    /// </summary>
    public int MaxResponseBytes { get; set; } = Limits.HandlerResponseBytes.Default;
}
