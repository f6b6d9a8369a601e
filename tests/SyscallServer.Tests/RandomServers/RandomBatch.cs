using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.RandomServers;

/// <summary>Random servers that are compiled together, with what the generator writes for them.</summary>
internal sealed class RandomBatch : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-random-");
    private readonly int _first;
    private readonly int _count;

    private RandomBatch(int first, int count)
    {
        _first = first;
        _count = count;
    }

    /// <summary>How many the analyzer has not refused.</summary>
    internal int Accepted { get; private set; }

    private string ServersPath => Path.Combine(_folder.FullName, "Servers.dll");

    public void Dispose() => _folder.Delete(recursive: true);

    internal static async Task<RandomBatch> CompileAsync(int first, int count)
    {
        var batch = new RandomBatch(first, count);
        RandomServer[] servers = [.. Enumerable.Range(first, count).Select(seed => new RandomServer(seed))];
        CSharpCompilation compilation = GeneratorRun.Compile(Handler.Source, OutputKind.DynamicallyLinkedLibrary, name: "Servers");
        var options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        compilation = compilation
            .AddSyntaxTrees(servers.Select(server => CSharpSyntaxTree.ParseText(server.Source, options, server.Name + ".cs")))
            .WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new TcpServerGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Empty(diagnostics);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);

        // What the analyzer accepts, the generator writes, and all of it compiles without a word.
        ImmutableArray<Diagnostic> refusals = await after.WithAnalyzers([new TcpServerAnalyzer(), new HandlerAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        HashSet<string> refused = [.. refusals.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => Path.GetFileNameWithoutExtension(diagnostic.Location.SourceTree!.FilePath))];
        batch.Accepted = servers.Length - refused.Count;
        foreach (RandomServer server in servers)
        {
            bool isWritten = after.GetTypeByMetadataName($"N{server.Seed}.{server.Name}")!.GetMembers("Serve").Length > 0;
            Assert.True(isWritten != refused.Contains(server.Name), $"the analyzer and the generator do not agree\n{server.Source}\n{string.Join('\n', refusals)}");
        }

        Assert.Empty(after.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.True(after.Emit(batch.ServersPath).Success);
        return batch;
    }

    /// <summary>Compiles the engine with a fault in it.</summary>
    internal string Plant(string file, string text, string fault)
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.Path("runtime"), "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(Repository.Path("runtime"), path) is var name
                && !name.StartsWith("obj/", StringComparison.Ordinal) && !name.StartsWith("bin/", StringComparison.Ordinal)
                && (!name.StartsWith("Freestanding/", StringComparison.Ordinal) || name == "Freestanding/FreestandingKernel.cs"))];
        string path = Assert.Single(files, path => Path.GetFileName(path) == file);
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        Version version = typeof(TcpServerAttribute).Assembly.GetName().Version!;
        string attributes = $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]\n[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{typeof(RandomBatch).Assembly.GetName().Name}\")]";
        IEnumerable<string> sources = files.Select(other =>
        {
            string source = File.ReadAllText(other);
            if (other == path)
            {
                Assert.Equal(2, source.Split(text).Length); // it is there once, so the list of faults is up to date
                source = source.Replace(text, fault, StringComparison.Ordinal);
            }

            // What another generator would write; the .NET runtime's own marshalling does the same.
            return source.Replace("[LibraryImport(", "[DllImport(", StringComparison.Ordinal)
                .Replace(", StringMarshalling = StringMarshalling.Utf8", ", CharSet = CharSet.Ansi", StringComparison.Ordinal)
                .Replace("private static partial ", "private static extern ", StringComparison.Ordinal);
        });
        var compilation = CSharpCompilation.Create(
            "SyscallServer",
            sources.Append(attributes).Select(source => CSharpSyntaxTree.ParseText(source, options)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(reference => Path.GetFileName(reference).StartsWith("System.", StringComparison.Ordinal)).Select(reference => MetadataReference.CreateFromFile(reference)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        string engine = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, Path.GetRandomFileName())).FullName, "SyscallServer.dll");
        var result = compilation.Emit(engine);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return engine;
    }

    /// <summary>Runs the servers.</summary>
    /// <param name="engine">The engine; the one that these tests were built with where it is empty.</param>
    /// <returns>How the first that fails does so, with its source and its trace; null where none does.</returns>
    internal async Task<string?> FirstFailureAsync(string engine = "")
    {
        (int exitCode, string output, string error) = await RunAsync(engine, _first, _count, isTraced: false);
        if (exitCode == 0)
        {
            return null;
        }

        string? last = output.Split('\n').LastOrDefault(line => line.StartsWith("seed ", StringComparison.Ordinal));
        Assert.True(last is not null, $"no server was begun\n{output}\n{error}");
        int seed = int.Parse(last.AsSpan(5), CultureInfo.InvariantCulture);
        (int again, output, string trace) = await RunAsync(engine, seed, 1, isTraced: true);
        var message = new StringBuilder();
        message.AppendLine(CultureInfo.InvariantCulture, $"RANDOM_SERVER_SEED={seed}: exit status {exitCode}, and again {again}").AppendLine(output).AppendLine(new RandomServer(seed).Source);
        return message.AppendJoin('\n', trace.Split('\n').TakeLast(300)).ToString();
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string engine, int first, int count, bool isTraced)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(RandomBatch).Assembly.Location, "random-servers", ServersPath, engine, $"{first}", $"{count}", isTraced ? "trace" : ""])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.FileName = Path.GetFileName(start.FileName) == "dotnet" ? start.FileName : "dotnet";
        start.Environment["DOTNET_TieredPGO"] = "0"; // no method is run for long
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
