using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;

namespace SyscallServer.ServerBenchmarks;

/// <summary>What remains when nothing is parsed: tests/Peers/floor.c.</summary>
internal class FloorServer(string name, string description) : Server(name, description)
{
    internal FloorServer()
        : this("floor", "epoll in C, which answers without parsing")
    {
    }

    internal override string Executable => Path.Combine(Folder, Source);

    /// <summary>Its file in tests/Peers, without the extension.</summary>
    protected virtual string Source => "floor";

    internal override Task BuildAsync(CancellationToken cancellation) => Tool.CompileAsync(Source, Executable, cancellation);

    internal override IReadOnlyList<string> Arguments(int port, Workload workload)
        => [port.ToString(CultureInfo.InvariantCulture), .. workload.ConnectionsStay ? Array.Empty<string>() : ["close"]];
}

/// <summary>What remains of a connection for one request when nothing is waited for but that: accept, recv, send, close.</summary>
internal sealed class ShortConnectionFloorServer() : FloorServer("floor-close", "accept, recv, send and close in C")
{
    internal override bool CanServe(Workload workload) => !workload.ConnectionsStay && base.CanServe(workload);

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => [port.ToString(CultureInfo.InvariantCulture), "wait"];
}

/// <summary>The floor with io_uring in the place of epoll: tests/Peers/uring.c.</summary>
internal sealed class RingFloorServer() : FloorServer("uring", "io_uring in C, which answers without parsing")
{
    protected override string Source => "uring";
}

/// <summary>It has no sums: they would take a module of one's own.</summary>
internal sealed class NginxServer() : Server("nginx", "nginx, return 200")
{
    private const string Configuration = "nginx.conf";

    internal override string Executable { get; } = Tool.Find("nginx");

    internal override bool CanServe(Workload workload) => workload.Needs is Content.Pipeline or Content.Static || base.CanServe(workload);

    internal override async Task PrepareAsync(int port, CancellationToken cancellation)
    {
        await ConfigureAsync(Configuration, new Dictionary<string, string> { ["Port"] = port.ToString(CultureInfo.InvariantCulture), ["Folder"] = Folder }, cancellation);
        await StaticFiles.WriteAsync(Folder, cancellation);
    }

    internal override IReadOnlyList<string> Arguments(int port, Workload workload)
        => ["-e", "stderr", "-p", Folder, "-c", Path.Combine(Folder, Configuration)];
}

/// <summary>nginx with files, and with what makes it send large ones cheaply.</summary>
internal sealed class NginxFileServer() : Server("nginx-files", "nginx, files, sendfile and tcp_nopush")
{
    private const string Configuration = "nginx-files.conf";

    internal override string Executable { get; } = Tool.Find("nginx");

    internal override bool CanServe(Workload workload) => workload.Needs == Content.LargeFile;

    internal override async Task PrepareAsync(int port, CancellationToken cancellation)
    {
        await ConfigureAsync(Configuration, new Dictionary<string, string> { ["Port"] = port.ToString(CultureInfo.InvariantCulture), ["Folder"] = Folder }, cancellation);
        await WriteFilesAsync(cancellation);
    }

    internal override IReadOnlyList<string> Arguments(int port, Workload workload)
        => ["-e", "stderr", "-p", Folder, "-c", Path.Combine(Folder, Configuration)];
}

internal sealed class H2oServer() : Server("h2o", "h2o, a file")
{
    private const string Configuration = "h2o.conf";

    internal override string Executable { get; } = Tool.Find("h2o");

    internal override bool CanServe(Workload workload) => workload.Needs is Content.Pipeline or Content.Static || base.CanServe(workload);

    internal override async Task PrepareAsync(int port, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string>
        {
            ["Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["Folder"] = Folder,
            ["User"] = Environment.IsPrivilegedProcess ? "user: root" : "", // only root may say so, and would be nobody otherwise
        };
        await ConfigureAsync(Configuration, values, cancellation);
        await File.WriteAllTextAsync(Path.Combine(Folder, "index.txt"), "Hello, World!\n", cancellation);
        await File.WriteAllTextAsync(Path.Combine(Folder, "pipeline"), "ok", cancellation);
        await StaticFiles.WriteAsync(Folder, cancellation);
    }

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => ["-c", Path.Combine(Folder, Configuration)];
}

/// <summary>ASP.NET Core: tests/Peers/Kestrel.</summary>
internal sealed class KestrelServer() : Server("kestrel", "Kestrel, minimal API, NativeAOT")
{
    /// <summary>The last framework whose compiler brings its runtime: not every registry has the package of a later one.</summary>
    internal static IReadOnlyList<string> Framework { get; } = ["-p:SampleFramework=net9.0"];

    internal override string Executable => Path.Combine(Folder, "Kestrel");

    internal override bool CanServe(Workload workload) => workload.Needs is Content.Pipeline or Content.Static or Content.Sums or Content.Api || base.CanServe(workload);

    internal override Task PrepareAsync(int port, CancellationToken cancellation) => StaticFiles.WriteAsync(Folder, cancellation);

    internal override Task BuildAsync(CancellationToken cancellation)
        => Tool.RunAsync("dotnet", ["publish", "-m:1", Repository.Path("tests", "Peers", "Kestrel"), "-r", "linux-x64", "-o", Folder, "-p:PublishAot=true", .. Framework], cancellation);

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => ["--urls", $"http://127.0.0.1:{port}"];
}

/// <summary>The assembly server that the project started from: tests/Reference/server.s, whose port is decided by the assembler.</summary>
internal sealed class ReferenceServer() : Server("reference", "the reference in assembly, with a backlog")
{
    internal override string Executable => Path.Combine(Folder, "server");

    /// <summary>It says one byte less than it means.</summary>
    internal override string ResponseEnd => "FROM TCP SERVER\r\n\r";

    /// <summary>Each leaves a zombie, and there are 32,768 process ids.</summary>
    internal override int MaxRequests => 15_000;

    internal override bool CanServe(Workload workload) => !workload.ConnectionsStay;

    internal override async Task PrepareAsync(int port, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        string objectFile = Executable + ".o";
        await Tool.RunAsync("as", ["--defsym", $"PORT={port}", "--defsym", "BACKLOG=4096", "-o", objectFile, Repository.Path("tests", "Reference", "server.s")], cancellation);
        await Tool.RunAsync("ld", ["-o", Executable, objectFile], cancellation);
    }

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => [];
}
