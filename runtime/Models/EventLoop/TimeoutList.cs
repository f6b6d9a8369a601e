namespace SyscallServer.Internal.Models;

/// <summary>
/// The connections that one kind of timeout runs for, the one that began to wait first at the front. All wait equally long, so no order has to be
/// made: whoever begins to wait goes to the end.
/// </summary>
/// <remarks>
/// The loop's time goes in seconds, and a connection goes to the end only when its second is another than the last one: for all other requests of the
/// second that costs a compare.
/// </remarks>
internal unsafe struct TimeoutList
{
    /// <summary>No connection.</summary>
    internal const int None = -1;

    private int _first;
    private int _last;

    internal TimeoutList(int none) => _first = _last = none;

    /// <summary>The connection at the front, or <see cref="None"/>.</summary>
    internal readonly int First => _first;

    internal void Append(ClientConnection* connections, int index)
    {
        connections[index].Previous = _last;
        connections[index].Next = None;
        if (_last == None)
        {
            _first = index;
        }
        else
        {
            connections[_last].Next = index;
        }

        _last = index;
    }

    internal void Remove(ClientConnection* connections, int index)
    {
        int previous = connections[index].Previous;
        int next = connections[index].Next;
        if (previous == None)
        {
            _first = next;
        }
        else
        {
            connections[previous].Next = next;
        }

        if (next == None)
        {
            _last = previous;
        }
        else
        {
            connections[next].Previous = previous;
        }
    }
}
