using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using SyscallServer.Tasks.Assets;
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
        Assert.Equal(("wwwroot/a.txt", Assets.Time, Text.Length), (file.Path, file.LastModified, file.Content.Length));
        Assert.Equal(64, file.Hash.Length);
        Assert.Equal(Text, Encoding.UTF8.GetString(Bytes(assets, file.Content)!));
        byte[] gzip = Bytes(assets, file.Gzip)!;
        Assert.Equal(Text, Decoded(new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress)));
        Assert.Equal(Text, Decoded(new BrotliStream(new MemoryStream(Bytes(assets, file.Brotli)!), CompressionMode.Decompress)));
        Assert.True(file.Brotli!.Length < file.Gzip!.Length && file.Gzip.Length < Text.Length);

        // Nothing of the machine or the moment: MTIME, XFL, OS (RFC 1952).
        Assert.Equal([0, 0, 0, 0, 0, 255], gzip[4..10]);
    }

    [Fact]
    public void Nothing_depends_on_the_machine_or_on_the_order_in_which_files_are_found()
    {
        using var one = new Assets();
        using var another = new Assets();
        one.Add("b.txt", Text).Add("a.txt", "a").Add("B.txt", "b");
        another.Add("a.txt", "a").Add("B.txt", "b").Add("b.txt", Text);
        Assert.Equal(one.Write(), another.Write());
        Assert.Equal(File.ReadAllBytes(one.BlockPath), File.ReadAllBytes(another.BlockPath));
        Assert.Equal(["B.txt", "a.txt", "b.txt"], Read(one).Select(file => file.Path));
        Assert.DoesNotContain(one.Write(), line => line.Contains(one.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public void No_time_is_later_than_the_one_of_the_sources()
    {
        using var assets = new Assets();
        assets.Add("a.txt", "a");
        Assert.Contains(Assets.Time.ToString(CultureInfo.InvariantCulture), assets.Write(1_000_000_000)[1], StringComparison.Ordinal);
        Assert.Contains("\t1000\t", assets.Write(1000)[1], StringComparison.Ordinal);
    }

    /// <summary>So each checkout has the same, whenever it was made.</summary>
    [Fact]
    public void The_time_is_that_of_the_commit_where_git_knows_one()
    {
        using var assets = new Assets();
        assets.Add("a.txt", "a").Add("sub/b c\u00e9.txt", "b").Add("sub/c.txt", "c").Add("untracked.txt", "u").Add("changed.txt", "1").Add("other/deep/d.txt", "d");
        string files = Path.Combine(assets.Folder, "files");
        string Times(bool asksGit, uint? latest = null) => string.Join(' ', assets.Write(latest, asksGit).Skip(1).Select(line => line.Split('\t')[1]));
        string mtime = Assets.Time.ToString(CultureInfo.InvariantCulture);
        string all = string.Join(' ', Enumerable.Repeat(mtime, 6));
        Assert.Equal(all, Times(asksGit: true)); // there is no repository
        Git("init", "-q");
        Assert.Equal(all, Times(asksGit: true)); // nor any commit
        Commit(1000, "a.txt", "sub", "changed.txt", "other");
        assets.Add("sub/c.txt", "cc");
        Commit(2000, "sub/c.txt");
        Git("mv", "other", "moved");
        Git("mv", "moved", "other");
        assets.Add("changed.txt", "22");

        // a.txt, changed.txt, other/deep/d.txt, sub/b cé.txt, sub/c.txt, untracked.txt
        Assert.Equal($"1000 {mtime} 1000 1000 2000 {mtime}", Times(asksGit: true));
        Assert.Equal(all, Times(asksGit: false));
        Assert.Equal("1000 1500 1000 1000 1500 1500", Times(asksGit: true, latest: 1500));
        Commit(3000, "changed.txt");
        Assert.Equal($"1000 3000 1000 1000 2000 {mtime}", Times(asksGit: true));

        // A shallow clone knows of one commit.
        using var clone = new Assets();
        foreach (string name in (string[])["a.txt", "sub/c.txt"])
        {
            clone.Add(name, "");
        }

        Directory.Delete(Path.Combine(clone.Folder, "files"), recursive: true);
        Git("clone", "-q", "--depth", "1", "file://" + files, Path.Combine(clone.Folder, "files"));
        Assert.Equal(["3000", "3000"], clone.Write(asksGit: true).Skip(1).Select(line => line.Split('\t')[1]));

        void Commit(int time, params string[] names)
        {
            Git(["add", .. names]);
            Git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "--date", $"@{time} +0000", "-m", "a\nb", $"TIME={time}");
        }

        void Git(params string[] arguments)
        {
            var start = new System.Diagnostics.ProcessStartInfo("git") { WorkingDirectory = files };
            foreach (string argument in arguments)
            {
                if (argument.StartsWith("TIME=", StringComparison.Ordinal))
                {
                    start.Environment["GIT_COMMITTER_DATE"] = $"@{argument[5..]} +0000";
                }
                else
                {
                    start.ArgumentList.Add(argument);
                }
            }

            using System.Diagnostics.Process git = System.Diagnostics.Process.Start(start)!;
            git.WaitForExit();
            Assert.Equal(0, git.ExitCode);
        }
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
    public void Equal_contents_are_there_once()
    {
        using var assets = new Assets();
        EmbeddedFile[] files = Read(assets.Add("a.txt", Text).Add("b.txt", Text).Add("c.png", Text).Add("d.txt", "d"));
        Assert.Equal(files[0].Content, files[1].Content);
        Assert.Equal(files[0].Gzip, files[1].Gzip);
        Assert.Null(files[2].Gzip); // whose name says that it is compressed already
        Assert.Equal(Text, Encoding.UTF8.GetString(Bytes(assets, files[2].Content)!));
        Assert.Equal("d"u8.ToArray(), Bytes(assets, files[3].Content));
        Assert.Equal(5 * Assets.EntryLength + 2 * Text.Length + files[0].Gzip!.Length + files[0].Brotli!.Length + 1 + Assets.Rest, new FileInfo(assets.BlockPath).Length);
    }

    [Fact]
    public void What_is_known_from_before_is_not_compressed_again()
    {
        using var assets = new Assets();
        EmbeddedFile file = Read(assets.Add("a.txt", Text))[0];

        // What stands there for gzip is taken as it is, by the content of the file; under whichever name.
        byte[] block = File.ReadAllBytes(assets.BlockPath);
        int gzip = block.AsSpan().IndexOf(Bytes(assets, file.Gzip));
        block[gzip + 20] ^= 1;
        byte[] changed = block.AsSpan(gzip, file.Gzip!.Length).ToArray();
        Put(block);
        EmbeddedFile[] files = Read(assets.Add("b.txt", Text).Add("c.txt", Text + "!"));
        Assert.Equal([true, true, false], files.Select(each => changed.AsSpan().SequenceEqual(Bytes(assets, each.Gzip))));

        // Not what another version wrote, nor what belongs to another manifest.
        Assert.Equal([true, true, false], Changed());
        File.WriteAllText(assets.ManifestPath, "# another version" + File.ReadAllText(assets.ManifestPath)[17..]);
        Assert.Equal([false, false, false], Changed());
        Put(block);
        File.AppendAllText(assets.BlockPath, "x");
        Assert.Equal([false, false, false], Changed());

        void Put(byte[] bytes)
        {
            File.WriteAllBytes(assets.BlockPath, bytes);
            string[] lines = File.ReadAllLines(assets.ManifestPath);
            lines[0] = lines[0][..^64] + Convert.ToHexString(SHA256.HashData(bytes));
            File.WriteAllLines(assets.ManifestPath, lines);
        }

        IEnumerable<bool> Changed() => Read(assets).Select(each => changed.AsSpan().SequenceEqual(Bytes(assets, each.Gzip))).ToArray();
    }

    [Fact]
    public void The_linker_gets_what_is_used_under_the_same_entries()
    {
        using var assets = new Assets();
        EmbeddedFile[] files = Read(assets.Add("a.txt", Text).Add("b.txt", "b").Add("c.txt", Text).Add("d.png", Text + "d").Add("e.txt", "e"));
        byte[] block = File.ReadAllBytes(assets.BlockPath);
        AssetContent[] used = [files[1].Content, files[2].Brotli!, files[3].Content];
        byte[] selected = LinkedAssets.Select(block, [.. used.Select(content => content.Entry).Order()]);
        Assert.All(used, content => Assert.Equal(Bytes(block, content), Bytes(selected, content)));
        Assert.Equal((used.Max(content => content.Entry) + 1) * Assets.EntryLength + used.Sum(content => content.Length) + Assets.Rest, selected.Length);
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
        Assert.Null(AssetWriter.Conflict([asset, asset, new("b.txt", "/one/a.txt"), new("A.txt", "/one/A.txt")]));
        Assert.Equal(
            "The assets '/one/a.txt' and '/two/a.txt' have the same path 'a.txt': give one of them another one, with Link in its SyscallServerAsset.",
            AssetWriter.Conflict([asset, new("b.txt", "/b.txt"), new("a.txt", "/two/a.txt")]));
    }

    private static byte[]? Bytes(Assets assets, AssetContent? content) => content is null ? null : Bytes(File.ReadAllBytes(assets.BlockPath), content);

    private static byte[] Bytes(byte[] block, AssetContent content)
        => block.AsSpan((int)BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(content.Entry * Assets.EntryLength)), content.Length).ToArray();

    private static EmbeddedFile[] Read(Assets assets) => [.. AssetManifest.Read(assets.Write()).Files];

    private static string Decoded(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
