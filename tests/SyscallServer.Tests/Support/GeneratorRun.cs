using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace SyscallServer.Tests.Support;

/// <summary>
/// The one way in which tests run the generator and the analyzer. Each run is made twice, and the second must find
/// everything in the cache and nothing there that would keep a compilation alive.
/// </summary>
internal sealed class GeneratorRun
{
    /// <summary>What the runtime library itself refers to.</summary>
    internal static readonly ImmutableArray<MetadataReference> Framework = Platform(name => name.StartsWith("System.", StringComparison.Ordinal));

    private static readonly ImmutableArray<MetadataReference> References = [.. Framework, .. Platform(name => name is "SyscallServer.dll" or "netstandard.dll")];

    /// <summary>Those of the assemblies of this process whose file names are wanted.</summary>
    internal static ImmutableArray<MetadataReference> Platform(Func<string, bool> isWanted)
        => [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => isWanted(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly AnalyzerConfigOptionsProvider _options;

    private readonly ImmutableArray<AdditionalText> _texts;

    private GeneratorRun(CSharpCompilation before, CSharpCompilation after, GeneratorDriver driver, AnalyzerConfigOptionsProvider options, ImmutableArray<AdditionalText> texts)
    {
        _options = options;
        _texts = texts;
        Before = before;
        After = after;
        Driver = driver;
    }

    /// <summary>The additional files.</summary>
    internal ImmutableArray<AdditionalText> Texts => _texts;

    internal AdditionalText? Manifest => _texts.FirstOrDefault();

    /// <summary>What the build has the compiler put into the assembly.</summary>
    internal ResourceDescription[] Resources => [.. _texts.OfType<Assets.Text>().Select(text => text.Resource)];

    internal CSharpCompilation Before { get; }

    internal CSharpCompilation After { get; }

    internal GeneratorDriver Driver { get; }

    /// <summary>The generated files: name and text.</summary>
    internal IReadOnlyDictionary<string, string> Files
        => Driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    internal static CSharpCompilation Compile(
        string source,
        OutputKind kind = OutputKind.ConsoleApplication,
        bool allowUnsafe = true,
        LanguageVersion language = LanguageVersion.CSharp12,
        string name = "Program")
        => CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(language), "/src/Program.cs")],
            References,
            new CSharpCompilationOptions(kind, allowUnsafe: allowUnsafe, nullableContextOptions: NullableContextOptions.Enable));

    internal static GeneratorRun Of(string source, OutputKind kind = OutputKind.ConsoleApplication, params (string Name, string Value)[] properties)
        => Of(Compile(source, kind), properties);

    /// <param name="compilation">The user's project.</param>
    /// <param name="properties">What the project file says, of what the package makes visible.</param>
    internal static GeneratorRun Of(CSharpCompilation compilation, params (string Name, string Value)[] properties) => Of(compilation, manifest: null, properties);

    /// <param name="compilation">The user's project.</param>
    /// <param name="manifest">The manifest of its assets; null where it has none.</param>
    /// <param name="properties">What the project file says, of what the package makes visible.</param>
    internal static GeneratorRun Of(CSharpCompilation compilation, AdditionalText? manifest, params (string Name, string Value)[] properties)
        => Of(compilation, manifest is null ? [] : [manifest], properties);

    /// <param name="compilation">The user's project.</param>
    /// <param name="texts">The additional files; a manifest of assets is the first of them.</param>
    /// <param name="properties">What the project file says, of what the package makes visible.</param>
    internal static GeneratorRun Of(CSharpCompilation compilation, ImmutableArray<AdditionalText> texts, params (string Name, string Value)[] properties)
    {
        var options = new ProjectProperties(properties);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new TcpServerGenerator().AsSourceGenerator()],
            texts,
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            optionsProvider: options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out ImmutableArray<Diagnostic> diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.Equal("SYSC070", diagnostic.Id)); // all else is the analyzers' to say

        GeneratorDriver again = driver.RunGenerators(compilation.Clone());
        AssertCached(again.GetRunResult().Results.Single());
        return new GeneratorRun(compilation, (CSharpCompilation)after, driver, options, texts);
    }

    /// <summary>Asserts that what was generated compiles without an error or a warning, and loads it.</summary>
    internal Assembly Load() => Load(After, Resources);

    /// <inheritdoc cref="Load()"/>
    internal static Assembly Load(CSharpCompilation compilation, params ResourceDescription[] resources)
    {
        using var stream = new MemoryStream();
        Assert.Empty(Serious(compilation.Emit(stream, manifestResources: resources).Diagnostics)); // of Emit's own, for to ask for them before would compile all of it twice
        return Assembly.Load(stream.ToArray());
    }

    internal void AssertCompiles() => Assert.Empty(Serious(After.GetDiagnostics()));

    private static IEnumerable<Diagnostic> Serious(ImmutableArray<Diagnostic> diagnostics) => diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    /// <summary>
    /// What the analyzers say, with the text under each squiggle; none where it is said of the whole project. The generator has run before, as in a build.
    /// </summary>
    internal async Task<IReadOnlyList<(Diagnostic Diagnostic, string Squiggled)>> AnalyzeAsync()
    {
        ImmutableArray<Diagnostic> diagnostics = await After
            .WithAnalyzers([new TcpServerAnalyzer(), new FreestandingAnalyzer(), new HandlerAnalyzer(), new StateAnalyzer()], new AnalyzerOptions(_texts, _options))
            .GetAnalyzerDiagnosticsAsync();
        return diagnostics
            .Concat(Driver.GetRunResult().Diagnostics)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => (diagnostic, Squiggled(diagnostic.Location)))
            .ToArray();
    }

    private string Squiggled(Location location)
        => location == Location.None ? ""
            : (_texts.FirstOrDefault(text => text.Path == location.GetLineSpan().Path)?.GetText() ?? (location.SourceTree ?? After.SyntaxTrees[0]).GetText()).ToString(location.SourceSpan);

    internal static void AssertCached(GeneratorRunResult result)
    {
        foreach ((IncrementalStepRunReason Reason, string Step) output in Outputs(result))
        {
            Assert.True(
                output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                $"{output.Step} was {output.Reason}");
        }

        foreach (KeyValuePair<string, ImmutableArray<IncrementalGeneratorRunStep>> steps in result.TrackedSteps.Where(step => IsOurs(step.Key)))
        {
            foreach ((object value, _) in steps.Value.SelectMany(step => step.Outputs))
            {
                AssertPlain(value, steps.Key, new HashSet<object>(ReferenceEqualityComparer.Instance));
            }
        }
    }

    internal static IEnumerable<(IncrementalStepRunReason Reason, string Step)> Outputs(GeneratorRunResult result)
        => result.TrackedSteps.Where(step => IsOurs(step.Key))
            .SelectMany(step => step.Value.SelectMany(run => run.Outputs.Select(output => (output.Reason, step.Key))))
            .Concat(result.TrackedOutputSteps.SelectMany(step => step.Value.SelectMany(run => run.Outputs.Select(output => (output.Reason, step.Key)))));

    private static bool IsOurs(string step) => step is TcpServerGenerator.ParseStep or TcpServerGenerator.ProgramStep or TcpServerGenerator.AssetsStep or TcpServerGenerator.TextsStep or TcpServerGenerator.ResolveStep or TcpServerGenerator.PlanStep;

    /// <summary>Walks an object of the cache: no symbol, syntax, location or compilation may be in it.</summary>
    private static void AssertPlain(object? value, string step, HashSet<object> seen)
    {
        if (value is null or string || !seen.Add(value))
        {
            return;
        }

        Assert.False(
            value is Compilation or ISymbol or SyntaxNode or SyntaxTree or SemanticModel or Location or AttributeData,
            $"{step} keeps a {value.GetType()}");
        Type type = value.GetType();
        if (type.IsPrimitive || type.IsEnum)
        {
            return;
        }

        if (value is IEnumerable elements)
        {
            foreach (object? element in elements)
            {
                AssertPlain(element, step, seen);
            }

            return;
        }

        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            AssertPlain(field.GetValue(value), step, seen);
        }
    }

    internal sealed class ProjectProperties((string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options((string Name, string Value)[] properties) : AnalyzerConfigOptions
        {
            private readonly Dictionary<string, string> _values = properties.ToDictionary(property => "build_property." + property.Name, property => property.Value);

            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => _values.TryGetValue(key, out value);
        }
    }
}
