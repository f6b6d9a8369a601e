using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Link;

/// <summary>The steps that the package adds to a build run in every MSBuild: the SDK's, and Visual Studio's, which is .NET Framework.</summary>
public class BuildStepTests
{
    private static readonly XElement[] Steps =
        [.. Directory.GetFiles(Repository.Path("runtime", "buildTransitive"), "*.targets").Select(file => XElement.Load(file)).SelectMany(targets => targets.Descendants()).Where(element => element.Name.LocalName == "UsingTask")];

    /// <summary>The tasks are of .NET (tasks/SyscallServer.Tasks.csproj says why), so MSBuild is told so: another runtime's starts a process for them.</summary>
    [Fact]
    public void Every_task_says_which_runtime_it_needs()
    {
        Assert.True(Steps.Length >= 8);
        Assert.All(Steps, step => Assert.Equal(
            ("$(SyscallServerTasks)", "$(SyscallServerTaskFactory)", "NET"),
            (step.Attribute("AssemblyFile")?.Value, step.Attribute("TaskFactory")?.Value, step.Attribute("Runtime")?.Value)));
        XElement[] factories = [.. XElement.Load(Repository.Path("runtime", "buildTransitive", "SyscallServer.Assets.targets")).Descendants().Where(element => element.Name.LocalName == "SyscallServerTaskFactory")];
        Assert.Equal(["TaskHostFactory", "AssemblyTaskFactory"], factories.Select(factory => factory.Value));
        Assert.Contains("'$(MSBuildRuntimeType)' == 'Full'", factories[0].Attribute("Condition")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_task_of_the_assembly_is_one_of_them()
        => Assert.Equal(
            typeof(SyscallServer.Tasks.ReadProgram).Assembly.GetTypes().Where(type => type is { IsPublic: true, IsAbstract: false } && typeof(Microsoft.Build.Framework.ITask).IsAssignableFrom(type)).Select(type => type.FullName).Order(),
            Steps.Select(step => step.Attribute("TaskName")!.Value).Order());
}
