namespace SyscallServer.Internal.Features;

/// <summary>Why a handler's response cannot be sent, in the order of the messages about it.</summary>
internal enum ResponseMistake : byte
{
    /// <summary>It can.</summary>
    None,

    /// <summary>The body has no room.</summary>
    TooLong,

    /// <summary>A field is malformed, or not the handler's to write.</summary>
    BadField,

    /// <summary>The field lines have no room.</summary>
    FieldsTooLong,

    /// <summary>The status is none of a response.</summary>
    BadStatus,
}
