using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SyscallServer.Tasks.Image;
using Xunit;

namespace SyscallServer.Tests.Image;

/// <summary>The archive of an image, read as a registry or a container engine reads it.</summary>
public class ImageArchiveTests
{
    private static readonly byte[] Amd64 = [.. "\u007fELF amd64"u8];
    private static readonly byte[] Arm64 = [.. "\u007fELF arm64"u8];

    private static readonly ImageDescription Plain = new() { Name = "site", Tag = "1.0", User = "65532:65532", Program = "Site", Created = DateTimeOffset.FromUnixTimeSeconds(1_000_000_000) };

    private static ImagePart Part(string architecture) => new(architecture, architecture == "amd64" ? Amd64 : Arm64, [.. "{}"u8]);

    [Fact]
    public void Every_blob_is_what_its_digest_says_and_the_layer_what_the_configuration_says()
    {
        var archive = new Archive(ImageArchive.Write(Plain, [Part("amd64"), Part("arm64")]));
        string[] blobs = [.. archive.Files.Keys.Where(path => path.StartsWith("blobs/", StringComparison.Ordinal))];
        Assert.Equal(7, blobs.Length); // a manifest, a configuration and a layer of each, and the list of the two
        Assert.All(blobs, path => Assert.Equal("blobs/sha256/" + Hash(archive.Files[path]), path));
        Assert.Equal("1.0.0", archive.Json("oci-layout").GetProperty("imageLayoutVersion").GetString());

        JsonElement named = Assert.Single(archive.Json("index.json").GetProperty("manifests").EnumerateArray());
        Assert.Equal("1.0", named.GetProperty("annotations").GetProperty("org.opencontainers.image.ref.name").GetString());
        Assert.Equal("docker.io/library/site:1.0", named.GetProperty("annotations").GetProperty("io.containerd.image.name").GetString());
        JsonElement[] manifests = [.. archive.Blob(named).GetProperty("manifests").EnumerateArray()];
        Assert.Equal(["amd64", "arm64"], manifests.Select(manifest => manifest.GetProperty("platform").GetProperty("architecture").GetString()));
        Assert.All(manifests, manifest =>
        {
            JsonElement image = archive.Blob(manifest);
            JsonElement config = archive.Blob(image.GetProperty("config"));
            JsonElement layer = Assert.Single(image.GetProperty("layers").EnumerateArray());
            Assert.Equal(manifest.GetProperty("platform").GetProperty("architecture").GetString(), config.GetProperty("architecture").GetString());
            Assert.Equal("sha256:" + Hash(archive.Layer(layer)), Assert.Single(config.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray()).GetString());
        });
    }

    [Fact]
    public void An_image_of_one_architecture_is_named_itself_and_known_to_older_engines()
    {
        var archive = new Archive(ImageArchive.Write(Plain with { Name = "registry.example:5000/team/site" }, [Part("amd64")]));
        JsonElement manifest = Assert.Single(archive.Json("index.json").GetProperty("manifests").EnumerateArray());
        Assert.Equal("application/vnd.oci.image.manifest.v1+json", manifest.GetProperty("mediaType").GetString());
        Assert.Equal("registry.example:5000/team/site:1.0", manifest.GetProperty("annotations").GetProperty("io.containerd.image.name").GetString());
        JsonElement old = Assert.Single(archive.Json("manifest.json").EnumerateArray());
        Assert.Equal("registry.example:5000/team/site:1.0", Assert.Single(old.GetProperty("RepoTags").EnumerateArray()).GetString());
        Assert.True(archive.Files.ContainsKey(old.GetProperty("Config").GetString()!));
        Assert.True(archive.Files.ContainsKey(Assert.Single(old.GetProperty("Layers").EnumerateArray()).GetString()!));
    }

    [Fact]
    public void The_configuration_says_how_it_is_run()
    {
        ImageDescription image = Plain.With(["EntryPoint", "Port=8080", "Port=8443", "Port=8080", "HealthCheck", "Unknown=1"]) with { Labels = new Dictionary<string, string> { ["b"] = "\"2\"", ["a"] = "1+1" } };
        JsonElement config = new Archive(ImageArchive.Write(image, [Part("amd64")])).Config();
        Assert.Equal("2001-09-09T01:46:40Z", config.GetProperty("created").GetString());
        Assert.Equal("linux", config.GetProperty("os").GetString());
        config = config.GetProperty("config");
        Assert.Equal("65532:65532", config.GetProperty("User").GetString());
        Assert.Equal(["8080/tcp", "8443/tcp"], config.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name));
        Assert.Equal(["/Site"], config.GetProperty("Entrypoint").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(["CMD", "/Site", "--healthcheck"], config.GetProperty("Healthcheck").GetProperty("Test").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal([("a", "1+1"), ("b", "\"2\"")], config.GetProperty("Labels").EnumerateObject().Select(label => (label.Name, label.Value.GetString()!)));

        JsonElement plain = new Archive(ImageArchive.Write(Plain.With([]), [Part("amd64")])).Config().GetProperty("config");
        Assert.False(plain.TryGetProperty("Healthcheck", out _));
        Assert.False(plain.TryGetProperty("ExposedPorts", out _));
    }

    [Fact]
    public void The_layer_has_the_program_and_the_folders_that_it_reads_and_those_that_it_may_write()
    {
        ImageDescription image = (Plain with { User = "1000" }).With(["Folder=./www//pages", "WritableFolder=uploads", "WritableFolder=/var/lib/site", "WritableFolder=/"]);
        var archive = new Archive(ImageArchive.Write(image, [Part("amd64")]));
        Assert.Equal(
            [
                ("uploads/", 1000, "0755"), ("var/", 0, "0755"), ("var/lib/", 0, "0755"), ("var/lib/site/", 1000, "0755"), ("www/", 0, "0755"), ("www/pages/", 0, "0755"),
                ("Site", 0, "0555"), ("Site.cdx.json", 0, "0444"),
            ],
            archive.Entries().Select(entry => (entry.Name, entry.Uid, "0" + Convert.ToString((int)entry.Mode, 8))));
        Assert.All(archive.Entries(), entry => Assert.Equal((image.Created, entry.Uid == 0 ? 0 : 1000), (entry.ModificationTime, entry.Gid)));
        Assert.Equal(Amd64, archive.Content("Site"));
    }

    [Fact]
    public void The_same_program_gives_the_same_bytes()
        => Assert.Equal(ImageArchive.Write(Plain, [Part("amd64"), Part("arm64")]), ImageArchive.Write(Plain, [Part("amd64"), Part("arm64")]));

    [Theory]
    [InlineData("site", "latest", "65532", null)]
    [InlineData("ghcr.io/team/my-site_2.x", "v1.0-rc.1", "0:0", null)]
    [InlineData("localhost:5000/site", "1", "1:2", null)]
    [InlineData("Site", "1", "1", "'Site' is no name of an image: set <SyscallServerImageName>")]
    [InlineData("-site", "1", "1", "'-site' is no name")]
    [InlineData("a..b", "1", "1", "'a..b' is no name")]
    [InlineData("", "1", "1", "'' is no name")]
    [InlineData("a/../b", "1", "1", "'a/../b' is no name")]
    [InlineData("site\n", "1", "1", "'site\n' is no name")]
    [InlineData("site", "", "1", "'' is no tag of an image: set <SyscallServerImageTag>")]
    [InlineData("site", ".1", "1", "'.1' is no tag")]
    [InlineData("site", "1:2", "1", "'1:2' is no tag")]
    [InlineData("site", "1", "nobody", "'nobody' is no user of an image without /etc/passwd: set <SyscallServerImageUser>")]
    [InlineData("site", "1", "1:2:3", "'1:2:3' is no user")]
    [InlineData("site", "1", "-1", "'-1' is no user")]
    [InlineData("site", "1", "", "'' is no user")]
    public void A_name_that_no_registry_takes_is_told(string name, string tag, string user, string? problem)
    {
        string? said = (Plain with { Name = name, Tag = tag, User = user }).Problem;
        Assert.Equal(problem is null, said is null);
        Assert.StartsWith(problem ?? "", said ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void The_bill_of_materials_names_the_executable_and_what_is_in_it()
    {
        JsonElement bill = JsonDocument.Parse(SoftwareBill.Write("My Site", "1.2.3", "MIT", Amd64, Plain.Created, [new Package("B", "2.0"), new Package("A", "1.0+x"), new Package("B", "2.0")], new Package("ILC", "10.0.1"))).RootElement;
        Assert.Equal(("CycloneDX", "1.5"), (bill.GetProperty("bomFormat").GetString(), bill.GetProperty("specVersion").GetString()));
        JsonElement program = bill.GetProperty("metadata").GetProperty("component");
        Assert.Equal(Hash(Amd64), Assert.Single(program.GetProperty("hashes").EnumerateArray()).GetProperty("content").GetString());
        Assert.Equal("MIT", Assert.Single(program.GetProperty("licenses").EnumerateArray()).GetProperty("expression").GetString());
        string[] urls = ["pkg:nuget/A@1.0%2Bx", "pkg:nuget/B@2.0"];
        Assert.Equal(urls, bill.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("purl").GetString()));
        JsonElement dependency = Assert.Single(bill.GetProperty("dependencies").EnumerateArray());
        Assert.Equal("pkg:generic/My%20Site@1.2.3", dependency.GetProperty("ref").GetString());
        Assert.Equal(urls, dependency.GetProperty("dependsOn").EnumerateArray().Select(url => url.GetString()));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

    /// <summary>An archive, unpacked.</summary>
    private sealed class Archive(byte[] bytes)
    {
        internal IReadOnlyDictionary<string, byte[]> Files { get; } = Read(bytes).Where(entry => entry.Entry.EntryType == TarEntryType.RegularFile).ToDictionary(entry => entry.Entry.Name, entry => entry.Content, StringComparer.Ordinal);

        internal JsonElement Json(string path) => JsonDocument.Parse(Files[path]).RootElement;

        /// <summary>What a descriptor stands for, which is as long as it says.</summary>
        internal JsonElement Blob(JsonElement descriptor) => JsonDocument.Parse(Bytes(descriptor)).RootElement;

        internal JsonElement Config() => Blob(Blob(Json("index.json").GetProperty("manifests")[0]).GetProperty("config"));

        /// <summary>The tar archive of a layer.</summary>
        internal byte[] Layer(JsonElement descriptor)
        {
            using var gzip = new GZipStream(new MemoryStream(Bytes(descriptor)), CompressionMode.Decompress);
            using var layer = new MemoryStream();
            gzip.CopyTo(layer);
            return layer.ToArray();
        }

        internal IEnumerable<UstarTarEntry> Entries() => Read(OnlyLayer()).Select(entry => entry.Entry);

        internal byte[] Content(string name) => Read(OnlyLayer()).Single(entry => entry.Entry.Name == name).Content;

        private byte[] OnlyLayer() => Layer(Blob(Json("index.json").GetProperty("manifests")[0]).GetProperty("layers")[0]);

        private byte[] Bytes(JsonElement descriptor)
        {
            byte[] content = Files["blobs/" + descriptor.GetProperty("digest").GetString()!.Replace(':', '/')];
            Assert.Equal(content.Length, descriptor.GetProperty("size").GetInt32());
            return content;
        }

        private static List<(UstarTarEntry Entry, byte[] Content)> Read(byte[] archive)
        {
            var entries = new List<(UstarTarEntry, byte[])>();
            using var reader = new TarReader(new MemoryStream(archive));
            while (reader.GetNextEntry(copyData: true) is UstarTarEntry entry)
            {
                using var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                entries.Add((entry, content.ToArray()));
            }

            return entries;
        }
    }
}
