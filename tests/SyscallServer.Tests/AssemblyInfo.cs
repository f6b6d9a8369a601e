using Xunit;

[assembly: TestCollectionOrderer("SyscallServer.Tests.Support.LongestFirst", "SyscallServer.Tests")]
