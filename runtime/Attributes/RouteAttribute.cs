using System;
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>
/// Answers a path with the value of the member it stands on: a <c>const string</c>, or a static property of type
/// <c>ReadOnlySpan&lt;byte&gt;</c> whose value is a constant. On a method it is what <see cref="GetAttribute"/> and its like are (<see cref="HandlerAttribute"/>), with the method as a text.
/// </summary>
/// <remarks>
/// <para>
/// Such a property is <c>=> "..."u8</c> (raw literals and <c>+</c> between literals too), which is text, or <c>=> [1, 2, 3]</c> or <c>=> new byte[] { 1, 2, 3 }</c>,
/// which are bytes. At most <see cref="StaticResponseAttribute.MaxLength"/> bytes.
/// </para>
/// <para>
/// The member belongs to a class with <see cref="TcpServerAttribute"/>, and may have several of these attributes. Its name and accessibility do not matter.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer]
/// static partial class Site
/// {
///     [Route("/"), Route("/index.html", ContentType = "text/html")]
///     private const string Index = "&lt;!doctype html>&lt;title>Hello&lt;/title>";
///
///     [Route("/style.css", CacheControl = "max-age=86400")]
///     private static ReadOnlySpan&lt;byte> Style => "body { margin: auto }"u8;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class RouteAttribute : RoutedContentAttribute
{
    /// <summary>Answers a path.</summary>
    /// <param name="path">See <see cref="RoutedContentAttribute.Path"/>.</param>
    public RouteAttribute(string path)
        : base(path)
    {
    }
    /// <summary>Answers a method of a path.</summary>
    /// <param name="method">See <see cref="RoutedContentAttribute.Method"/>.</param>
    /// <param name="path">See <see cref="RoutedContentAttribute.Path"/>; on a method <see cref="HandlerAttribute.Path"/>.</param>
    public RouteAttribute(string method, string path)
        : base(path)
    {
        Method = method;
    }

    /// <summary>On a method: see <see cref="HandlerAttribute.MaxBodyBytes"/>.</summary>
    public int MaxBodyBytes { get; set; } = Limits.HandlerBodyBytes.Default;

    /// <summary>On a method: see <see cref="HandlerAttribute.MaxResponseBytes"/>.</summary>
    public int MaxResponseBytes { get; set; } = Limits.HandlerResponseBytes.Default;
}
