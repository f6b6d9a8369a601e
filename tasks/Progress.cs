using System;
using System.Threading;

namespace SyscallServer.Tasks;

/// <summary>Says how far a step of the build is where it takes long, and nothing where it does not.</summary>
internal sealed class Progress : IDisposable
{
    /// <summary>5 seconds, in which nobody asks yet whether a build still goes on; and as long from one message to the next.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Action<string> _tell;
    private readonly string _step;
    private readonly object _ending = new();
    private readonly ITimer _timer;
    private int _all;
    private int _done;
    private bool _isOver;

    /// <summary>Begins a step.</summary>
    /// <param name="step">What it does, as in "Compressing files".</param>
    /// <param name="time">What says when time has passed.</param>
    /// <param name="tell">Gets what is to be said, on any thread.</param>
    internal Progress(string step, TimeProvider time, Action<string> tell)
    {
        _step = step;
        _tell = tell;
        _timer = time.CreateTimer(_ => Tell(), null, Patience, Patience);
    }

    /// <summary>Says how much there is to do. Before that nothing is said.</summary>
    internal void Expect(int all) => Volatile.Write(ref _all, all);

    /// <summary>Counts what is done. May be called on several threads.</summary>
    internal void Advance() => Interlocked.Increment(ref _done);

    /// <summary>Ends the step: nothing is said from now on, for the build takes no message of a step that has ended.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _isOver = true;
        }

        _timer.Dispose();
    }

    private void Tell()
    {
        lock (_ending)
        {
            int all = Volatile.Read(ref _all);
            if (!_isOver && all > 0)
            {
                _tell($"{_step}: {Volatile.Read(ref _done)} of {all}");
            }
        }
    }
}
