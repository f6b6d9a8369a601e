using System.Collections.Generic;
using System.Threading.Tasks;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>A lock whose next owner is, of those that wait, the one with the least turn.</summary>
internal sealed class Turns
{
    private readonly PriorityQueue<TaskCompletionSource, int> _waiting = new();
    private bool _isTaken;

    internal Task WaitAsync(int turn)
    {
        lock (_waiting)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return Task.CompletedTask;
            }

            // What the next owner does is its own, and not done by the one that releases.
            var owner = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(owner, turn);
            return owner.Task;
        }
    }

    internal void Release()
    {
        lock (_waiting)
        {
            if (_waiting.TryDequeue(out TaskCompletionSource? next, out _))
            {
                next.SetResult();
            }
            else
            {
                _isTaken = false;
            }
        }
    }
}
