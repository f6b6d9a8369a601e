using System;
using System.IO;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>Tests with projects outside of this repository, which refer to the package as those of users do. Each test has a folder of its own.</summary>
public abstract class OutsideTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-");

    private protected string Folder => _folder.FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Has a project published for arm64 where the registry has no framework for that: by the lines of docs/dotnet-versions.md.</summary>
    private protected static async Task TakeFrameworkOfHereAsync(string project)
    {
        string docs = (await File.ReadAllTextAsync(Repository.Path("docs", "dotnet-versions.md"))).Split("## What is restored for another platform")[1];
        string targets = docs[docs.IndexOf("    <Project>", StringComparison.Ordinal)..docs.IndexOf("What stays is", StringComparison.Ordinal)];
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(project)!, "Directory.Build.targets"), targets);

        // The SDK's own version: of the others not every registry has the compiler for arm64.
        await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("net9.0", "net10.0", StringComparison.Ordinal));
    }

    /// <summary>Adds lines to a project file.</summary>
    private protected static async Task InsertAsync(string project, string lines)
        => await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("</Project>", lines + "</Project>", StringComparison.Ordinal));

    /// <summary>Writes a project that refers to the package.</summary>
    /// <param name="name">Its name, and that of its only source.</param>
    /// <param name="properties">Lines for the project file.</param>
    /// <param name="source">The source.</param>
    /// <returns>The path of the project file.</returns>
    private protected async Task<string> ProjectAsync(string name, string properties, string source)
    {
        string folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".cs"), source);
        await Package.ConfigureAsync(folder);
        string project = Path.Combine(folder, name + ".csproj");
        await File.WriteAllTextAsync(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net9.0</TargetFramework>
                <RollForward>Major</RollForward>
                <Version>4.5.6-beta</Version>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="SyscallServer" Version="*" />
              </ItemGroup>
            </Project>
            """);
        return project;
    }
}
