using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using k8s;
using k8s.Models;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tasks.Image;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>The files in deploy/, as far as there are programs here that judge them.</summary>
[Trait("Category", "Documents")]
public sealed partial class DeployTests : IDisposable
{
    private static readonly string Units = Repository.Path("deploy", "systemd");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Systemd_accepts_the_units_and_finds_next_to_nothing_that_the_service_may_do()
    {
        // An executable has to be where the unit says.
        string program = await Programs.ExecutableAsync(Host.Freestanding, Programs.Listen);
        foreach (string unit in Directory.GetFiles(Units))
        {
            string text = await File.ReadAllTextAsync(unit);
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, Path.GetFileName(unit)), text.Replace("/usr/local/bin/Site", program, StringComparison.Ordinal));
        }

        string service = Path.Combine(_folder.FullName, "site.service");
        Command.Result verified = await Command.RunAsync("systemd-analyze", ["verify", service, Path.Combine(_folder.FullName, "site.socket")]);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Match exposure = Exposure().Match(await Command.OutputOfAsync("systemd-analyze", ["security", "--offline=true", "--no-pager", service]));
        Assert.InRange(double.Parse(exposure.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 0, 1.0);
    }

    [Theory]
    [InlineData("site.yaml", "/Site", "V1Deployment V1Service V2HorizontalPodAutoscaler V1PodDisruptionBudget V1NetworkPolicy")]
    [InlineData("default-backend.yaml", "/DefaultBackend", "V1Deployment V1Service")]
    public async Task Kubernetes_knows_every_field_and_the_pod_may_do_nothing_but_serve(string file, string program, string kinds)
    {
        List<object> objects = KubernetesYaml.LoadAllFromString(await File.ReadAllTextAsync(Repository.Path("deploy", "kubernetes", file)), strict: true);
        Assert.Equal(kinds, string.Join(' ', objects.Select(each => each.GetType().Name)));
        V1PodSpec pod = Assert.IsType<V1Deployment>(objects[0]).Spec.Template.Spec;
        Assert.Equal((true, 65532L, false), (pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.RunAsUser, pod.AutomountServiceAccountToken));
        V1Container container = Assert.Single(pod.Containers);
        Assert.Equal((true, false), (container.SecurityContext.ReadOnlyRootFilesystem, container.SecurityContext.AllowPrivilegeEscalation));
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.All(new[] { container.ReadinessProbe, container.LivenessProbe }, probe => Assert.Equal([program, "--healthcheck"], probe.Exec.Command));
        Assert.True(pod.TerminationGracePeriodSeconds > int.Parse(container.Args[1], CultureInfo.InvariantCulture) + 8); // GracePeriodSeconds, unless the attribute says otherwise
    }

    /// <summary>Every call of the table and of the start code: so this unit is good for every server.</summary>
    [Fact]
    public async Task The_filter_of_the_unit_has_every_call_that_servers_make()
    {
        string[] filters = [.. (await File.ReadAllLinesAsync(Path.Combine(Units, "site.service"))).Where(line => line.StartsWith("SystemCallFilter=", StringComparison.Ordinal)).Select(line => line["SystemCallFilter=".Length..])];
        Assert.Equal(2, filters.Length);
        var allowed = await CallsAsync(filters[0].Split(' '));
        allowed.ExceptWith(await CallsAsync(filters[1].TrimStart('~').Split(' ')));
        string[] calls = [.. SystemCallNames().Matches(await File.ReadAllTextAsync(Repository.Path("runtime", "Contract", "SystemCalls.cs"))).Select(match => match.Groups[1].Value)];
        Assert.True(calls.Length > 40);
        Assert.All(calls.Concat(SeccompProfile.OfStartCode), call => Assert.Contains(call, allowed));
    }

    /// <summary>The calls of groups, and of the groups in these.</summary>
    private static async Task<HashSet<string>> CallsAsync(IEnumerable<string> names)
    {
        var calls = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!name.StartsWith('@'))
            {
                calls.Add(name);
                continue;
            }

            string list = await Command.OutputOfAsync("systemd-analyze", ["syscall-filter", "--no-pager", name]);
            calls.UnionWith(await CallsAsync(list.Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')));
        }

        return calls;
    }

    [GeneratedRegex("Overall exposure level for site.service: ([0-9.]+) ")]
    private static partial Regex Exposure();

    [GeneratedRegex("^        (?:Blocking|Quick)\\(\"([a-z0-9_]+)\"", RegexOptions.Multiline)]
    private static partial Regex SystemCallNames();
}
