using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>
/// Programs outside of this repository, published from the package with each AOT compiler that is known: all in one build, when the first test asks, which takes a second or two for each.
/// </summary>
public sealed class VersionsFixture : IDisposable
{
    /// <summary>
    /// Of each .NET that is known (docs/dotnet-versions.md) the newest AOT compiler that the registry has, and of the one whose SDK builds this the oldest besides. The compiler of .NET 11 is given a program for net10.0, since the SDK
    /// that builds this knows no later framework.
    /// </summary>
    internal static readonly (string Compiler, string Framework)[] Versions = [("8.0.34", "net8.0"), ("9.0.23", "net9.0"), ("10.0.10", "net10.0"), ("10.0.15", "net10.0"), ("11.0.0", "net10.0")];

    /// <summary>The README's example, which is no project here.</summary>
    internal const string Readme = "Readme";

    private static readonly string[] Projects = [Programs.Hello, Programs.Site, Programs.Api, Programs.FileStore, Programs.DefaultBackend, LanguageTests.Project, SystemRuntimeTests.Project];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-versions-");
    private Task<Command.Result>? _published;

    /// <summary>What the servers are called.</summary>
    internal static IEnumerable<string> Servers => [Readme, .. Projects[..^2].Select(project => Path.GetFileName(project)!)];

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The folder of a program's native code: the executable, and the linked file with its symbols.</summary>
    internal async Task<string> NativeAsync(string compiler, string program)
    {
        Command.Result build = await (_published ??= PublishAsync());
        string folder = Path.Combine(_folder.FullName, compiler, program, "bin", "Release", Versions.Single(version => version.Compiler == compiler).Framework, "linux-x64");
        string executable = Path.Combine(folder, "publish", program);
        // The executable and nothing else: no assembly, no runtime.
        return Directory.Exists(Path.GetDirectoryName(executable)) && Directory.GetFileSystemEntries(Path.GetDirectoryName(executable)!) is [string only] && only == executable
            ? Path.Combine(folder, "native")
            : throw new XunitException($"{executable} was not published alone:\n{string.Join('\n', (build.Output + build.Error).Split('\n').Where(line => line.Contains($"/{compiler}/{program}", StringComparison.Ordinal)))}");
    }

    private async Task<Command.Result> PublishAsync()
    {
        await DownloadAsync();
        await Package.ConfigureAsync(_folder.FullName);
        foreach ((string compiler, string framework) in Versions)
        {
            await WriteProgramsAsync(compiler, framework);
        }

        string all = await Package.WriteProjectOfAllAsync(_folder.FullName, "*/*/*.csproj", continueOnError: true);
        return await Command.RunAsync("dotnet", ["publish", all, "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true", "-m:1"]);
    }

    /// <summary>The compilers come from the registry into this machine's packages, where the next run finds them.</summary>
    private async Task DownloadAsync()
    {
        string versions = string.Join(';', Versions.Select(version => $"[{version.Compiler}]"));
        string project = await WriteAsync(
            Path.Combine("Compilers", "Compilers.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageDownload Include="Microsoft.DotNet.ILCompiler" Version="{versions}" />
                <PackageDownload Include="runtime.linux-x64.Microsoft.DotNet.ILCompiler" Version="{versions}" />
              </ItemGroup>
            </Project>
            """);
        await Command.OutputOfAsync("dotnet", ["restore", project, "-m:1"]);
    }

    /// <summary>The programs for one compiler, as a user has them: a reference to the package, and what chooses the compiler.</summary>
    private async Task WriteProgramsAsync(string compiler, string framework)
    {
        foreach (string project in Projects)
        {
            await Command.OutputOfAsync("sh", ["-c", $"mkdir -p {_folder.FullName}/{compiler} && cd {Repository.Path(Path.GetDirectoryName(project)!)} && tar -c --exclude=bin --exclude=obj {Path.GetFileName(project)} | tar -x -C {_folder.FullName}/{compiler}"]);
        }

        string readme = (await File.ReadAllTextAsync(Repository.Path("README.md"))).Split("```csharp\n")[1].Split("```")[0];
        await WriteAsync(Path.Combine(compiler, Readme, "Site.cs"), readme);
        await WriteAsync(Path.Combine(compiler, Readme, Readme + ".csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        await WriteAsync(
            Path.Combine(compiler, "Directory.Build.props"),
            $"""
            <Project>
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <LangVersion Condition="'$(MSBuildProjectName)' == 'Language'">latest</LangVersion>
                <!-- Else the symbols of its library are published, too. -->
                <AllowedReferenceRelatedFileExtensions Condition="'$(MSBuildProjectName)' == 'Language'">none</AllowedReferenceRelatedFileExtensions>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <SyscallServerHost Condition="'$(MSBuildProjectName)' == 'SystemRuntime' or '$(MSBuildProjectName)' == 'Language'">Freestanding</SyscallServerHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="SyscallServer" Version="*" />
              </ItemGroup>
            </Project>
            """);
        // The second value: not every registry has NativeAOT's runtime, of which nothing is used.
        await WriteAsync(
            Path.Combine(compiler, "Directory.Build.targets"),
            $"""
            <Project>
              <ItemGroup>
                <KnownILCompilerPack Update="@(KnownILCompilerPack)" ILCompilerPackVersion="{compiler}" ILCompilerRuntimePackNamePattern="" />
              </ItemGroup>
            </Project>
            """);
    }

    private async Task<string> WriteAsync(string path, string text)
    {
        path = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
