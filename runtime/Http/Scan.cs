namespace SyscallServer.Http;

/// <summary>
/// How far a request's bytes are of one kind: where nearly all of its bytes are looked at. Every scan begins at the first byte, reads nothing before it and
/// nothing from the end on, and stops at the first byte that is of another kind, or at the end.
/// </summary>
internal static unsafe class Scan
{
    /// <summary>Over <see cref="Characters.IsToken"/>.</summary>
    internal static byte* Token(byte* position, byte* end)
    {
        while (position < end && Characters.IsToken(*position))
        {
            position++;
        }

        return position;
    }

    /// <summary>Over <see cref="Characters.IsRegisteredName"/>.</summary>
    internal static byte* RegisteredName(byte* position, byte* end)
    {
        while (position < end && Characters.IsRegisteredName(*position))
        {
            position++;
        }

        return position;
    }

    /// <summary>Over <see cref="Characters.IsTarget"/>.</summary>
    internal static byte* Target(byte* position, byte* end)
    {
        while (position < end && Characters.IsTarget(*position))
        {
            position++;
        }

        return position;
    }

    /// <summary>Over <see cref="Characters.IsValue"/>.</summary>
    internal static byte* Value(byte* position, byte* end)
    {
        while (position < end && Characters.IsValue(*position))
        {
            position++;
        }

        return position;
    }

    /// <summary>Up to the first question mark.</summary>
    internal static byte* QuestionMark(byte* position, byte* end)
    {
        while (position < end && *position != '?')
        {
            position++;
        }

        return position;
    }
}
