using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using SyscallServer.Tasks;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What the build writes down of the assets is what the generator reads.</summary>
public class AssetManifestTests
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 200).Select(i => $"line {i} of a text that gets smaller\n"));

    [Fact]
    public void A_file_arrives_with_its_time_its_hash_and_both_codings()
    {
        using var assets = new Assets();
        EmbeddedFile file = Assert.Single(Read(assets.Add("wwwroot/a.txt", Text)));
        Assert.Equal(("wwwroot/a.txt", Assets.Time, Text.Length), (file.Path, file.LastModified, (int)file.Length));
        Assert.Equal(64, file.Hash.Length);
        Assert.Equal(Text, Encoding.UTF8.GetString(file.Identity));
        Assert.Equal(Text, Decoded(new GZipStream(new MemoryStream(file.Gzip!), CompressionMode.Decompress)));
        Assert.Equal(Text, Decoded(new BrotliStream(new MemoryStream(file.Brotli!), CompressionMode.Decompress)));
        Assert.True(file.Brotli!.Length < file.Gzip!.Length && file.Gzip.Length < Text.Length);

        // Nothing of the machine or the moment: MTIME, XFL, OS (RFC 1952).
        Assert.Equal([0, 0, 0, 0, 0, 255], file.Gzip[4..10]);
    }

    [Fact]
    public void Nothing_depends_on_the_machine_or_on_the_order_in_which_files_are_found()
    {
        using var one = new Assets();
        using var another = new Assets();
        one.Add("b.txt", Text).Add("a.txt", "a").Add("B.txt", "b");
        another.Add("a.txt", "a").Add("B.txt", "b").Add("b.txt", Text);
        Assert.Equal(one.Write(), another.Write());
        Assert.Equal(["B.txt", "a.txt", "b.txt"], Read(one).Select(file => file.Path));
        Assert.DoesNotContain(one.Write(), line => line.Contains(one.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public void No_time_is_later_than_the_one_of_the_sources()
    {
        using var assets = new Assets();
        assets.Add("a.txt", "a");
        Assert.Contains(Assets.Time.ToString(CultureInfo.InvariantCulture), assets.Write("1000000000")[1], StringComparison.Ordinal);
        Assert.Contains("\t1000\t", assets.Write("1000")[1], StringComparison.Ordinal);
        Assert.Equal(assets.Write(), assets.Write("tomorrow"));
    }

    [Fact]
    public void What_does_not_get_smaller_has_no_coding()
    {
        byte[] noise = new byte[1000];
        new Random(1).NextBytes(noise);
        using var assets = new Assets();
        foreach (EmbeddedFile file in Read(assets.Add("empty.txt", "").Add("noise.bin", noise).Add("photo.JPG", Text)))
        {
            Assert.Null(file.Gzip);
            Assert.Null(file.Brotli);
            Assert.True(file.HasContent);
        }
    }

    [Fact]
    public void Names_may_have_any_character()
    {
        using var assets = new Assets();
        string[] names = ["a b.txt", "caf\u00E9/\u65E5\u672C.txt", "100%.txt", "a\tb\nc.txt", "a\\b.txt", "#?&.txt"];
        foreach (string name in names)
        {
            assets.Add(name, name);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), Read(assets).Select(file => file.Path));
    }

    [Fact]
    public void What_is_known_from_before_is_not_compressed_again()
    {
        using var assets = new Assets();
        assets.Add("a.txt", Text).Write();
        string manifest = Path.Combine(assets.Folder, "SyscallServer.Assets.txt");

        // What stands there for gzip is taken as it is, by the content of the file; under whichever name.
        string[] lines = File.ReadAllLines(manifest);
        string[] fields = lines[1].Split('\t');
        fields[5] = "AAAA";
        File.WriteAllLines(manifest, [lines[0], string.Join('\t', fields)]);
        assets.Add("b.txt", Text).Add("c.txt", Text + "!");
        Assert.Equal([true, true, false], assets.Write()[1..].Select(line => line.Split('\t')[5] == "AAAA"));

        // Not what another version wrote.
        File.WriteAllLines(manifest, ["# another version", string.Join('\t', fields)]);
        Assert.DoesNotContain(assets.Write(), line => line.Contains("AAAA\t", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_very_long_file_only_that_it_is_there_is_known()
    {
        using var assets = new Assets();
        EmbeddedFile file = Assert.Single(Read(assets.Add("long.bin", new byte[AssetManifestWriter.LongestFile + 1])));
        Assert.False(file.HasContent);
        Assert.Equal(AssetManifestWriter.LongestFile + 1, file.Length);
    }

    [Fact]
    public void A_link_has_the_time_of_what_it_leads_to()
    {
        using var assets = new Assets();
        assets.Add("target.txt", "a").Add("link.txt", "b");
        string link = Path.Combine(assets.Folder, "files", "link.txt");
        File.Delete(link);
        File.CreateSymbolicLink(link, "target.txt");
        EmbeddedFile[] files = Read(assets);
        Assert.Equal(files[1].Hash, files[0].Hash);
        Assert.Equal(Assets.Time, files[0].LastModified);
    }

    [Fact]
    public void Two_files_under_one_path_are_an_error_and_one_file_twice_is_not()
    {
        Asset asset = new("a.txt", "/one/a.txt");
        Assert.Null(AssetManifestWriter.Conflict([asset, asset, new("b.txt", "/one/a.txt"), new("A.txt", "/one/A.txt")]));
        Assert.Equal(
            "The assets '/one/a.txt' and '/two/a.txt' have the same path 'a.txt': give one of them another one, with Link in its SyscallServerAsset.",
            AssetManifestWriter.Conflict([asset, new("b.txt", "/b.txt"), new("a.txt", "/two/a.txt")]));
    }

    private static EmbeddedFile[] Read(Assets assets) => [.. AssetManifest.Read(assets.Write()).Files];

    private static string Decoded(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
