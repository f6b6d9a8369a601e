using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Internal.Features;

/// <summary>What is noted of a response until its line is complete.</summary>
[StructLayout(LayoutKind.Sequential, Size = Layout.LoggedResponse)]
internal unsafe struct LoggedResponse
{
    /// <summary>Bytes of its body, of which a long one or a file lies behind the bytes of the output.</summary>
    internal long BodyLength;

    /// <summary>When the first byte of the request was there, in microseconds; 0 where that is not known. Only in a log with times.</summary>
    internal long Since;

    /// <summary>Where in the output the body begins.</summary>
    internal int BodyStart;

    /// <summary>Bytes of the line, with the room that it takes at most when it is complete.</summary>
    internal int Length;

    /// <summary>Where the number of bytes comes in the line.</summary>
    internal ushort Number;

    /// <summary>Where the text is that comes behind that.</summary>
    internal ushort Rest;

    /// <summary>Bytes of it.</summary>
    internal ushort RestLength;
}

/// <summary>Lines that are begun.</summary>
internal unsafe struct LoggedLines
{
    /// <summary>The first line; behind it are the others.</summary>
    internal byte* First;

    /// <summary>Behind what is noted of its response; before it is that of the others.</summary>
    internal LoggedResponse* Responses;

    /// <summary>How many they are.</summary>
    internal int Count;
}

/// <summary>What becomes of that part of an output that was not sent.</summary>
internal enum Sending
{
    /// <summary>It goes on to be sent.</summary>
    GoesOn,

    /// <summary>It goes on to be sent, but nobody will tell of it.</summary>
    IsUnknown,

    /// <summary>It will never be sent.</summary>
    IsOver,
}
