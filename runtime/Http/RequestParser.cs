namespace SyscallServer.Http;

/// <summary>
/// Reads the head of a request, strictly (RFC 9112), from a buffer. It begins with the request line: empty lines before it are the caller's to pass over.
/// </summary>
/// <remarks>
/// The contract: more than zero, the head is complete and has that many bytes; zero, it is good so far but not complete; less than zero,
/// it is bad and gets that status (<c>-400</c>). A judgement depends only on the bytes up to the place it is about, from left to right, and so never
/// on how they were split on their way.
/// </remarks>
public static unsafe class RequestParser
{
    /// <summary>Reads the head at the beginning of a buffer.</summary>
    /// <param name="buffer">The bytes. Of a complete head the path may be rewritten in place, where it has percent-encodings or dot segments.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="maxTargetBytes">The longest target; a longer one is bad (414).</param>
    /// <param name="maxHeaderBytes">The most bytes of all field lines; more are bad (431).</param>
    /// <param name="request">What is found. Of a head that is bad only the method is of use.</param>
    /// <returns>The bytes of the head, 0, or a negative status.</returns>
    public static int Parse(byte* buffer, int length, int maxTargetBytes, int maxHeaderBytes, Request* request) => throw null!;
}
