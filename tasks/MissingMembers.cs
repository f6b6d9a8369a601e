using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;
using SyscallServer.Tasks.Link;

namespace SyscallServer.Tasks;

/// <summary>What a program uses that is not there without the .NET runtime.</summary>
/// <param name="What">The member, or what the compiled code asks of the runtime.</param>
/// <param name="Caller">The method that uses it; null where that is not known.</param>
/// <param name="File">Where it does so, as far as the linker says that; else empty.</param>
/// <param name="Line">The line there, from 1 on; 0 where it is not known.</param>
internal readonly record struct MissingMember(string What, string? Caller, string File = "", int Line = 0);

/// <summary>Reads what is missing out of the words of the AOT compiler, and out of what the linker has found.</summary>
internal static partial class MissingMembers
{
    /// <summary>What the AOT compiler makes of C# and calls in a runtime, by the beginnings of the names.</summary>
    private static readonly (string Symbol, string What)[] Routines =
    [
        ("RhpNewArray", "Memory for a new array"),
        ("RhpNew", "Memory for a new object"),
        ("RhNew", "Memory for a new object"),
        ("RhpInitialDynamicInterfaceDispatch", "A call through an interface"),
        ("RhpInterfaceDispatch", "A call through an interface"),
        ("RhpResolveInterfaceMethod", "A call through an interface"),
        ("RhpStelemRef", "Storing an object into an array"),
        ("RhpLdelemaRef", "A reference to an object in an array"),
        ("RhTypeCast_", "A cast, or a test for a type"),
        ("RhBox", "Boxing"),
        ("RhUnbox", "Unboxing"),
        ("RhpThrow", "An exception"),
        ("RhpRethrow", "An exception"),
        ("Object_Equals_of_a_struct_without_IEquatable", "The equality of a struct without an IEquatable of its own"),
    ];

    /// <summary>The assemblies that are ours: what is missing there is no fault of the program's.</summary>
    private static readonly string[] Own = ["System.Runtime", "SyscallServer"];

    /// <summary>Reads the output of the AOT compiler.</summary>
    internal static IReadOnlyList<MissingMember> OfCompiler(IEnumerable<string> lines)
    {
        var found = new List<MissingMember>();
        string? failed = null;
        foreach (string line in lines)
        {
            if (AnalysisError().Match(line) is { Success: true } error)
            {
                found.Add(new MissingMember(Subject(error.Groups["reason"].Value), error.Groups["caller"].Value));
            }
            else if (GenerationFailed().Match(line) is { Success: true } generation && !Own.Contains(generation.Groups["assembly"].Value))
            {
                failed ??= generation.Groups["caller"].Value;
            }
            else if (failed is not null && NotFound().Match(line) is { Success: true } missing)
            {
                found.Add(new MissingMember(Quoted(missing.Groups["member"].Value), failed));
            }
        }

        return [.. found.Distinct()];
    }

    /// <summary>What symbols that nothing defines stand for, and who uses them.</summary>
    /// <param name="references">What the linker has found.</param>
    /// <param name="names">The names of methods as in <see cref="MangledNames"/>.</param>
    internal static IReadOnlyList<MissingMember> OfLinker(IEnumerable<UndefinedReference> references, IReadOnlyDictionary<string, string> names)
        => [.. references.Select(reference => OfLinker(reference, names)).Distinct()];

    private static MissingMember OfLinker(UndefinedReference reference, IReadOnlyDictionary<string, string> names)
    {
        (_, string? what) = Routines.FirstOrDefault(routine => reference.Symbol.StartsWith(routine.Symbol, StringComparison.Ordinal));
        return new MissingMember(what is null ? Quoted(reference.Symbol) : $"{what} ({reference.Symbol})", Demangled(reference.Function, names), reference.File, reference.Line);
    }

    /// <summary>The names of those assemblies that have a module initializer, which a runtime runs when it loads them.</summary>
    internal static IEnumerable<string> WithModuleInitializer(IEnumerable<string> assemblies)
    {
        foreach (string assembly in assemblies)
        {
            using FileStream file = File.OpenRead(assembly);
            using var image = new PEReader(file);
            MetadataReader reader = image.GetMetadataReader();

            // ECMA-335, partition II, section 10.8: the global members are those of the first type.
            TypeDefinition module = reader.GetTypeDefinition(reader.TypeDefinitions.First());
            if (module.GetMethods().Any(method => reader.StringComparer.Equals(reader.GetMethodDefinition(method).Name, ".cctor")))
            {
                yield return reader.GetString(reader.GetAssemblyDefinition().Name);
            }
        }
    }

    /// <summary>The methods of assemblies, by the symbols that the AOT compiler gives them: the assembly, the type and, after two underscores, the method, where all that is no letter or digit is an underscore.</summary>
    internal static IReadOnlyDictionary<string, string> MangledNames(IEnumerable<string> assemblies)
    {
        var names = new Dictionary<string, string>();
        foreach (string assembly in assemblies)
        {
            using FileStream file = File.OpenRead(assembly);
            using var image = new PEReader(file);
            MetadataReader reader = image.GetMetadataReader();
            string prefix = Mangled(reader.GetString(reader.GetAssemblyDefinition().Name)) + "_";
            foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
            {
                string name = FullName(reader, type);
                foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
                {
                    string methodName = reader.GetString(method.Name);
                    names[$"{prefix}{Mangled(name)}__{Mangled(methodName)}"] = $"{Arity().Replace(name, "")}.{methodName}";
                }
            }
        }

        return names;
    }

    private static string FullName(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
        {
            return FullName(reader, reader.GetTypeDefinition(type.GetDeclaringType())) + "." + name;
        }

        string space = reader.GetString(type.Namespace);
        return space.Length == 0 ? name : space + "." + name;
    }

    /// <summary>A symbol as the method is called in C#, as far as that can be told.</summary>
    private static string? Demangled(string symbol, IReadOnlyDictionary<string, string> names)
    {
        // A cell that an interface is called through has its caller at the end of its name.
        if (symbol.Contains("__InterfaceDispatchCell_", StringComparison.Ordinal))
        {
            return names.Where(name => symbol.EndsWith("_" + name.Key, StringComparison.Ordinal)).OrderByDescending(name => name.Key.Length).Select(name => name.Value).FirstOrDefault();
        }

        // Type arguments, and the number of an overload.
        string plain = Overload().Replace(TypeArguments().Replace(symbol, ""), "");
        return names.TryGetValue(symbol, out string? name) || names.TryGetValue(plain, out name) ? name : symbol.Contains("__", StringComparison.Ordinal) && !symbol.Contains("Section", StringComparison.Ordinal) ? symbol : null;
    }

    private static string Mangled(string name)
    {
        var mangled = new StringBuilder(name.Length);
        foreach (char character in name)
        {
            mangled.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        }

        return mangled.ToString();
    }

    private static string Subject(string reason)
    {
        Match named = Named().Match(reason);
        return named.Success ? Quoted(named.Groups["member"].Value) : $"What the AOT compiler calls '{reason.TrimEnd('.')}'";
    }

    private static string Quoted(string name) => $"'{name}'";

    [GeneratedRegex(@"AOT analysis error IL\d+: (?<caller>.+?): Method will always throw because: (?:\[[^]]*\] ?)?(?<reason>.+?)\s*$")]
    private static partial Regex AnalysisError();

    [GeneratedRegex(@"Code generation failed for method '\[(?<assembly>[^]]+)\](?<caller>.+?)'")]
    private static partial Regex GenerationFailed();

    [GeneratedRegex(@"Expected (?:type|method|field) '(?<member>[^']+)' not found")]
    private static partial Regex NotFound();

    [GeneratedRegex(@"(?:Failed to load (?:type|assembly)|Missing (?:method|field)) '?(?<member>[^']+)'?")]
    private static partial Regex Named();

    [GeneratedRegex(@"<.*>")]
    private static partial Regex TypeArguments();

    [GeneratedRegex(@"_\d+$")]
    private static partial Regex Overload();

    [GeneratedRegex(@"`\d+")]
    private static partial Regex Arity();
}
