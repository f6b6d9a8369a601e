using System.IO;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Every server of these tests can be built for every host.</summary>
public class BuildTests
{
    [Theory]
    [Hosts]
    public async Task They_become_executables(Host host) => Assert.True(File.Exists(await Programs.ExecutableAsync(host, Programs.Hello)));
}
