extern alias Runtime;

using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Runtime::SyscallServer.Internal.Http;
using Runtime::SyscallServer.Internal.Kernel;
using Runtime::SyscallServer.Internal.Transport;
using SyscallServer.Tests.Http;
using SyscallServer.Tests.Support;
using Xunit;
using HttpDate = Runtime::SyscallServer.Internal.Text.HttpDate;

namespace SyscallServer.Tests.Generator;

/// <summary>What came from a <see cref="CompiledServer"/>.</summary>
internal sealed record Response(int Status, string StatusLine, string[] Lines, byte[] Body)
{
    internal string? this[string name] => Lines.SingleOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..];
}

/// <summary>Nothing of a kernel is needed for what is planned.</summary>
internal readonly struct NoKernel : IKernel;

/// <summary>A kernel that takes what is written, and of that as little as it likes.</summary>
internal readonly unsafe struct SinkKernel : IKernel
{
    /// <summary>Tests run beside each other.</summary>
    [field: ThreadStatic]
    internal static MemoryStream Sent { get; set; } = null!;

    public static nint write(int fd, void* buf, nuint count)
    {
        int taken = (int)Math.Min(count, 1000);
        Sent.Write(new ReadOnlySpan<byte>(buf, taken));
        return taken;
    }

    public static nint writev(int fd, iovec* iov, int iovcnt)
    {
        iovec* first = iov->iov_len != 0 ? iov : iov + 1;
        return write(fd, first->iov_base, first->iov_len);
    }
}

/// <summary>The engine, specialised for an app.</summary>
internal sealed unsafe class CompiledServer(Type app)
{
    private delegate byte[] Answer(byte[] request);

    private readonly Answer _answer = typeof(CompiledServer).GetMethod(nameof(Receive), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(app).CreateDelegate<Answer>();

    /// <summary>The server of a class <c>Site</c>.</summary>
    internal static CompiledServer Of(string source, Assets assets) => Of(GeneratorRun.Compile(source), assets);

    /// <summary>The same with text files.</summary>
    internal static CompiledServer Of(string source, Assets assets, params TextFile[] files)
        => Of(GeneratorRun.Of(GeneratorRun.Compile(source), [assets.Manifest(), .. files], TextFile.Project));

    /// <inheritdoc cref="Of(string, Assets)"/>
    internal static CompiledServer Of(CSharpCompilation source, Assets assets) => Of(GeneratorRun.Of(source, assets.Manifest()));

    private static CompiledServer Of(GeneratorRun run)
    {
        // The app knows the kernel where something is decided at run time.
        Type emitted = run.Load().GetType("Site")!.Emitted();
        Type app = emitted.GetNestedType("App", BindingFlags.NonPublic) ?? emitted.GetNestedType("App`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(NoKernel));
        return new CompiledServer(app.OpenAssets());
    }

    /// <summary>Fills its files with variables, as a server does before it serves.</summary>
    /// <param name="environment">The variables.</param>
    /// <returns>What it says; empty where it goes on.</returns>
    internal string Fill(params string[] environment) => FillBytes([.. environment.Select(Encoding.UTF8.GetBytes)]);

    /// <inheritdoc cref="Fill"/>
    internal string FillBytes(params byte[][] environment) => SecretsKernel.RunStep(app.DeclaringType!, "FillFiles", environment);

    internal Response Get(string path, string lines) => Exchange(("GET", $"GET {path} HTTP/1.1\r\nHost: a\r\n{lines}\r\n"))[0];

    /// <summary>Pipelined requests.</summary>
    internal Response[] Exchange(params (string Method, string Request)[] requests)
    {
        byte[] bytes = _answer(Encoding.Latin1.GetBytes(string.Concat(requests.Select(request => request.Request))));
        string text = Encoding.Latin1.GetString(bytes);
        int position = 0;
        var responses = requests.Select(request =>
        {
            int end = text.IndexOf("\r\n\r\n", position, StringComparison.Ordinal);
            string[] lines = text[position..end].Split("\r\n");
            var response = new Response(int.Parse(lines[0].Split(' ')[1], null), lines[0], lines[1..], []);
            int length = request.Method == "HEAD" ? 0 : int.Parse(response["Content-Length"] ?? "0", null);
            position = end + 4 + length;
            return response with { Body = bytes[(end + 4)..position] };
        }).ToArray();
        Assert.Equal(bytes.Length, position);
        return responses;
    }

    private static byte[] Receive<TApp>(byte[] request)
        where TApp : struct, IApp
    {
        using var guarded = new GuardedBuffer(Output.CapacityOf<TApp>());
        byte[] memory = new byte[512];
        byte[] input = [.. request, .. new byte[16]];
        var sent = new MemoryStream();
        fixed (byte* date = memory)
        fixed (byte* start = input)
        {
            HttpConnection connection = default;
            var output = new Output(guarded.AtEnd(new byte[Output.CapacityOf<TApp>()]), date);
            Exchange exchange = default;
            output.Exchange = &exchange;
            HttpDate.Write(output.Date, 1_700_000_000);
            for (int position = 0; position < request.Length;)
            {
                int count = connection.Receive<TApp>(start + position, request.Length - position, &output);
                Assert.True(count > 0 || !output.IsEmpty);
                position += count;
                SinkKernel.Sent = sent;
                Assert.True(PendingWrite.SendAll<SinkKernel, TApp>(&output, connection: 1));
            }
        }

        return sent.ToArray();
    }
}
