using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Internal.Http;
using SyscallServer.Tests.Http;
using Xunit;

namespace SyscallServer.Tests.Support;

/// <summary>A server with a file of redirects, as the generator writes it, and its answers.</summary>
internal sealed class RedirectServer
{
    private readonly Func<byte[], string> _answer;

    /// <param name="file">What is in the file <c>_redirects</c>.</param>
    /// <param name="attributes">The attributes of the class.</param>
    /// <param name="assets">The files that it may embed; null where there are none.</param>
    internal RedirectServer(string file, string attributes = "[Redirects(\"_redirects\")]", Assets? assets = null)
    {
        Run = Generate(file, attributes, assets);
        Assert.DoesNotContain(Run.AnalyzeAsync().GetAwaiter().GetResult(), found => found.Diagnostic.Severity == DiagnosticSeverity.Error);
        Type site = Run.Load().GetType("Site")!.Emitted();
        Type app = (Array.Find(site.GetNestedTypes(BindingFlags.NonPublic), type => type.Name == "App`1")?.MakeGenericType(typeof(NoKernel))
            ?? Array.Find(site.GetNestedTypes(BindingFlags.NonPublic), type => type.Name == "App")!).OpenAssets();
        _answer = typeof(RedirectServer).GetMethod(nameof(With), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(app).CreateDelegate<Func<byte[], string>>();
    }

    internal GeneratorRun Run { get; }

    internal static GeneratorRun Generate(string file, string attributes = "[Redirects(\"_redirects\")]", Assets? assets = null)
    {
        ImmutableArray<AdditionalText> texts = [new TextFile("_redirects", file)];
        return GeneratorRun.Of(
            GeneratorRun.Compile($"using SyscallServer; [TcpServer(DateHeader = false)] {attributes} static partial class Site;"),
            assets is null ? texts : texts.Insert(0, assets.Manifest()),
            TextFile.Project);
    }

    /// <summary>What is answered to a request.</summary>
    internal string Send(byte[] request) => _answer(request);

    /// <summary>Status and Location.</summary>
    internal string Get(string target, string host = "h", string method = "GET", string fields = "")
    {
        string response = Send(Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n"));
        Assert.StartsWith("HTTP/1.1 ", response, StringComparison.Ordinal);
        return $"{response.AsSpan(9, 3)} {Location(response)}".TrimEnd();
    }

    internal static string? Location(string response) => response.Split("\r\n").FirstOrDefault(line => line.StartsWith("Location: ", StringComparison.Ordinal))?[10..];

    private static unsafe string With<TApp>(byte[] request)
        where TApp : struct, IApp
    {
        using var memory = new GuardedBuffer(Output.CapacityOf<TApp>());
        byte* date = stackalloc byte[128];
        var output = new Output(memory.AtEnd(new byte[Output.CapacityOf<TApp>()]), date);
        Exchange exchange = default;
        output.Exchange = &exchange;
        HttpConnection http = default;
        byte[] input = [.. request, .. new byte[64]];
        fixed (byte* first = input)
        {
            _ = http.Receive<TApp>(first, request.Length, &output);
        }

        return Encoding.Latin1.GetString(output.Buffer, output.Length);
    }

    private readonly struct NoKernel : SyscallServer.Internal.Kernel.IKernel;
}
