using System;
using System.Threading.Tasks;
using SyscallServer.Tests.Shared;
using Xunit;
using Xunit.Abstractions;

namespace SyscallServer.Tests.RandomServers;

/// <summary>
/// Servers that a seed decides, with requests made for them. RANDOM_SERVERS says how many (default 300), RANDOM_SERVER_SEED which one alone: a failure names its seed.
/// </summary>
public class RandomServerTests(ITestOutputHelper output)
{
    private const int Default = 300;
    private const int BatchSize = 60;

    /// <summary>How many servers there are to find a fault with.</summary>
    private const int ForFault = 40;

    private static readonly Lazy<Task<RandomBatch>> FaultyServers = new(() => RandomBatch.CompileAsync(1, ForFault));

    [Fact]
    public async Task A_server_that_the_analyzer_accepts_answers_as_its_attributes_say()
    {
        int? seed = Setting.Number("RANDOM_SERVER_SEED");
        int last = seed ?? Setting.Number("RANDOM_SERVERS") ?? Default;
        int accepted = 0;
        for (int first = seed ?? 1; first <= last; first += BatchSize)
        {
            using RandomBatch batch = await RandomBatch.CompileAsync(first, Math.Min(BatchSize, last - first + 1));
            string? failure = await batch.FirstFailureAsync();
            Assert.True(failure is null, failure);
            accepted += batch.Accepted;
        }

        Assert.True(seed is not null || accepted > last * 3 / 4, $"only {accepted} of {last} servers were accepted");
    }

    [Theory]
    [InlineData("Output.cs", "CapacityOf<TApp>() - TApp.LongestResponse - BlockSize", "CapacityOf<TApp>() - 2048 - BlockSize")]
    [InlineData("EventLoop.cs", "int each = logsAccess ? 3 : 2;", "int each = logsAccess ? 2 : 1;")]
    [InlineData("EventLoop.cs", "_ = TKernel.writev(descriptor, &set.Bytes, 2);", "_ = SendTo(descriptor, output->Buffer, output->Length);")]
    public async Task A_planted_fault_is_found(string file, string text, string fault)
    {
        RandomBatch batch = await FaultyServers.Value;
        string? failure = await batch.FirstFailureAsync(batch.Plant(file, text, fault));
        Assert.NotNull(failure);
        output.WriteLine(failure[..Math.Min(failure.Length, 1000)]);
    }

    [Fact]
    public async Task Where_none_is_planted_none_is_found()
    {
        RandomBatch batch = await FaultyServers.Value;
        string? failure = await batch.FirstFailureAsync(batch.Plant("Output.cs", "CapacityOf<TApp>() - TApp.LongestResponse - BlockSize", "CapacityOf<TApp>() - TApp.LongestResponse - BlockSize"));
        Assert.True(failure is null, failure);
    }
}
