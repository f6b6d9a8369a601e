using System;

namespace SyscallServer;

/// <summary>The page for a path that no route has: short for <c>[ErrorPage(404, body)]</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NotFoundAttribute : ContentAttribute
{
    /// <summary>A page of text.</summary>
    /// <param name="body">At most <see cref="StaticResponseAttribute.MaxLength"/> bytes; no lone surrogates.</param>
    public NotFoundAttribute(string body) => Body = body;

    /// <summary>A page of bytes.</summary>
    /// <param name="body">At most <see cref="StaticResponseAttribute.MaxLength"/> bytes.</param>
    public NotFoundAttribute(byte[] body) => Bytes = body;

    /// <summary>The page where it was given as text, otherwise null.</summary>
    public string? Body { get; }

    /// <summary>The page where it was given as bytes, otherwise null.</summary>
    public byte[]? Bytes { get; }
}
