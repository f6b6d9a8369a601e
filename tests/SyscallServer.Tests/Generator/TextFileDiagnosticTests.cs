using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>Text files that attributes name: how they are found, what their lines are, and that they are no content.</summary>
public class TextFileDiagnosticTests
{
    [Theory]
    [InlineData("/project/", "_redirects", "/project/_redirects", true)]
    [InlineData("/project", "sub/_redirects", "/project/sub/_redirects", true)]
    [InlineData("/project/", "../shared/moved.txt", "/shared/moved.txt", true)]
    [InlineData("/project/a/", "../../shared/moved.txt", "/project/a/../../shared/moved.txt", true)]
    [InlineData("C:\\project\\", "sub/_redirects", "C:\\project\\sub\\_redirects", true)]
    [InlineData("", "/project/_redirects", "/project/_redirects", true)]
    [InlineData("/project/", "_redirects", "/project/sub/_redirects", false)]
    [InlineData("/project/", "_redirects", "/elsewhere/_redirects", false)]
    [InlineData("/project/", "_redirects", "/project/my_redirects", false)]
    public void A_name_begins_at_the_folder_of_the_project_file(string folder, string name, string path, bool isFound)
        => Assert.Equal(isFound, ProjectTextReader.Find([new Text(path, "x")], folder, name, default) is { Content: "x" });

    [Fact]
    public void Only_what_is_named_is_read()
    {
        TextFile[] files = [new("a", "1"), new("b", "2"), new("c", "3")];
        Assert.Equal("2", ProjectTextReader.Find(files, "/project/", "b", default)!.Content);
        Assert.Equal([0, 1, 0], files.Select(file => file.Reads));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "0:0:a")]
    [InlineData("a\n", "0:0:a")]
    [InlineData("a\r\nb\n\nc", "0:0:a 1:3:b 2:5: 3:6:c")]
    [InlineData("\n\r\n", "0:0: 1:1:")]
    [InlineData("a\rb\u2028c\nd", "0:0:a\rb\u2028c 1:6:d")]
    public void Lines_end_with_line_feeds(string content, string expected)
        => Assert.Equal(expected, string.Join(" ", new ProjectText("a", "/a", content).Lines().Select(line => $"{line.Number}:{line.Start}:{line.Text}")));

    [Theory]
    [InlineData("moved.txt", "SYSC128", "The compiler is not given 'moved.txt': write <AdditionalFiles Include=\"moved.txt\" /> in an <ItemGroup> of the project file (if the file is there)")]
    [InlineData("wwwroot/a.txt", "SYSC128", "The compiler is not given 'wwwroot/a.txt': write <AdditionalFiles Include=\"wwwroot/a.txt\" /> in an <ItemGroup> of the project file (it is an asset, whose bytes the compiler does not see)")]
    [InlineData("_redirects", null, null)]
    public void A_file_that_the_compiler_is_not_given_is_named(string name, string? id, string? expected)
    {
        using var assets = new Assets();
        assets.Add("wwwroot/a.txt", "a").Add("wwwroot/_redirects", "b");
        List<(string, string)> found = [];
        HttpSpec? resolved = NamedFiles.Resolve(
            Spec("[StaticResponse(\"/\", \"x\")]") with { Texts = new EquatableArray<FileReference>([new FileReference(name, 0)]) },
            new ProjectFiles(AssetManifest.Read(assets.Write()), other => ProjectTextReader.Find([new TextFile("_redirects", "")], "/project/", other, default)),
            (place, descriptor, arguments) => found.Add((descriptor.Id, string.Format(null, descriptor.MessageFormat.ToString(null), arguments))));
        Assert.Equal(id is null ? [] : [(id, expected!)], found);
        Assert.Equal(id is null, resolved is not null);
    }

    [Fact]
    public void A_mistake_has_its_place_in_the_file()
    {
        var text = new ProjectText("_redirects", "/project/_redirects", "# a\n/b /c 999\n");
        Location location = FilePlace.In(new FileReference("_redirects", 3), text, text.Lines().Last(), 6, 3).Location!;
        Assert.Equal("/project/_redirects: (1,6)-(1,9)", location.GetLineSpan().ToString());
        Assert.Equal("999", text.Content.Substring(location.SourceSpan.Start, location.SourceSpan.Length));
    }

    [Theory]
    [InlineData("""[StaticFiles("/", "wwwroot")]""", "/a.txt /sub/b.txt")]
    [InlineData("""[StaticFiles("/", "wwwroot", Exclude = ["_redirects", "_headers"])]""", "/a.txt /sub/b.txt")]
    [InlineData("""[StaticFiles("/", "wwwroot")] [StaticFile("/own", "wwwroot/_headers")]""", "/own /a.txt /sub/b.txt")]
    public void Files_that_configure_are_no_content_of_a_folder(string attributes, string expected)
    {
        using var assets = new Assets();
        assets.Add("wwwroot/a.txt", "a").Add("wwwroot/_redirects", "x").Add("wwwroot/_headers", "x").Add("wwwroot/sub/_headers", "x").Add("wwwroot/sub/b.txt", "b");
        HttpSpec http = NamedFiles.Resolve(Spec(attributes), new ProjectFiles(AssetManifest.Read(assets.Write()), _ => null), (_, descriptor, _) => Assert.Fail(descriptor.Id))!;
        Assert.Equal(expected, string.Join(" ", http.Routes.Select(route => System.Text.Encoding.UTF8.GetString([.. route.Path]))));
    }

    private static HttpSpec Spec(string attributes)
    {
        Compilation compilation = GeneratorRun.Compile($"using SyscallServer; [TcpServer] {attributes} partial class Site;", OutputKind.DynamicallyLinkedLibrary);
        return ServerParser.Parse(compilation.GetTypeByMetadataName("Site")!, compilation, default, out _)!.Http!;
    }

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(System.Threading.CancellationToken cancellationToken = default) => Microsoft.CodeAnalysis.Text.SourceText.From(text);
    }
}
