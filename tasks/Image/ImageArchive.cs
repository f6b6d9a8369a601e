using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;

namespace SyscallServer.Tasks.Image;

/// <summary>An executable of the image.</summary>
/// <param name="Architecture">As Go calls it: <c>amd64</c> or <c>arm64</c>.</param>
/// <param name="Executable">Its bytes.</param>
/// <param name="Bill">What it is made of, in CycloneDX.</param>
internal sealed record ImagePart(string Architecture, byte[] Executable, byte[] Bill);

/// <summary>
/// Writes an image from scratch: one layer with the executable, its bill of materials and the folders that it needs, for each architecture. The archive is an OCI image layout, and has besides what
/// older versions of "docker load" look for.
/// </summary>
internal static class ImageArchive
{
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar+gzip";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string IndexType = "application/vnd.oci.image.index.v1+json";

    /// <summary>How often a container engine asks, and how long it waits: the server itself gives up after 3 seconds. In nanoseconds, as the engines count.</summary>
    private const long HealthInterval = 30_000_000_000;

    private const long HealthTimeout = 5_000_000_000;

    /// <summary>The bytes of the archive.</summary>
    internal static byte[] Write(ImageDescription image, IReadOnlyList<ImagePart> parts)
    {
        var layout = new OciLayout(image.Created);
        (OciDescriptor Manifest, OciDescriptor Config, OciDescriptor Layer)[] manifests = [.. parts.Select(part => AddManifest(layout, image, part))];
        layout.AddFile("oci-layout", Json.Object(writer => writer.WriteString("imageLayoutVersion", "1.0.0")));

        // One image is named by itself; several are named by a list of theirs, of which each machine takes its own.
        Action<Utf8JsonWriter> descriptors = writer =>
        {
            for (int i = 0; i < parts.Count; i++)
            {
                string architecture = parts[i].Architecture;
                WriteDescriptor(writer, manifests[i].Manifest, more =>
                {
                    WritePlatform(more, architecture);
                    WriteName(more, parts.Count == 1 ? image : null);
                });
            }
        };
        byte[] index = Index(descriptors);
        if (parts.Count > 1)
        {
            OciDescriptor list = layout.AddBlob(IndexType, index);
            index = Index(writer => WriteDescriptor(writer, list, more => WriteName(more, image)));
        }

        layout.AddFile("index.json", index);
        layout.AddFile("manifest.json", Json.Array(writer => writer.Object(entry =>
        {
            entry.WriteString("Config", manifests[0].Config.Path);
            entry.Array("RepoTags", tags => tags.WriteStringValue($"{image.Name}:{image.Tag}"));
            entry.Array("Layers", layers => layers.WriteStringValue(manifests[0].Layer.Path));
        })));
        return layout.ToArchive();
    }

    private static (OciDescriptor Manifest, OciDescriptor Config, OciDescriptor Layer) AddManifest(OciLayout layout, ImageDescription image, ImagePart part)
    {
        byte[] files = Files(image, part);
        OciDescriptor layer = layout.AddBlob(LayerType, Compress(files));
        OciDescriptor config = layout.AddBlob(ConfigType, Config(image, part.Architecture, OciLayout.Digest(OciLayout.Hash(files))));
        OciDescriptor manifest = layout.AddBlob(ManifestType, Json.Object(writer =>
        {
            writer.WriteNumber("schemaVersion", 2);
            writer.WriteString("mediaType", ManifestType);
            writer.WritePropertyName("config");
            WriteDescriptor(writer, config);
            writer.Array("layers", layers => WriteDescriptor(layers, layer));
            writer.Object("annotations", annotations => WriteAll(annotations, image.Labels));
        }));
        return (manifest, config, layer);
    }

    /// <summary>The files of the layer.</summary>
    private static byte[] Files(ImageDescription image, ImagePart part)
    {
        var archive = new TarArchive(image.Created);
        var owners = new SortedDictionary<string, (int User, int Group)>(StringComparer.Ordinal);
        foreach (string folder in image.Folders.Concat(image.WritableFolders))
        {
            // And those around it.
            for (string path = folder; path.Length > 1; path = path[..path.LastIndexOf('/')])
            {
                owners.TryAdd(path, (0, 0));
            }
        }

        foreach (string folder in image.WritableFolders.Where(folder => folder != "/"))
        {
            owners[folder] = image.Owner;
        }

        foreach ((string folder, (int User, int Group) owner) in owners)
        {
            archive.AddFolder(folder[1..] + "/", owner);
        }

        archive.AddFile(image.Program, part.Executable, isExecutable: true);
        archive.AddFile(image.Program + ".cdx.json", part.Bill, isExecutable: false);
        return archive.ToArray();
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    /// <summary>How the image is run (OCI image specification, config.md; Healthcheck is Docker's).</summary>
    private static byte[] Config(ImageDescription image, string architecture, string layer)
        => Json.Object(writer =>
        {
            string created = Timestamp(image.Created);
            string program = "/" + image.Program;
            writer.WriteString("created", created);
            writer.WriteString("architecture", architecture);
            writer.WriteString("os", "linux");
            writer.Object("config", config =>
            {
                config.WriteString("User", image.User);
                if (image.Ports.Count > 0)
                {
                    config.Object("ExposedPorts", ports =>
                    {
                        foreach (string port in image.Ports)
                        {
                            ports.Object(port + "/tcp", _ => { });
                        }
                    });
                }

                config.Array("Entrypoint", entry => entry.WriteStringValue(program));
                config.WriteString("WorkingDir", "/");
                config.Object("Labels", labels => WriteAll(labels, image.Labels));
                config.WriteString("StopSignal", "SIGTERM");
                if (image.HasHealthCheck)
                {
                    config.Object("Healthcheck", check =>
                    {
                        check.Array("Test", test =>
                        {
                            test.WriteStringValue("CMD");
                            test.WriteStringValue(program);
                            test.WriteStringValue("--healthcheck");
                        });
                        check.WriteNumber("Interval", HealthInterval);
                        check.WriteNumber("Timeout", HealthTimeout);
                    });
                }
            });
            writer.Object("rootfs", root =>
            {
                root.WriteString("type", "layers");
                root.Array("diff_ids", layers => layers.WriteStringValue(layer));
            });
            writer.Array("history", history => history.Object(step =>
            {
                step.WriteString("created", created);
                step.WriteString("created_by", "dotnet publish -p:SyscallServerImage=true");
            }));
        });

    private static byte[] Index(Action<Utf8JsonWriter> manifests)
        => Json.Object(writer =>
        {
            writer.WriteNumber("schemaVersion", 2);
            writer.WriteString("mediaType", IndexType);
            writer.Array("manifests", manifests);
        });

    private static void WriteDescriptor(Utf8JsonWriter writer, OciDescriptor descriptor, Action<Utf8JsonWriter>? more = null)
        => writer.Object(value =>
        {
            value.WriteString("mediaType", descriptor.MediaType);
            value.WriteString("digest", descriptor.Digest);
            value.WriteNumber("size", descriptor.Size);
            more?.Invoke(value);
        });

    private static void WritePlatform(Utf8JsonWriter writer, string architecture)
        => writer.Object("platform", platform =>
        {
            platform.WriteString("architecture", architecture);
            platform.WriteString("os", "linux");
        });

    /// <summary>By the first name skopeo and podman know an image in a layout, by the second Docker does.</summary>
    private static void WriteName(Utf8JsonWriter writer, ImageDescription? image)
    {
        if (image is not null)
        {
            string registry = image.Name.Contains('/', StringComparison.Ordinal) ? "" : "docker.io/library/";
            writer.Object("annotations", names =>
            {
                names.WriteString("org.opencontainers.image.ref.name", image.Tag);
                names.WriteString("io.containerd.image.name", $"{registry}{image.Name}:{image.Tag}");
            });
        }
    }

    private static void WriteAll(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> values)
    {
        foreach ((string name, string value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>RFC 3339.</summary>
    internal static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
