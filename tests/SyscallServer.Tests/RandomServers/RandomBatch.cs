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
using Microsoft.CodeAnalysis.Emit;
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

    /// <summary>The seed behind the last one.</summary>
    internal int End => _first + _count;

    /// <summary>How many the analyzer has not refused.</summary>
    internal int Accepted { get; private set; }

    private string ServersPath => Path.Combine(_folder.FullName, "Servers.dll");

    public void Dispose() => _folder.Delete(recursive: true);

    internal static async Task<RandomBatch> CompileAsync(int first, int count)
    {
        var batch = new RandomBatch(first, count);
        RandomServer[] servers = [.. Enumerable.Range(first, count).Select(seed => new RandomServer(seed))];
        CSharpCompilation compilation = GeneratorRun.Compile(File.ReadAllText(Repository.Path("tests", "SyscallServer.Tests", "RandomServers", "Handler.cs")), OutputKind.DynamicallyLinkedLibrary, name: "Servers");
        var options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        compilation = compilation
            .AddSyntaxTrees(servers.Select(server => CSharpSyntaxTree.ParseText(server.Source, options, server.Name + ".cs")))
            .WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));
        ImmutableArray<AdditionalText> texts = [RandomAssets.Manifest, RandomAssets.Redirects];
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new TcpServerGenerator().AsSourceGenerator()], texts, options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Empty(diagnostics);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);

        // What the analyzer accepts, the generator writes, and all of it compiles without a word. (To analyze what was written as well, which no analyzer looks at, would take as long as to compile it.)
        ImmutableArray<Diagnostic> refusals = await compilation.WithAnalyzers([new TcpServerAnalyzer(), new HandlerAnalyzer()], new AnalyzerOptions(texts)).GetAnalyzerDiagnosticsAsync();
        HashSet<string> refused = [.. refusals.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => Path.GetFileNameWithoutExtension(diagnostic.Location.SourceTree!.FilePath))];
        batch.Accepted = servers.Length - refused.Count;
        var sizes = new List<string>();
        ProjectFiles files = RandomAssets.Files;
        foreach (RandomServer server in servers)
        {
            INamedTypeSymbol type = after.GetTypeByMetadataName($"N{server.Seed}.{server.Name}")!;
            bool isWritten = type.GetTypeMembers(EmittedServer.Name).Length > 0;
            if (isWritten)
            {
                HttpSpec http = NamedFiles.Resolve(ServerParser.Parse(type, after, default, out _)!.Http!, files, static (_, _, _) => { })!;
                sizes.Add(FormattableString.Invariant($"{server.Seed} {ServerPlanner.HttpMemorySize(http, HttpPlanner.Plan(http))}"));
            }

            Assert.True(isWritten != refused.Contains(server.Name), $"the analyzer and the generator do not agree\n{server.Source}\n{string.Join('\n', refusals)}");
        }

        EmitResult emitted = after.Emit(batch.ServersPath, manifestResources: [RandomAssets.Manifest.Resource]);
        Assert.Empty(emitted.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.True(emitted.Success);
        await File.WriteAllLinesAsync(batch.ServersPath + RandomRun.Sizes, sizes);
        return batch;
    }

    /// <summary>Runs the servers.</summary>
    /// <returns>How the first that fails does so, with its source and its trace; null where none does.</returns>
    internal Task<string?> FirstFailureAsync() => FirstFailureAsync(ServersPath, "", PlantedFaults.None, _first, _count);

    /// <summary>Runs servers by their plans.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="engine">The engine; the one that these tests were built with where it is empty.</param>
    /// <returns>As with those that are compiled.</returns>
    internal static Task<string?> FirstFailureOfPlannedAsync(int first, int count, string engine = "", int fault = PlantedFaults.None) => FirstFailureAsync("", engine, fault, first, count);

    private static async Task<string?> FirstFailureAsync(string servers, string engine, int fault, int first, int count)
    {
        (int exitCode, string output, string error) = await RunAsync(servers, engine, fault, first, count, isTraced: false);
        if (exitCode == 0)
        {
            return null;
        }

        string? last = output.Split('\n').LastOrDefault(line => line.StartsWith("seed ", StringComparison.Ordinal));
        Assert.True(last is not null, $"no server was begun\n{output}\n{error}");
        if (fault != PlantedFaults.None)
        {
            return last; // nobody has to find out why
        }

        int seed = int.Parse(last.AsSpan(5), CultureInfo.InvariantCulture);
        (int again, output, string trace) = await RunAsync(servers, engine, fault, seed, 1, isTraced: true);
        var message = new StringBuilder();
        message.AppendLine(CultureInfo.InvariantCulture, $"RANDOM_SERVER_SEED={seed}: exit status {exitCode}, and again {again}").AppendLine(output).AppendLine(new RandomServer(seed).Source);
        return message.AppendJoin('\n', trace.Split('\n').TakeLast(300)).ToString();
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string servers, string engine, int fault, int first, int count, bool isTraced)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(RandomBatch).Assembly.Location, "random-servers", servers, engine, $"{first}", $"{count}", isTraced ? "trace" : ""])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.FileName = Path.GetFileName(start.FileName) == "dotnet" ? start.FileName : "dotnet";
        // Of servers that are compiled each has an engine of its own, no method of which is run for long: to compile all of them once takes a fifth less than to begin with the first tier.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = servers.Length == 0 ? "1" : "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment[PlantedEngine.Variable] = fault.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
