using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>Finds the manifest of the assets among the additional files of a compilation.</summary>
internal static class ManifestReader
{
    internal static bool IsManifest(AdditionalText text) => string.Equals(Path.GetFileName(text.Path), AssetManifest.FileName, StringComparison.Ordinal);

    internal static AssetManifest Read(IEnumerable<AdditionalText> texts, CancellationToken cancellationToken)
        => texts.FirstOrDefault(IsManifest) is { } text ? Read(text, cancellationToken) : AssetManifest.Empty;

    internal static AssetManifest Read(AdditionalText text, CancellationToken cancellationToken)
        => text.GetText(cancellationToken) is { } lines ? AssetManifest.Read(lines.Lines.Select(line => line.ToString())) : AssetManifest.Empty;
}
