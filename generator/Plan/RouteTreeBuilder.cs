using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Plan;

/// <summary>
/// Builds the tree that finds one of many byte strings: first whole ones, by their length and then by words, then templates and prefixes, the one that
/// goes before the others (<see cref="RoutePrecedence"/>). Where several are of one length, the word that tells most of them apart decides first; what they have in common is
/// compared once.
/// </summary>
internal sealed class RouteTreeBuilder
{
    /// <summary>Up to so many prefixes are compared one after the other.</summary>
    private const int FewPrefixes = 4;

    /// <summary>A run of common bytes of this length is compared before they are told apart.</summary>
    private const int LongRun = 4;

    private static readonly int[] Widths = [8, 4, 2, 1];

    private readonly IReadOnlyList<byte[]> _patterns;

    private RouteTreeBuilder(IReadOnlyList<byte[]> patterns) => _patterns = patterns;

    /// <param name="patterns">What to find, each once; a prefix without its asterisk; a template with a NUL for each parameter. Their order is that of the indices found.</param>
    /// <param name="isPrefix">Whether a pattern stands for all that begins so.</param>
    internal static RouteTree Build(IReadOnlyList<byte[]> patterns, Func<int, bool> isPrefix)
    {
        var builder = new RouteTreeBuilder(patterns);
        ILookup<bool, int> indices = Enumerable.Range(0, patterns.Count).ToLookup(index => isPrefix(index) || IsTemplate(index));
        var nodes = new List<RouteTree>();
        if (indices[false].Any())
        {
            nodes.Add(new RouteTree.ChooseLength(new EquatableArray<RouteTree.LengthCase>(indices[false]
                .GroupBy(index => patterns[index].Length)
                .OrderBy(group => group.Key)
                .Select(group => new RouteTree.LengthCase(group.Key, builder.Exact(group.ToArray(), new bool[group.Key]))))));
        }

        // Between two templates there may be prefixes, which are looked for together.
        var prefixes = new List<int>();
        foreach (int index in indices[true].OrderBy(index => (patterns[index], isPrefix(index)), RoutePrecedence.Instance))
        {
            if (isPrefix(index))
            {
                prefixes.Add(index);
                continue;
            }

            AddPrefixes();
            nodes.Add(new RouteTree.Template(new EquatableArray<byte>(patterns[index]), new RouteTree.Found(index)));
        }

        AddPrefixes();
        return nodes.Count == 1 ? nodes[0] : new RouteTree.Sequence(new EquatableArray<RouteTree>(nodes));

        bool IsTemplate(int index) => patterns[index].Contains((byte)0);

        void AddPrefixes()
        {
            if (prefixes.Count > 0)
            {
                int[] all = prefixes.OrderBy(index => index).ToArray();
                nodes.Add(builder.Prefixes(all, new bool[all.Max(index => patterns[index].Length)], 0));
                prefixes.Clear();
            }
        }
    }

    /// <summary>Finds a whole string among some of one length.</summary>
    /// <param name="indices">Which.</param>
    /// <param name="verified">The positions that are already known to have the bytes of them all.</param>
    private RouteTree Exact(int[] indices, bool[] verified)
    {
        int length = verified.Length;
        if (indices.Length == 1)
        {
            return Single(indices[0], verified);
        }

        Choice choice = BestChoice(indices, verified, length);
        bool[] known = With(verified, choice.Offset, choice.Width);
        List<RouteTree.Word> common = CommonWords(indices, verified, known);
        foreach (RouteTree.Word word in common)
        {
            known = With(known, word.Offset, word.Width);
        }

        RouteTree choose = Choose(choice, indices, group => Exact(group, known));
        return common.Count == 0 ? choose : new RouteTree.Compare(new EquatableArray<RouteTree.Word>(common), choose);
    }

    /// <summary>Finds the longest of some prefixes.</summary>
    /// <param name="indices">Which.</param>
    /// <param name="verified">The positions that are already known to have the bytes of them all.</param>
    /// <param name="atLeast">How many bytes are known to be there.</param>
    private RouteTree Prefixes(int[] indices, bool[] verified, int atLeast)
    {
        if (indices.Length <= FewPrefixes)
        {
            RouteTree[] nodes = indices.OrderByDescending(index => _patterns[index].Length).Select(index => Prefix(index, verified, atLeast)).ToArray();
            return nodes.Length == 1 ? nodes[0] : new RouteTree.Sequence(new EquatableArray<RouteTree>(nodes));
        }

        int shortest = indices.Min(index => _patterns[index].Length);
        Choice choice = BestChoice(indices, verified, shortest);
        if (choice.Cases == 1)
        {
            // They all begin with the shortest, which therefore comes last.
            int last = indices.Single(index => _patterns[index].Length == shortest);
            return new RouteTree.Sequence(new EquatableArray<RouteTree>(
            [
                Prefixes(indices.Where(index => index != last).ToArray(), verified, atLeast),
                Prefix(last, verified, atLeast),
            ]));
        }

        bool[] known = With(verified, choice.Offset, choice.Width);
        return AtLeast(shortest, atLeast, Choose(choice, indices, group => Prefixes(group, known, Math.Max(shortest, atLeast))));
    }

    /// <summary>A case for each value of a word, in the order of the text.</summary>
    private RouteTree.Choose Choose(Choice choice, int[] indices, Func<int[], RouteTree> then)
        => new(choice.Offset, choice.Width, new EquatableArray<RouteTree.Case>(Groups(indices, choice.Offset, choice.Width)
            .OrderBy(group => Load(_patterns[group.First()].Skip(choice.Offset).Take(choice.Width).Reverse().ToArray(), 0, choice.Width))
            .Select(group => new RouteTree.Case(group.Key, then(group.ToArray())))));

    private RouteTree Prefix(int index, bool[] verified, int atLeast)
    {
        int length = _patterns[index].Length;
        return AtLeast(length, atLeast, Single(index, verified.Take(length).ToArray()));
    }

    private static RouteTree AtLeast(int length, int known, RouteTree then) => known >= length ? then : new RouteTree.AtLeast(length, then);

    /// <summary>Compares what is not verified yet of a single one.</summary>
    private RouteTree Single(int index, bool[] verified)
    {
        var found = new RouteTree.Found(index);
        List<RouteTree.Word> words = Cover(_patterns[index], verified.Select(known => !known).ToArray(), verified.Select(_ => true).ToArray());
        return words.Count == 0 ? found : new RouteTree.Compare(new EquatableArray<RouteTree.Word>(words), found);
    }

    /// <summary>The word that tells most apart; of those the one that makes the least code.</summary>
    private Choice BestChoice(int[] indices, bool[] verified, int length)
    {
        var choices = new List<Choice>();
        foreach (int width in Widths.Where(width => width <= length))
        {
            for (int offset = 0; offset + width <= length; offset++)
            {
                choices.Add(new Choice(offset, width, Groups(indices, offset, width).Count()));
            }
        }

        int most = choices.Max(choice => choice.Cases);
        return choices.Where(choice => choice.Cases == most).OrderBy(choice => CodeSize(indices, verified, choice)).First();
    }

    /// <summary>About how many bytes of machine code follow from a choice.</summary>
    private int CodeSize(int[] indices, bool[] verified, Choice choice)
    {
        bool[] known = With(verified, choice.Offset, choice.Width);
        int size = choice.Cases * CompareSize(choice.Width);
        foreach (RouteTree.Word word in CommonWords(indices, verified, known))
        {
            known = With(known, word.Offset, word.Width);
            size += CompareSize(word.Width);
        }

        // Which words are left to compare depends only on the positions.
        byte[] shortest = indices.Select(index => _patterns[index]).OrderBy(pattern => pattern.Length).First();
        bool[] missing = known.Take(shortest.Length).Select(isKnown => !isKnown).ToArray();
        return size + indices.Length * Cover(shortest, missing, missing.Select(_ => true).ToArray()).Sum(word => CompareSize(word.Width));
    }

    /// <summary>mov r64, imm64; cmp [m], r64; jne. Or cmp [m], imm; jne. The middle one takes a movzx first.</summary>
    private static int CompareSize(int width) => width switch
    {
        8 => 20,
        4 => 13,
        2 => 14,
        _ => 10,
    };

    /// <summary>Words for the long runs that are not verified and are the same in all.</summary>
    /// <param name="indices">All.</param>
    /// <param name="verified">What is verified before the words are compared.</param>
    /// <param name="known">What is verified after it, too.</param>
    private List<RouteTree.Word> CommonWords(int[] indices, bool[] verified, bool[] known)
    {
        byte[] first = _patterns[indices[0]];
        int length = Math.Min(known.Length, indices.Min(index => _patterns[index].Length));
        bool[] same = Enumerable.Range(0, length).Select(i => indices.All(index => _patterns[index][i] == first[i])).ToArray();
        bool[] wanted = new bool[length];
        for (int begin = 0; begin < length;)
        {
            int end = begin;
            while (end < length && same[end] && !known[end])
            {
                end++;
            }

            for (int i = begin; end - begin >= LongRun && i < end; i++)
            {
                wanted[i] = true;
            }

            begin = end + 1;
        }

        return Cover(first, wanted, same.Select((isSame, i) => isSame || verified[i]).ToArray());
    }

    /// <summary>Few words that cover certain positions of a string.</summary>
    /// <param name="bytes">The string.</param>
    /// <param name="wanted">The positions.</param>
    /// <param name="allowed">The positions that words may cover besides.</param>
    private static List<RouteTree.Word> Cover(byte[] bytes, bool[] wanted, bool[] allowed)
    {
        var words = new List<RouteTree.Word>();
        bool[] missing = wanted.ToArray();
        for (int first = Array.IndexOf(missing, true); first >= 0; first = Array.IndexOf(missing, true))
        {
            int bestOffset = first;
            int bestWidth = 1;
            int bestCount = 1;
            foreach (int width in Enumerable.Reverse(Widths))
            {
                for (int offset = Math.Min(first, missing.Length - width); offset > first - width && offset >= 0; offset--)
                {
                    if (!Enumerable.Range(offset, width).All(i => allowed[i]))
                    {
                        continue;
                    }

                    int count = Enumerable.Range(offset, width).Count(i => missing[i]);
                    if (count > bestCount)
                    {
                        (bestOffset, bestWidth, bestCount) = (offset, width, count);
                    }
                }
            }

            words.Add(new RouteTree.Word(bestOffset, bestWidth, Load(bytes, bestOffset, bestWidth)));
            for (int i = bestOffset; i < bestOffset + bestWidth; i++)
            {
                missing[i] = false;
            }
        }

        return words;
    }

    private IEnumerable<IGrouping<ulong, int>> Groups(int[] indices, int offset, int width) => indices.GroupBy(index => Load(_patterns[index], offset, width));

    private static ulong Load(byte[] bytes, int offset, int width)
    {
        ulong value = 0;
        for (int i = width - 1; i >= 0; i--)
        {
            value = value << 8 | bytes[offset + i];
        }

        return value;
    }

    private static bool[] With(bool[] known, int offset, int width)
    {
        bool[] result = known.ToArray();
        for (int i = offset; i < offset + width; i++)
        {
            result[i] = true;
        }

        return result;
    }

    private sealed record Choice(int Offset, int Width, int Cases);
}
