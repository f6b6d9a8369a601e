using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

public unsafe class MalformedRequestTests
{
    private static readonly IReadOnlyList<MalformedRequest> Cases = MalformedRequests.Read(Repository.Path("tests", "Http", "malformed.txt"));

    [Fact]
    public void There_are_more_than_300() => Assert.True(Cases.Count > 300, $"{Cases.Count}");

    [Fact]
    public void Each_gets_its_status()
    {
        using GuardedBuffer buffer = Reading.NewBuffer();
        Assert.All(Cases, each => Assert.Equal(-each.Status, Reading.Read(buffer.AtEnd(each.Bytes), each.Bytes.Length)));
    }

    [Fact]
    public void Each_is_good_until_one_byte_and_bad_from_there_on()
    {
        using GuardedBuffer buffer = Reading.NewBuffer();
        Assert.All(Cases, each =>
        {
            int verdictAt = each.Bytes.Length;
            for (int good = 0; verdictAt - good > 1;)
            {
                int length = (good + verdictAt) / 2;
                bool isGood = Reading.Read(buffer.AtEnd(each.Bytes.AsSpan(0, length)), length) == 0;
                (good, verdictAt) = isGood ? (length, verdictAt) : (good, length);
            }

            foreach (int length in Lengths(each.Bytes).Concat(Enumerable.Range(verdictAt - 100, 200)).Where(length => length > 0 && length <= each.Bytes.Length))
            {
                int verdict = Reading.Read(buffer.AtEnd(each.Bytes.AsSpan(0, length)), length);
                Assert.True(verdict == (length < verdictAt ? 0 : -each.Status), $"the first {length} bytes, of which {verdictAt} have a verdict: {verdict}");
                Assert.Equal(verdict, Reading.Read(buffer.AtStart(each.Bytes.AsSpan(0, length)), length));
            }
        });
    }

    /// <summary>Every length; of very long requests every one at the beginning, then a few.</summary>
    private static IEnumerable<int> Lengths(byte[] bytes)
        => Enumerable.Range(1, bytes.Length).Where(length => bytes.Length <= 1000 || length <= 100 || length % 4093 == 0 || length == bytes.Length);
}
