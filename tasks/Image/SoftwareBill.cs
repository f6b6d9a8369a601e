using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Image;

/// <summary>A package that has a part in an executable.</summary>
internal sealed record Package(string Name, string Version)
{
    /// <summary>As the package URL specification has it.</summary>
    internal string Url => $"pkg:nuget/{Uri.EscapeDataString(Name)}@{Uri.EscapeDataString(Version)}";
}

/// <summary>What an executable is made of, as CycloneDX 1.5 (ECMA-424) has it.</summary>
internal static class SoftwareBill
{
    /// <summary>The bytes of the document. It has no serial number, which would be another each time.</summary>
    /// <param name="name">The program.</param>
    /// <param name="version">Its version.</param>
    /// <param name="license">Its licence, as an SPDX expression; empty where none is said.</param>
    /// <param name="executable">The bytes of the executable.</param>
    /// <param name="created">When it was made.</param>
    /// <param name="packages">The packages whose code is in it.</param>
    /// <param name="compiler">What compiled it.</param>
    internal static byte[] Write(string name, string version, string license, byte[] executable, DateTimeOffset created, IEnumerable<Package> packages, Package compiler)
    {
        Package[] parts = [.. packages.DistinctBy(package => package.Url).OrderBy(package => package.Url, StringComparer.Ordinal)];
        string self = $"pkg:generic/{Uri.EscapeDataString(name)}@{Uri.EscapeDataString(version)}";
        return Json.Object(writer =>
        {
            writer.WriteString("bomFormat", "CycloneDX");
            writer.WriteString("specVersion", "1.5");
            writer.WriteNumber("version", 1);
            writer.Object("metadata", metadata =>
            {
                metadata.WriteString("timestamp", ImageArchive.Timestamp(created));
                metadata.Object("tools", tools => tools.Array("components", components => components.Object(tool =>
                {
                    tool.WriteString("type", "application");
                    tool.WriteString("name", compiler.Name);
                    tool.WriteString("version", compiler.Version);
                    tool.WriteString("purl", compiler.Url);
                })));
                metadata.Object("component", component =>
                {
                    component.WriteString("type", "application");
                    component.WriteString("bom-ref", self);
                    component.WriteString("name", name);
                    component.WriteString("version", version);
                    component.Array("hashes", hashes => hashes.Object(hash =>
                    {
                        hash.WriteString("alg", "SHA-256");
                        hash.WriteString("content", OciLayout.Hash(executable));
                    }));
                    if (license.Length > 0)
                    {
                        component.Array("licenses", licenses => licenses.Object(each => each.WriteString("expression", license)));
                    }
                });
            });
            writer.Array("components", components =>
            {
                foreach (Package package in parts)
                {
                    components.Object(component =>
                    {
                        component.WriteString("type", "library");
                        component.WriteString("bom-ref", package.Url);
                        component.WriteString("name", package.Name);
                        component.WriteString("version", package.Version);
                        component.WriteString("purl", package.Url);
                    });
                }
            });
            writer.Array("dependencies", dependencies => dependencies.Object(dependency =>
            {
                dependency.WriteString("ref", self);
                dependency.Array("dependsOn", references =>
                {
                    foreach (Package package in parts)
                    {
                        references.WriteStringValue(package.Url);
                    }
                });
            }));
        });
    }
}
