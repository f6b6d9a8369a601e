using Xunit;

// Most tests wait for something most of the time, so there may be more of them than the two cores of a small machine.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
[assembly: TestCollectionOrderer("SyscallServer.Tests.Support.LongestFirst", "SyscallServer.EndToEnd.Tests")]
