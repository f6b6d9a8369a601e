using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Generator.Parse;

/// <summary>Finds which of many lead to each other: the strongly connected components of a graph (Tarjan), without those that lead nowhere again.</summary>
internal sealed class Rounds
{
    private readonly Func<int, IEnumerable<int>> _steps;
    private readonly int[] _order;
    private readonly int[] _lowest;
    private readonly bool[] _isOpen;
    private readonly Stack<int> _open = new();
    private readonly List<int[]> _found = new();
    private int _count;

    /// <param name="count">How many there are.</param>
    /// <param name="steps">Where each leads.</param>
    internal Rounds(int count, Func<int, IEnumerable<int>> steps)
    {
        _steps = steps;
        _order = new int[count];
        _lowest = new int[count];
        _isOpen = new bool[count];
    }

    /// <summary>All of them.</summary>
    internal IReadOnlyList<int[]> All()
    {
        for (int i = 0; i < _order.Length; i++)
        {
            if (_order[i] == 0)
            {
                Visit(i);
            }
        }

        return _found;
    }

    /// <summary>Goes on from one as far as there is a way. Not by calling itself: a way may have thousands of steps.</summary>
    private void Visit(int first)
    {
        var way = new Stack<(int Node, IEnumerator<int> Steps)>();
        Enter(first);
        while (way.Count > 0)
        {
            (int node, IEnumerator<int> steps) = way.Peek();
            if (steps.MoveNext())
            {
                int next = steps.Current;
                if (_order[next] == 0)
                {
                    Enter(next);
                }
                else if (_isOpen[next])
                {
                    _lowest[node] = Math.Min(_lowest[node], _order[next]);
                }

                continue;
            }

            way.Pop();
            if (way.Count > 0)
            {
                int before = way.Peek().Node;
                _lowest[before] = Math.Min(_lowest[before], _lowest[node]);
            }

            if (_lowest[node] == _order[node])
            {
                Close(node);
            }
        }

        void Enter(int node)
        {
            _order[node] = _lowest[node] = ++_count;
            _isOpen[node] = true;
            _open.Push(node);
            way.Push((node, _steps(node).GetEnumerator()));
        }
    }

    private void Close(int node)
    {
        var round = new List<int>();
        int last;
        do
        {
            last = _open.Pop();
            _isOpen[last] = false;
            round.Add(last);
        }
        while (last != node);
        if (round.Count > 1 || _steps(node).Contains(node))
        {
            _found.Add([.. round]);
        }
    }
}
