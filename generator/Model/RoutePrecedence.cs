using System.Collections.Generic;

namespace SyscallServer.Generator.Model;

/// <summary>
/// Which of several routes answers a path that they all have: at the first place where they differ, a text goes before a parameter, and that before a star. So
/// <c>/users/me</c> goes before <c>/users/{id}</c>, that before <c>/users/*</c>, and that before <c>/{kind}/{id}</c>; and a longer prefix before a shorter one.
/// </summary>
internal sealed class RoutePrecedence : IComparer<(byte[] Path, bool IsPrefix)>
{
    private const int Parameter = 256;
    private const int Star = 257;
    private const int End = 258;

    internal static readonly RoutePrecedence Instance = new();

    private RoutePrecedence()
    {
    }

    /// <summary>Compares paths, in which a NUL stands for a parameter; prefixes are without their star.</summary>
    public int Compare((byte[] Path, bool IsPrefix) left, (byte[] Path, bool IsPrefix) right)
    {
        int same = 0;
        while (same < left.Path.Length && same < right.Path.Length && left.Path[same] == right.Path[same])
        {
            same++;
        }

        return At(left, same).CompareTo(At(right, same));
    }

    private static int At((byte[] Path, bool IsPrefix) route, int index)
        => index == route.Path.Length ? route.IsPrefix ? Star : End
            : route.Path[index] == 0 ? Parameter : route.Path[index];
}
