using System.Runtime.CompilerServices;

namespace System.Threading;

/// <summary>What several processes count in memory that they share. The AOT compiler puts the instruction of the processor in the place of the call.</summary>
public static class Interlocked
{
    /// <summary>Adds to a number, as one step that no other comes between.</summary>
    /// <returns>The sum.</returns>
    public static long Add(ref long location1, long value) => ExchangeAdd(ref location1, value) + value;

    /// <summary>The same, and returns what the number was. It has no code of its own: the compiler knows it by its name.</summary>
    [Intrinsic]
    private static long ExchangeAdd(ref long location1, long value) => ExchangeAdd(ref location1, value);
}
