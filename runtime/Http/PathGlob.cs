using System;
using System.ComponentModel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>Patterns of the rules of a file: a NUL stands for one character or more up to the next separator, and U+0001 for any characters, or none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PathGlob
{
    /// <summary>Whether a request has a path of the pattern.</summary>
    public static bool HasPath(ReadOnlySpan<byte> pattern, RequestHead* request) => Matches(pattern, request->Path, request->PathLength, (byte)'/', 0);

    /// <summary>Whether a request is for a host of the pattern, which is in lower case.</summary>
    public static bool HasHost(ReadOnlySpan<byte> pattern, RequestHead* request)
    {
        int length = request->HostLength;
        if (length > 0 && request->Host[length - 1] == '.')
        {
            length--; // example.com. is example.com (RFC 1034, section 3.1)
        }

        return request->Host != null && Matches(pattern, request->Host, length, (byte)'.', 0x20);
    }

    /// <summary>
    /// Matches with at most one way back: where there is "anything" in a pattern, it takes as little as it can, and one character more where the rest does not follow. What stands for a segment takes all of it that it can, and
    /// gives back what the rest of the segment needs. Both are few in any pattern (the parser allows one "anything"), so a request costs no more than its length times that of the pattern.
    /// </summary>
    private static bool Matches(ReadOnlySpan<byte> pattern, byte* text, int length, byte separator, byte letterCase)
    {
        byte* next = CString.Of(pattern);
        byte* patternEnd = next + pattern.Length;
        byte* end = text + length;
        byte* anythingNext = null; // behind the last "anything", and how far it reaches
        byte* anythingText = null;
        byte* segmentNext = null; // behind the last segment, and how far it reaches
        byte* segmentText = null;
        while (next < patternEnd || text < end)
        {
            if (next < patternEnd && *next == 1)
            {
                anythingNext = ++next;
                anythingText = text;
                segmentNext = null;
            }
            else if (next < patternEnd && *next == 0 && text < end && *text != separator)
            {
                segmentNext = ++next;
                segmentText = ++text;
            }
            else if (next < patternEnd && text < end && (*text | letterCase) == (*next | letterCase) && *next > 1)
            {
                next++;
                text++;
            }
            else if (segmentNext != null && segmentText < end && *segmentText != separator)
            {
                next = segmentNext;
                text = ++segmentText;
            }
            else if (anythingNext != null && anythingText < end)
            {
                next = anythingNext;
                text = ++anythingText;
                segmentNext = null;
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
