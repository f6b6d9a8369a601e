using System;
using System.Threading.Tasks;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.Tests.RandomServers;

/// <summary>
/// The first of the servers of <see cref="RandomServerTests"/>, written, compiled and run as a user's would be. RANDOM_SERVERS_COMPILED says how many (default 200), RANDOM_SERVER_SEED which one alone.
/// </summary>
public class CompiledRandomServerTests
{
    /// <summary>How many there are: one takes fifteen times as long as one that is only planned.</summary>
    private const int Default = 200;

    private const int BatchSize = 50;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_server_that_the_analyzer_accepts_answers_as_its_attributes_say()
    {
        int? seed = Setting.Number("RANDOM_SERVER_SEED");
        int last = seed ?? Setting.Number("RANDOM_SERVERS_COMPILED") ?? Default;
        int accepted = 0;
        Task<RandomBatch>? next = CompileAsync(seed ?? 1);
        while (next is not null)
        {
            using RandomBatch batch = await next;
            next = batch.End <= last ? CompileAsync(batch.End) : null; // while this one is run
            try
            {
                string? failure = await batch.FirstFailureAsync();
                Assert.True(failure is null, failure);
            }
            catch when (next is not null)
            {
                (await next).Dispose();
                throw;
            }

            accepted += batch.Accepted;
        }

        Assert.True(seed is not null || accepted > last * 3 / 4, $"only {accepted} of {last} servers were accepted");

        Task<RandomBatch> CompileAsync(int first) => Task.Run(() => RandomBatch.CompileAsync(first, Math.Min(BatchSize, last - first + 1)));
    }
}
