using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>[Metrics]: what is counted, and the page that says it, byte for byte.</summary>
public class MetricsTests
{
    private const string Get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

    private const string Head = "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nVary: Accept\r\nContent-Type: ";
    private const string Plain = Head + "text/plain; version=0.0.4; charset=utf-8\r\n";
    private const string OpenMetrics = Head + "application/openmetrics-text; version=1.0.0; charset=utf-8\r\n";

    private static string Scrape(string accept = "", string method = "GET") => $"{method} /metrics HTTP/1.1\r\nHost: h\r\n{accept}\r\n";

    [Fact]
    public void The_page_has_all_that_was_counted()
    {
        using var server = new CountingServer(typeof(MetricsSite));
        server.Send(Get);
        server.Send("POST /nowhere HTTP/1.1\r\nHost: h\r\n\r\n");
        server.Send("BAD\r\n");
        server.Count(Counted.Accepted, 3);
        server.Count(Counted.Closed, 2);
        server.Count(Counted.TurnedAway, 4);
        server.Count(Counted.BytesReceived, 1000);
        server.Count(Counted.BytesSent, 2000);
        server.Count(Counted.IdleTimeouts, 5);
        server.Count(Counted.ReadTimeouts, 6);
        server.Count(Counted.WriteTimeouts, 7);
        Snapshot.Verify(Body(server.Send(Scrape())), "Metrics");
        Snapshot.Verify(Body(server.Send(Scrape("Accept: application/openmetrics-text\r\n"))), "OpenMetrics");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("Accept: */*\r\n", false)]
    [InlineData("Accept: text/plain\r\n", false)]
    [InlineData("Accept: application/openmetrics-text\r\n", true)]
    [InlineData("accept: Application/OpenMetrics-Text ; version=1.0.0\r\n", true)]
    [InlineData("Accept: application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1\r\n", true)]
    [InlineData("Accept: text/plain;q=0.5, application/openmetrics-text;q=0.4\r\n", false)]
    [InlineData("Accept: text/plain;q=0.5\r\nAccept: application/openmetrics-text;q=0.6\r\n", true)]
    [InlineData("Accept: application/openmetrics-text;q=0\r\n", false)]
    [InlineData("Accept: application/openmetrics-textual, application/openmetrics\r\n", false)]
    [InlineData("Accept: ,,;;,\r\n", false)]
    public void It_has_the_form_that_the_client_prefers(string accept, bool isOpenMetrics)
    {
        using var server = new CountingServer(typeof(MetricsSite));
        string response = server.Send(Scrape(accept));
        Assert.StartsWith(isOpenMetrics ? OpenMetrics : Plain, response, StringComparison.Ordinal);
        Assert.Equal(isOpenMetrics, response.EndsWith("\n# EOF\n", StringComparison.Ordinal));
    }

    [Fact]
    public void HEAD_has_its_head()
    {
        using var server = new CountingServer(typeof(MetricsSite));
        string head = server.Send(Scrape(method: "HEAD"));
        Assert.StartsWith(Plain, head, StringComparison.Ordinal);
        Assert.Equal("", Body(head));
    }

    [Fact]
    public void The_greatest_numbers_have_room()
    {
        using var server = new CountingServer(typeof(MetricsSite));
        server.Fill(-1);
        string page = Body(server.Send(Scrape("Accept: application/openmetrics-text\r\n")));
        Assert.Equal(Metrics.MethodCount * Metrics.Classes, Lines(page, "http_requests_total{").Count());
        Assert.EndsWith("# EOF\n", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, Limits.MetricsBytes * 3 / 4, Limits.MetricsBytes);
    }

    [Theory]
    [InlineData("GET", "GET", 2, Get)]
    [InlineData("HEAD", "HEAD", 2, "HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("POST with a body", "POST", 4, "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("a body of which there is more than one piece", "PUT", 4, "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na|bc")]
    [InlineData("a head in two pieces", "DELETE", 4, "DELETE /a HTTP/1.1\r\nHo|st: h\r\n\r\n")]
    [InlineData("OPTIONS", "OPTIONS", 2, "OPTIONS /a HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("a method that is none", "other", 5, "BREW /a HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("a request that is none", "other", 4, "\u0001 / HTTP/1.1\r\n\r\n")]
    [InlineData("a method, and then nonsense", "PATCH", 4, "PATCH nonsense\r\n\r\n")]
    public void A_request_is_counted_by_its_method_and_the_class_of_its_status(string name, string method, int firstDigit, string pieces)
    {
        using var server = new CountingServer(typeof(MetricsSite));
        server.Send(pieces.Split('|'));
        string page = Body(server.Send(Scrape()));
        Assert.Equal([$"http_requests_total{{method=\"{method}\",code=\"{firstDigit}xx\"}} 1"], Lines(page, "http_requests_total{").Where(line => !line.EndsWith(" 0", StringComparison.Ordinal)));
        Assert.True(Lines(page, "http_request_duration_seconds_count").Single().EndsWith(" 1", StringComparison.Ordinal), name);
    }

    [Fact]
    public void Each_of_several_requests_at_once_is_counted()
    {
        using var server = new CountingServer(typeof(MetricsSite));
        server.Send(string.Concat(Enumerable.Repeat(Get, 20)));
        string page = Body(server.Send(Scrape()));
        Assert.Contains("http_requests_total{method=\"GET\",code=\"2xx\"} 20\n", page, StringComparison.Ordinal);
        Assert.Contains("http_request_duration_seconds_count 20\n", page, StringComparison.Ordinal);
    }

    /// <summary>The clock goes on by as much at each look. With one look at the beginning of a batch and one at its end, a request that is answered at once takes one step.</summary>
    [Theory]
    [InlineData(1, "0.0001", "0.000001")]
    [InlineData(100, "0.0001", "0.0001")]
    [InlineData(101, "0.00025", "0.000101")]
    [InlineData(999_999, "1.0", "0.999999")]
    [InlineData(1_000_000, "1.0", "1.0")]
    [InlineData(10_000_000, "10.0", "10.0")]
    [InlineData(10_000_001, "+Inf", "10.000001")]
    [InlineData(123_456_789_000, "+Inf", "123456.789")]
    public void A_request_is_in_the_bucket_of_its_duration(long step, string bound, string sum)
    {
        using var server = new CountingServer(typeof(MetricsSite), step);
        server.Send(Get);
        string page = Body(server.Send(Scrape()));
        Assert.Equal(bound, Lines(page, "http_request_duration_seconds_bucket").First(line => line.EndsWith(" 1", StringComparison.Ordinal)).Split('"')[1]);
        Assert.Equal("http_request_duration_seconds_sum " + sum, Lines(page, "http_request_duration_seconds_sum").Single());
    }

    [Fact]
    public void A_request_in_pieces_takes_from_the_first_to_the_last()
    {
        using var server = new CountingServer(typeof(MetricsSite), step: 1000);
        server.Send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na", "b", "c"); // the first piece, and the last
        Assert.Contains("http_request_duration_seconds_sum 0.001\n", Body(server.Send(Scrape())), StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_of_all_workers_are_added_also_of_those_that_have_ended()
    {
        using var server = new CountingServer(typeof(MetricsSite));
        for (int worker = 0; worker < 3; worker++)
        {
            server.WorkerBegan(worker);
            server.Send(Get);
            server.Count(Counted.Accepted, 1);
        }

        server.WorkerEnded(1);
        string page = Body(server.Send(Scrape()));
        Assert.Contains("http_requests_total{method=\"GET\",code=\"2xx\"} 3\n", page, StringComparison.Ordinal);
        Assert.Contains("\nhttp_connections 2\n", page, StringComparison.Ordinal);
        Assert.Contains("\nserver_workers 2\n", page, StringComparison.Ordinal);
        Assert.Contains("\nserver_worker_restarts_total 1\n", page, StringComparison.Ordinal);
        server.WorkerBegan(1);
        Assert.Contains("\nserver_workers 3\n", Body(server.Send(Scrape())), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_each_connection_has_a_process_there_are_no_workers()
    {
        using var server = new CountingServer(typeof(ForkMetricsSite));
        Assert.DoesNotContain("worker", Body(server.Send(Scrape())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SYSC030", "does not begin with a slash", "\"metrics\"", "[TcpServer] [Metrics(\"metrics\")]")]
    [InlineData("SYSC031", "metrics have one path, without '*'", "\"/metrics/*\"", "[TcpServer] [Metrics(\"/metrics/*\")]")]
    [InlineData("SYSC034", "There already is a route for GET /metrics", "\"/metrics\"", "[TcpServer] [StaticResponse(\"/metrics\", \"\")] [Metrics(\"/metrics\")]")]
    [InlineData("SYSC050", "'Site' has routes or pages too", "RawResponse(\"x\")", "[TcpServer] [RawResponse(\"x\")] [Metrics(\"/metrics\")]")]
    [InlineData("SYSC016", "'Site' has a response but is no server", "Metrics(\"/metrics\")", "[Metrics(\"/metrics\")]")]
    public async Task Each_mistake_is_named(string id, string message, string squiggled, string attributes)
    {
        (Diagnostic diagnostic, string text) = Assert.Single(await GeneratorRun.Of($"using SyscallServer; {attributes} static partial class Site;").AnalyzeAsync());
        Assert.Equal((id, squiggled), (diagnostic.Id, text));
        Assert.Contains(message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_has_quotes_is_escaped()
        => Assert.Contains("program=\\\"a\\\\\\\"b\\\\\\\\\\\",version=", GeneratorRun.Of(GeneratorRun.Compile("using SyscallServer; [TcpServer] [Metrics(\"/m\")] static partial class Site;", OutputKind.ConsoleApplication).WithAssemblyName("a\"b\\")).Files["Site.g.cs"], StringComparison.Ordinal);

    private static string Body(string response) => response[(response.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    private static IEnumerable<string> Lines(string page, string start) => page.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal));

    /// <summary>A server that counts, without sockets.</summary>
    private sealed unsafe class CountingServer : IDisposable
    {
        private readonly Type _app;
        private readonly FieldInfo _field;
        private readonly List<nint> _memory = [];
        private readonly Metrics* _metrics;

        internal CountingServer(Type site, long step = 7)
        {
            _app = Array.Find(site.Emitted().GetNestedTypes(BindingFlags.NonPublic), type => type.Name is "App`1")!.MakeGenericType(typeof(CountingKernel));
            _field = site.Emitted().GetField("s_metrics", BindingFlags.Static | BindingFlags.NonPublic)!;
            CountingKernel.Memory = _memory;
            CountingKernel.Step = step;
            CountingKernel.Microseconds = 0;
            Assert.True(Metrics.Open<CountingKernel, Settings>(out Metrics* metrics, clock: null, blocks: 3, isShared: false, connections: 1));
            _metrics = metrics;
            _field.SetValue(null, Pointer.Box(metrics, typeof(Metrics*)));
        }

        public void Dispose()
        {
            _field.SetValue(null, null);
            _memory.ForEach(memory => NativeMemory.Free((void*)memory));
        }

        internal void Count(Counted what, long amount) => Metrics.Count(_metrics, what, amount);

        internal void WorkerBegan(int worker) => Metrics.WorkerBegan(_metrics, worker);

        internal void WorkerEnded(int worker) => Metrics.WorkerEnded(_metrics, worker);

        /// <summary>Has all counters be one number.</summary>
        internal void Fill(long number) => new Span<long>((void*)_memory[1], Metrics.Requests + Metrics.MethodCount * Metrics.Classes).Fill(number);

        /// <summary>Sends what a client sends on a connection, each piece when the one before it was answered.</summary>
        internal string Send(params string[] pieces)
            => (string)typeof(CountingServer).GetMethod(nameof(With), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(_app).Invoke(null, [pieces])!;

        private static string With<TApp>(string[] pieces)
            where TApp : struct, IApp
        {
            byte* memory = stackalloc byte[Output.CapacityOf<TApp>()];
            byte* date = stackalloc byte[128];
            HttpDate(date);
            var output = new Output(memory, date);
            Exchange exchange = default;
            output.Exchange = &exchange;
            HttpConnection http = default;
            TApp.CountedTurnBegan(0);
            TApp.CountedConnectionBegan();
            string left = "";
            foreach (string piece in pieces)
            {
                string text = left + piece;
                byte[] input = [.. Encoding.Latin1.GetBytes(text), .. new byte[64]];
                fixed (byte* first = input)
                {
                    left = text[http.Receive<TApp>(first, text.Length, &output)..];
                }

                TApp.CountedBatchEnded();
            }

            return Encoding.ASCII.GetString(output.Buffer, output.Length);
        }

        private static void HttpDate(byte* date) => SyscallServer.Internal.Text.HttpDate.Write(date, 784111777);
    }

    private readonly struct Settings : IServer
    {
        public static int IdleTimeout => 1;

        public static int Backlog => 1;

        public static int MaxConnections => 1;

        public static int ReadTimeout => 1;

        public static int WriteTimeout => 1;

        public static int GracePeriod => 1;
    }

    /// <summary>A kernel that has memory, and a clock that goes on whenever it is looked at.</summary>
    private readonly unsafe struct CountingKernel : IKernel
    {
        [ThreadStatic]
        internal static List<nint>? Memory;

        [ThreadStatic]
        internal static long Step;

        [ThreadStatic]
        internal static long Microseconds;

        public static nint mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset)
        {
            nint memory = (nint)NativeMemory.AllocZeroed(length);
            Memory!.Add(memory);
            return memory;
        }

        public static nint clock_gettime(int clockid, timespec* tp)
        {
            Microseconds += clockid == Linux.CLOCK_MONOTONIC ? Step : 0;
            tp->tv_sec = Microseconds / 1_000_000 + (clockid == Linux.CLOCK_REALTIME ? 1_700_000_000 : 0);
            tp->tv_nsec = Microseconds % 1_000_000 * 1000;
            return 0;
        }
    }
}

[TcpServer(DateHeader = false, Concurrency = Concurrency.EventLoop)]
[StaticResponse("/a", "a")]
[Metrics("/metrics")]
internal static partial class MetricsSite;

[TcpServer(DateHeader = false)]
[StaticResponse("/a", "a")]
[Metrics("/metrics")]
internal static partial class ForkMetricsSite;
