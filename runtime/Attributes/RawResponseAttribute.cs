using System;
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>
/// Every connection gets exactly these bytes, whatever it sends: the server reads once, writes them, and closes. No HTTP
/// is spoken beyond what the bytes say themselves.
/// </summary>
/// <remarks>
/// A client that sends nothing but ends its side (<c>nc host 8080 &lt; /dev/null</c>) is answered too. Nothing is added to
/// the bytes, and at most <see cref="MaxLength"/> are allowed.
/// </remarks>
// Several are allowed to the compiler, so that the analyzer can say what is wrong with them.
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RawResponseAttribute : Attribute
{
    /// <summary>
    /// The longest response, in bytes: 1 MiB. It lies in the executable, and the compiler's time grows with it.
    /// </summary>
    public const int MaxLength = Limits.ContentBytes;

    /// <summary>The response as text, sent as UTF-8 without a byte order mark.</summary>
    /// <param name="response">At most <see cref="MaxLength"/> bytes in UTF-8; no lone surrogates.</param>
    public RawResponseAttribute(string response) => Response = response;

    /// <summary>The response as bytes, for what is no text.</summary>
    /// <param name="response">At most <see cref="MaxLength"/> bytes.</param>
    public RawResponseAttribute(byte[] response) => Bytes = response;

    /// <summary>The response where it was given as text, otherwise null.</summary>
    public string? Response { get; }

    /// <summary>The response where it was given as bytes, otherwise null.</summary>
    public byte[]? Bytes { get; }
}
