extern alias Runtime;

using System;
using System.Text;
using Runtime::SyscallServer.Internal.Http;

namespace SyscallServer.Tests.Http;

using Request = Runtime::SyscallServer.Internal.Http.RequestHead;

/// <summary>Reads one request from bytes, as a connection does: empty lines, head, body.</summary>
internal static unsafe class Reading
{
    internal const int MaxTargetBytes = 8000;
    internal const int MaxHeaderBytes = 16384;
    internal const int MaxBodyBytes = 1 << 20;

    /// <summary>Memory for the longest case.</summary>
    internal static GuardedBuffer NewBuffer() => new(256 * 1024);

    /// <summary>The bytes of the request; 0 where it is not complete; a negative status.</summary>
    internal static int Read(byte* input, int length)
    {
        int before = 0;
        while (length - before >= 2 && input[before] == '\r' && input[before + 1] == '\n')
        {
            before += 2;
        }

        if (length == before || length - before == 1 && input[before] == '\r')
        {
            return 0;
        }

        Request request;
        int head = RequestParser.Parse(input + before, length - before, MaxTargetBytes, MaxHeaderBytes, &request);
        if (head <= 0)
        {
            return head;
        }

        if (request.Method is HttpMethod.Unknown or HttpMethod.Connect)
        {
            return -501;
        }

        if (request.ContentLength > MaxBodyBytes)
        {
            return -413;
        }

        int consumed = before + head;
        if ((request.Flags & RequestFlags.Chunked) == 0)
        {
            return length - consumed >= (int)request.ContentLength ? consumed + (int)request.ContentLength : 0;
        }

        ChunkedBody body = default;
        while (consumed < length)
        {
            int count = body.Read(input + consumed, length - consumed, MaxBodyBytes, MaxHeaderBytes);
            if (count < 0)
            {
                return count;
            }

            consumed += count;
            if (body.IsComplete)
            {
                return consumed;
            }
        }

        return 0;
    }

    /// <summary>The head of a request as text: what the tests of good requests compare.</summary>
    internal static string Head(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        using GuardedBuffer buffer = NewBuffer();
        byte* input = buffer.AtEnd(bytes);
        Request request;
        int head = RequestParser.Parse(input, bytes.Length, MaxTargetBytes, MaxHeaderBytes, &request);
        return head <= 0 ? $"{head}" : Describe(&request) + (head == bytes.Length ? "" : $" and {bytes.Length - head} bytes");
    }

    private static string Describe(Request* request)
    {
        var text = new StringBuilder();
        text.Append(request->Method.ToString().ToUpperInvariant()).Append(' ').Append(Latin1(request->Path, request->PathLength));
        if (request->Query != null)
        {
            text.Append(" query ").Append(Latin1(request->Query, request->QueryLength));
        }

        text.Append(" host ").Append(request->Host == null ? "none" : Latin1(request->Host, request->HostLength));
        if (request->ContentLength != 0)
        {
            text.Append(" length ").Append(request->ContentLength);
        }

        if (request->Flags != RequestFlags.None)
        {
            text.Append(" (").Append(request->Flags).Append(')');
        }

        return text.ToString();
    }

    internal static string Latin1(byte* text, int length) => Encoding.Latin1.GetString(new ReadOnlySpan<byte>(text, length));
}
