using System;
using System.Collections.Generic;
using System.Threading;
using SyscallServer.Tasks;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What a build says while it compresses files, with a clock that the test turns.</summary>
public sealed class ProgressTests : IDisposable
{
    private readonly Assets _assets = new();
    private readonly Clock _clock = new();
    private readonly List<string> _said = [];

    /// <inheritdoc/>
    public void Dispose() => _assets.Dispose();

    [Fact]
    public void A_step_says_every_five_seconds_how_far_it_is()
    {
        using Progress progress = Begin();
        progress.Expect(3);
        progress.Advance();
        _clock.Pass();
        progress.Advance();
        _clock.Pass();
        Assert.Equal(["Compressing: 1 of 3", "Compressing: 2 of 3"], _said);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)), (_clock.Due, _clock.Period));
    }

    [Fact]
    public void A_step_that_is_over_sooner_says_nothing_and_neither_does_one_that_has_not_counted_yet()
    {
        using (Progress progress = Begin())
        {
            _clock.Pass();
            progress.Expect(1);
            progress.Advance();
        }

        // A timer may be on its way when it is ended.
        _clock.Pass();
        Assert.Empty(_said);
    }

    [Fact]
    public void The_writer_of_assets_counts_each_file()
    {
        _assets.Add("wwwroot/a.txt", "a");
        _assets.Add("wwwroot/b.txt", "b");
        using Progress progress = Begin();
        _assets.Write(progress: progress);
        _clock.Pass();
        Assert.Equal(["Compressing: 2 of 2"], _said);
    }

    private Progress Begin() => new("Compressing", _clock, _said.Add);

    /// <summary>A clock with one timer, which is due when the test says so.</summary>
    private sealed class Clock : TimeProvider, ITimer
    {
        private Action? _due;

        internal TimeSpan Due { get; private set; }

        internal TimeSpan Period { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_due, Due, Period) = (() => callback(state), dueTime, period);
            return this;
        }

        internal void Pass() => _due!();

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public System.Threading.Tasks.ValueTask DisposeAsync() => default;
    }
}
