using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Every server of these tests can be built for every host.</summary>
public class BuildTests
{
    public static IEnumerable<object[]> Servers
        => from program in Programs.OnEveryHost
           from host in HostDataAttribute.Native
           select new object[] { program, host };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task It_becomes_an_executable(string program, Host host) => Assert.True(File.Exists(await Programs.ExecutableAsync(host, program)));
}
