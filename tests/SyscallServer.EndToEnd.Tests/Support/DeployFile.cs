using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>Makes of a configuration in deploy/ what a test can run.</summary>
internal static class DeployFile
{
    /// <summary>What nginx keeps on the disk, if anything.</summary>
    private static readonly string[] Temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    /// <summary>The configuration with other ports.</summary>
    internal static string WithPorts(string configuration, IEnumerable<(string Written, int Port)> ports)
    {
        foreach ((string written, int port) in ports)
        {
            Assert.Matches($@"\b{written}\b", configuration);
            configuration = Regex.Replace(configuration, $@"\b{written}\b", port.ToString(CultureInfo.InvariantCulture));
        }

        return configuration;
    }

    /// <summary>The configuration of a server of nginx with what is around it in /etc/nginx, and nothing of it elsewhere than in a folder.</summary>
    internal static string ForNginx(string configuration, string folder)
        => $"pid {folder}/pid; error_log {folder}/error.log; events {{}}\nhttp {{ access_log off; {string.Concat(Temporary.Select(name => $"{name}_temp_path {folder}/{name}; "))}\n{configuration}\n}}";

    /// <summary>What runs nginx with a configuration.</summary>
    internal static (string Program, string[] Arguments) Nginx(string file, string folder) => ("nginx", ["-c", file, "-p", folder, "-g", "daemon off;"]);
}
