using System;
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>Answers a path with a body that is part of the program.</summary>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [StaticResponse("/", "&lt;h1>Hello&lt;/h1>", ContentType = "text/html", CacheControl = "max-age=60")]
/// [StaticResponse("/healthz", "ok", Headers = ["X-Content-Type-Options: nosniff"])]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StaticResponseAttribute : RoutedContentAttribute
{
    /// <summary>The longest body, in bytes: 1 MiB. It lies in the executable, and the compiler's time grows with it.</summary>
    public const int MaxLength = Limits.ContentBytes;

    /// <summary>A body of text, sent in <see cref="ContentAttribute.Charset"/> without a byte order mark.</summary>
    /// <param name="path">See <see cref="RoutedContentAttribute.Path"/>.</param>
    /// <param name="body">At most <see cref="MaxLength"/> bytes; no lone surrogates.</param>
    public StaticResponseAttribute(string path, string body)
        : base(path) => Body = body;

    /// <summary>A body of bytes, for what is no text.</summary>
    /// <param name="path">See <see cref="RoutedContentAttribute.Path"/>.</param>
    /// <param name="body">At most <see cref="MaxLength"/> bytes.</param>
    public StaticResponseAttribute(string path, byte[] body)
        : base(path) => Bytes = body;

    /// <summary>The body where it was given as text, otherwise null.</summary>
    public string? Body { get; }

    /// <summary>The body where it was given as bytes, otherwise null.</summary>
    public byte[]? Bytes { get; }
}
