using Xunit;

// Most tests wait for something most of the time, be it for the build of a host, so there may be many more of them than the two cores of a small machine.
[assembly: CollectionBehavior(MaxParallelThreads = 10)]
[assembly: TestCollectionOrderer("SyscallServer.Tests.Support.LongestFirst", "SyscallServer.EndToEnd.Tests")]
