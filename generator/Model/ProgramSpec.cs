using System;

namespace SyscallServer.Generator.Model;

/// <summary>What the servers of one project have in common.</summary>
/// <param name="Name">The program's name: that of the assembly.</param>
/// <param name="Version">The project's version.</param>
/// <param name="NeedsEntryPoint">Whether it is a program that has no Main yet.</param>
/// <param name="HostProperty">SyscallServerHost of the project file; empty where it says nothing.</param>
/// <param name="Platform">What it is published for (RuntimeIdentifier); empty where it is built to be run.</param>
internal sealed record ProgramSpec(string Name, string Version, bool NeedsEntryPoint, string HostProperty, string Platform)
{
    /// <summary>Whether embedded files are served as they are on the disk, under the JIT: SyscallServerLiveAssets, which is so in builds for development.</summary>
    internal bool HasLiveAssets { get; init; }

    /// <summary>Whether it is for arm64, where there is no host but the freestanding one.</summary>
    internal bool IsForArm64 => Platform is "linux-arm64" or "linux-musl-arm64";

    /// <summary>
    /// The host that the program is published for. Unless the project file says otherwise, a program whose Main is generated needs no
    /// runtime, and one with a Main of its own may use all of .NET.
    /// </summary>
    /// <param name="servers">The number of servers in the project: only a single one gets a generated Main.</param>
    /// <returns>Null where the project file names a host that there is not.</returns>
    internal Host? Host(int servers)
    {
        if (HostProperty.Length == 0)
        {
            return NeedsEntryPoint && servers == 1 ? Model.Host.Freestanding : Model.Host.NativeAot;
        }

        return string.Equals(HostProperty, nameof(Model.Host.Freestanding), StringComparison.OrdinalIgnoreCase) ? Model.Host.Freestanding
            : string.Equals(HostProperty, nameof(Model.Host.NativeAot), StringComparison.OrdinalIgnoreCase) ? Model.Host.NativeAot
            : null;
    }
}
