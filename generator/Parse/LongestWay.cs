using System.Collections.Generic;

namespace SyscallServer.Generator.Parse;

/// <summary>Finds out whether a client can be sent round for ever by redirects that carry parts of the path over: only where the path does not become shorter on the way.</summary>
internal static class LongestWay
{
    /// <summary>A way that goes round and makes the path no shorter.</summary>
    /// <param name="growth">By how much each redirect makes the path longer, at most.</param>
    /// <param name="steps">Which may lead to which.</param>
    /// <returns>The redirects on the way, the first of them at its end again; null where there is no such way.</returns>
    internal static List<int>? Loop(int[] growth, (int From, int To)[] steps)
    {
        // The shortest ways from one to the next (Bellman and Ford). A step is as long as it makes the path shorter, less a little: so a way that goes round and makes the path no shorter has a negative length, and such a way is a loop.
        long unit = growth.Length + 1;
        var lengths = new long[growth.Length];
        var before = new int[growth.Length];
        int last = -1;
        for (int round = 0; round <= growth.Length; round++)
        {
            last = -1;
            foreach ((int from, int to) in steps)
            {
                long length = lengths[from] - growth[from] * unit - 1;
                if (length < lengths[to])
                {
                    lengths[to] = length;
                    before[to] = from;
                    last = to;
                }
            }

            if (last < 0)
            {
                return null;
            }
        }

        // Behind so many steps it is in the loop.
        for (int i = 0; i < growth.Length; i++)
        {
            last = before[last];
        }

        var way = new List<int> { last };
        for (int step = before[last]; step != last; step = before[step])
        {
            way.Insert(0, step);
        }

        way.Insert(0, last);
        return way;
    }
}
