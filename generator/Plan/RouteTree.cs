using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Plan;

/// <summary>
/// How to find one of many byte strings. A node either finds it or goes on with what comes after the node; no load of a
/// node reaches beyond the bytes whose presence it, or a node around it, has made sure of.
/// </summary>
internal abstract record RouteTree
{
    /// <summary>It is this one.</summary>
    internal sealed record Found(int Index) : RouteTree;

    /// <summary>Goes on where all words are there.</summary>
    internal sealed record Compare(EquatableArray<Word> Words, RouteTree Then) : RouteTree;

    /// <summary>Goes on with the case whose value the word has.</summary>
    internal sealed record Choose(int Offset, int Width, EquatableArray<Case> Cases) : RouteTree;

    /// <summary>Goes on with the case for the length.</summary>
    internal sealed record ChooseLength(EquatableArray<LengthCase> Cases) : RouteTree;

    /// <summary>Goes on where the string has the form of a template: each NUL in it stands for a segment.</summary>
    internal sealed record Template(EquatableArray<byte> Text, RouteTree Then) : RouteTree;

    /// <summary>Goes on where there are so many bytes.</summary>
    internal sealed record AtLeast(int Length, RouteTree Then) : RouteTree;

    /// <summary>One after the other.</summary>
    internal sealed record Sequence(EquatableArray<RouteTree> Nodes) : RouteTree;

    /// <summary>A word in the bytes, little-endian.</summary>
    /// <param name="Offset">Where it begins.</param>
    /// <param name="Width">1, 2, 4 or 8 bytes.</param>
    /// <param name="Value">What is to stand there.</param>
    internal sealed record Word(int Offset, int Width, ulong Value);

    /// <summary>A case of <see cref="Choose"/>.</summary>
    internal sealed record Case(ulong Value, RouteTree Then);

    /// <summary>A case of <see cref="ChooseLength"/>.</summary>
    internal sealed record LengthCase(int Length, RouteTree Then);
}
