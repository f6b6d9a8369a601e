using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What is in the packages besides the code, and what a project does not get from them.</summary>
[Trait("Category", "Documents")]
public sealed partial class PackageContentTests : OutsideTests
{
    /// <summary>How a Portable PDB marks the text of a source (its specification, "Embedded Source").</summary>
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_gallery_shows_an_icon_a_readme_the_licence_and_what_is_new(bool isTemplate)
    {
        using ZipArchive package = await OpenAsync(isTemplate);
        string description = Read(package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)));
        foreach (string element in new[] { "<icon>icon.png</icon>", "<readme>README.md</readme>", "<license type=\"expression\">MIT</license>", "<releaseNotes>", "<projectUrl>https://", "<repository type=\"git\" url=\"https://" })
        {
            Assert.Contains(element, description, StringComparison.Ordinal);
        }

        await using Stream icon = package.GetEntry("icon.png")!.Open();
        byte[] start = new byte[8];
        await icon.ReadExactlyAsync(start);
        Assert.Equal("PNG\r\n\u001a\n"u8.ToArray(), start[1..]);
    }

    [Fact]
    public async Task The_readme_is_that_of_the_repository_with_whole_links()
    {
        using ZipArchive package = await OpenAsync(isTemplate: false);
        Assert.Equal(await File.ReadAllTextAsync(Repository.Path("runtime", "README.md")), Read(package.GetEntry("README.md")!));
    }

    /// <summary>So that whoever has a package finds the sources that it was made of.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_package_names_the_commit_that_it_was_made_of(bool isTemplate)
    {
        using ZipArchive package = await OpenAsync(isTemplate);
        string commit = (await Command.OutputOfAsync("git", ["-C", Repository.Path(), "rev-parse", "HEAD"])).Trim();
        Assert.Contains($"commit=\"{commit}\"", Read(package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    /// <summary>The symbols of the library lie in a package of their own, for a symbol server. Every source is in them, so a debugger shows it without asking a network (which is what SourceLink would have it do).</summary>
    [Fact]
    public async Task The_symbols_of_the_library_have_every_source_in_them()
    {
        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(await Package.FeedAsync(), "*.snupkg").Single());
        using MemoryStream bytes = await BytesOfAsync(package.GetEntry("lib/net8.0/SyscallServer.pdb")!);
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(bytes);
        MetadataReader symbols = provider.GetMetadataReader();
        Assert.NotEmpty(symbols.Documents);
        Assert.Empty(symbols.Documents.Where(document => !HasSource(symbols, document)).Select(document => symbols.GetString(symbols.GetDocument(document).Name)));
    }

    /// <summary>So that a debugger shows the engine of a published server, whose symbols are made of these.</summary>
    [Fact]
    public async Task The_assemblies_of_the_freestanding_host_have_their_symbols_in_them()
    {
        using ZipArchive package = await OpenAsync(isTemplate: false);
        ZipArchiveEntry[] assemblies = [.. package.Entries.Where(entry => entry.FullName.StartsWith("freestanding/", StringComparison.Ordinal) && entry.Name is "SyscallServer.dll" or "System.Runtime.dll")];
        Assert.Equal(4, assemblies.Length);
        foreach (ZipArchiveEntry assembly in assemblies)
        {
            using MemoryStream bytes = await BytesOfAsync(assembly);
            using var reader = new PEReader(bytes);
            DebugDirectoryEntry symbols = reader.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
            using MetadataReaderProvider provider = reader.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
            Assert.NotEmpty(provider.GetMetadataReader().Documents);
        }
    }

    /// <summary>Under the JIT a server's methods are compiled once. That is nothing that a library, its tests or another program should be told.</summary>
    [Fact]
    public async Task Only_programs_with_a_server_in_them_are_compiled_without_tiers()
    {
        const string server = "[SyscallServer.TcpServer] [SyscallServer.StaticResponse(\"/\", \"a\")] public static partial class Site;";
        string library = await ProjectAsync("Library", "<OutputType>Library</OutputType>", server);
        string program = await ProjectAsync("Program", "", server);
        string chosen = await ProjectAsync("Chosen", "<TieredCompilation>true</TieredCompilation>", server);
        string other = await ProjectAsync("Other", "", "System.Console.WriteLine(typeof(SyscallServer.TcpServerAttribute));");
        string caller = await ProjectAsync("Caller", "", "return Site.Run(args);");
        await InsertAsync(caller, $"<ItemGroup><ProjectReference Include=\"{library}\" /></ItemGroup>");
        foreach ((string project, bool? expected) in new (string, bool?)[] { (program, false), (chosen, true), (other, null), (caller, false) })
        {
            string name = Path.GetFileNameWithoutExtension(project);
            await Command.OutputOfAsync("dotnet", ["build", project, "-o", Path.Combine(Folder, "out", name), "-m:1"]);
            string configuration = await File.ReadAllTextAsync(Path.Combine(Folder, "out", name, name + ".runtimeconfig.json"));
            Match tiers = Tiers().Match(configuration);
            Assert.Equal((name, expected), (name, tiers.Success ? bool.Parse(tiers.Groups[1].Value) : null));
        }
    }

    private static async Task<ZipArchive> OpenAsync(bool isTemplate)
        => ZipFile.OpenRead(isTemplate ? await Package.TemplateAsync() : Directory.GetFiles(await Package.FeedAsync(), "*.nupkg").Single());

    private static async Task<MemoryStream> BytesOfAsync(ZipArchiveEntry entry)
    {
        var bytes = new MemoryStream();
        await using (Stream stream = entry.Open())
        {
            await stream.CopyToAsync(bytes);
        }

        bytes.Position = 0;
        return bytes;
    }

    private static bool HasSource(MetadataReader symbols, DocumentHandle document)
        => symbols.GetCustomDebugInformation(document).Any(handle => symbols.GetGuid(symbols.GetCustomDebugInformation(handle).Kind) == EmbeddedSource);

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    [GeneratedRegex("\"System.Runtime.TieredCompilation\": (true|false)")]
    private static partial Regex Tiers();
}
