using System;
using System.IO;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>The NuGet package, made when the first test asks for it.</summary>
internal static class Package
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    private static readonly Lazy<Task<string>> TemplateMade = new(MakeTemplateAsync);

    private static string Folder => Repository.Path("artifacts", "end-to-end", "package");

    /// <summary>Where the packages of this machine are, the SDK's own (the AOT compiler) among them.</summary>
    internal static string SharedPackages
        => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages
            ? packages
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The folder that the package is in, and nothing else.</summary>
    internal static Task<string> FeedAsync() => Made.Value;

    /// <summary>The package of the template.</summary>
    internal static Task<string> TemplateAsync() => TemplateMade.Value;

    /// <summary>
    /// Has projects below a folder restored with the package cache of these tests, for another build's package of the same version is not this one; what else they need is taken from this machine's packages first.
    /// </summary>
    /// <param name="folder">The folder.</param>
    internal static async Task ConfigureAsync(string folder)
        => await File.WriteAllTextAsync(
            Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Folder, "cache")}" /></config>
              <fallbackPackageFolders><add key="shared" value="{SharedPackages}" /></fallbackPackageFolders>
              <packageSources><add key="feed" value="{await FeedAsync()}" /></packageSources>
            </configuration>
            """);

    /// <summary>Writes a project that restores and publishes others together, which takes a second or two for each.</summary>
    /// <param name="folder">Where to write it.</param>
    /// <param name="projects">Which: a pattern from that folder on.</param>
    /// <param name="continueOnError">Whether it goes on where one of them fails.</param>
    /// <returns>Its path.</returns>
    internal static async Task<string> WriteProjectOfAllAsync(string folder, string projects, bool continueOnError)
    {
        string all = Path.Combine(folder, "All.proj");
        await File.WriteAllTextAsync(
            all,
            $"""
            <Project DefaultTargets="Publish">
              <ItemGroup>
                <Server Include="{projects}" />
                <RestoreGraphProjectInputItems Include="@(Server->'%(FullPath)')" />
              </ItemGroup>
              <Import Project="$(MSBuildToolsPath)/NuGet.targets" />
              <Target Name="Publish">
                <MSBuild Projects="@(Server)" Targets="Publish" BuildInParallel="true" ContinueOnError="{continueOnError}" />
              </Target>
            </Project>
            """);
        return all;
    }

    private static async Task<string> MakeAsync()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        string feed = Path.Combine(Folder, "feed");
        await Programs.RunBuildAsync(["pack", Repository.Path("runtime"), "-c", "Release", "-o", feed, Programs.WithoutAnalyzers], turn: 1);
        return feed;
    }

    private static async Task<string> MakeTemplateAsync()
    {
        string folder = Repository.Path("artifacts", "end-to-end", "template");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        await Programs.RunBuildAsync(["pack", Repository.Path("templates"), "-o", folder], turn: 1);
        return Assert.Single(Directory.GetFiles(folder));
    }
}
