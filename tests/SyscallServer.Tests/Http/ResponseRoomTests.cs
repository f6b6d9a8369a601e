using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>Responses that fill an output up to its end, behind which is an unmapped page: whoever writes one byte too many ends the test run.</summary>
public class ResponseRoomTests
{
    private const int MaxTarget = 8000;

    private const string Small = "HTTP/1.1 200 OK\r\n";

    [Fact]
    public void A_redirect_to_a_folder_fits_behind_whatever_is_there()
    {
        string target = "/files/d?" + new string('Q', MaxTarget - "/files/d?".Length - 1);
        string location = target.Replace("d?", "d/?", StringComparison.Ordinal);
        for (int fill = 0; fill < 200; fill++)
        {
            for (int step = 0; step < 2; step++)
            {
                string requests = string.Concat(Enumerable.Repeat(Get("/s"), fill)) + string.Concat(Enumerable.Repeat(Get("/t"), 16 * step)) + Get(target);
                string[] responses = FolderSite.Answers(requests);
                Assert.Equal(fill + 16 * step + 1, responses.Length);
                Assert.All(responses[..^1], response => Assert.StartsWith(Small, response, StringComparison.Ordinal));
                Assert.StartsWith("HTTP/1.1 301 Moved Permanently\r\n", responses[^1], StringComparison.Ordinal);
                Assert.Contains($"\r\nLocation: {location}\r\n", responses[^1], StringComparison.Ordinal);
                Assert.Contains(FolderSite.Policy, responses[^1], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_redirect_whose_target_would_be_too_long_is_414()
    {
        string target = "/files/d?" + new string('Q', MaxTarget - "/files/d?".Length);
        Assert.StartsWith("HTTP/1.1 414 URI Too Long\r\n", Assert.Single(FolderSite.Answers(Get(target))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_character_of_a_location_is_encoded_there_again()
    {
        string response = Assert.Single(FolderSite.Answers(Get("/files/a%20b/%E2%82%AC%25%3Fc?q=%20")));
        Assert.Contains("\r\nLocation: /files/a%20b/%E2%82%AC%25%3Fc/?q=%20\r\n", response, StringComparison.Ordinal);
    }

    private static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: h\r\n\r\n";
}

/// <summary>A server with as many own field lines as there may be, for whom all that there is on the disk are folders.</summary>
[TcpServer(Concurrency = Concurrency.EventLoop)]
[StaticResponse("/s", "12345")]
[StaticResponse("/t", "x")]
[Files("/files/", "root", Headers = ["Content-Security-Policy: " + Policy])]
internal static partial class FolderSite
{
    private const string Hundred = "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";
    private const string Thousand = Hundred + Hundred + Hundred + Hundred + Hundred + Hundred + Hundred + Hundred + Hundred + Hundred;
    internal const string Policy = Thousand + Thousand + Thousand + Thousand + Thousand + Thousand + Thousand + Hundred + Hundred + Hundred + Hundred + Hundred + Hundred;

    private static readonly Func<byte[], byte[]> Exchange = typeof(FolderSite).GetMethod(nameof(ExchangeWith), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(typeof(FolderSite).Emitted().GetNestedType("App`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(FolderKernel))).CreateDelegate<Func<byte[], byte[]>>();

    /// <summary>Sends requests, and returns what comes back for each.</summary>
    internal static string[] Answers(string requests)
        => Encoding.ASCII.GetString(Exchange(Encoding.ASCII.GetBytes(requests))).Split("HTTP/1.1 ")[1..].Select(response => "HTTP/1.1 " + response).ToArray();

    private static unsafe byte[] ExchangeWith<TApp>(byte[] requests)
        where TApp : struct, IApp
    {
        var sent = new List<byte>();
        using var memory = new GuardedBuffer(Output.CapacityOf<TApp>());
        byte* date = stackalloc byte[384];
        new Span<byte>(date, 384).Clear();
        Exchange exchange = default;
        var output = new Output(memory.AtEnd(new byte[Output.CapacityOf<TApp>()]), date);
        HttpDate.Write(date, 1_700_000_000);
        output.Exchange = &exchange;
        HttpConnection http = default;
        byte[] input = [.. requests, .. new byte[64]];
        fixed (byte* first = input)
        {
            for (int position = 0; position < requests.Length;)
            {
                int consumed = http.Receive<TApp>(first + position, requests.Length - position, &output);
                Assert.True(consumed > 0);
                position += consumed;
                sent.AddRange(new ReadOnlySpan<byte>(output.Buffer, output.Length).ToArray());
                output.Clear();
            }
        }

        return sent.ToArray();
    }

    /// <summary>A kernel to which everything is a folder.</summary>
    internal readonly unsafe struct FolderKernel : IKernel
    {
        public static nint openat2(int dirfd, byte* path, open_how* how, nuint size) => 7;

        public static nint fstat(int fd, stat* statbuf)
        {
            *statbuf = default;
            statbuf->st_mode = Linux.S_IFDIR;
            return 0;
        }

        public static nint close(int fd) => 0;
    }
}
