using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>runtime/README.md is in the package: README.md with links that a gallery can follow, which has none of the files beside it. SNAPSHOTS=accept writes it.</summary>
[Trait("Category", "Documents")]
public sealed partial class PackageReadmeTests
{
    private const string Sources = "https://github.com/SyscallServer/SyscallServer/blob/main/";

    [Fact]
    public void The_readme_of_the_package_is_that_of_the_repository_with_whole_links()
        => Snapshot.VerifyFile(RelativeLink().Replace(File.ReadAllText(Repository.Path("README.md")), "$1" + Sources), Repository.Path("runtime", "README.md"));

    /// <summary>A heading can be linked to as on the page of the repository.</summary>
    [Fact]
    public void No_link_of_it_needs_a_file_beside_it()
        => Assert.DoesNotContain(Page.Read("runtime/README.md").Links.Select(link => link.Target), link => !link.StartsWith("https://", StringComparison.Ordinal) && !link.StartsWith('#'));

    [Fact]
    public void The_readme_of_the_templates_has_whole_links_too()
        => Assert.DoesNotContain(Page.Read("templates/README.md").Links.Select(link => link.Target), link => !link.StartsWith("https://", StringComparison.Ordinal) && !link.StartsWith('#'));

    [GeneratedRegex(@"(\]\(|^\[\w+\]: )(?![a-z]+:|#)", RegexOptions.Multiline)]
    private static partial Regex RelativeLink();
}
