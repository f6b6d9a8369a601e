using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// Writes what was counted: in the text format of Prometheus, version 0.0.4, or in that of OpenMetrics 1.0 where the client prefers it. In the two, the same numbers have the same names.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class MetricsPage
{
    // What a family of numbers is, besides a counter (Metrics).
    private const byte OfRequests = 0x70;
    private const byte OfDurations = 0x71;
    private const byte OfTimeouts = 0x72;
    private const byte OfConnections = 0x73;
    private const byte OfStart = 0x74;
    private const byte OfBuild = 0x75;

    /// <summary>
    /// The families. Of each the first letter of its type; the counter, plus one, or one of the above; its name, and what it is. A NUL ends the last.
    /// </summary>
    private static ReadOnlySpan<byte> Families =>
        "c\u0070http_requests\0Requests that were answered, by method and class of the status.\0"u8 +
        "h\u0071http_request_duration_seconds\0From the first bytes of a request to its response.\0"u8 +
        "g\u0073http_connections\0Connections that are open.\0"u8 +
        "c\u0001http_connections_accepted\0Connections that were accepted.\0"u8 +
        "c\u0003http_connections_refused\0Connections that there was no place for.\0"u8 +
        "c\u0072http_timeouts\0Connections whose client took too long.\0"u8 +
        "c\u0004http_received_bytes\0Bytes that were received.\0"u8 +
        "c\u0005http_sent_bytes\0Bytes that were sent.\0"u8 +
        "g\u0009server_workers\0Worker processes.\0"u8 +
        "c\u000Aserver_worker_restarts\0Workers that have died and were replaced.\0"u8 +
        "g\u0074process_start_time_seconds\0When the server has begun, in seconds since 1970.\0"u8 +
        "i\u0075server_build\0The program.\0"u8;

    /// <summary>The types of families.</summary>
    private static ReadOnlySpan<byte> Types => "counter\0histogram\0gauge\0info\0"u8;

    /// <summary>The names of methods, in the order of <see cref="HttpMethod"/>.</summary>
    private static ReadOnlySpan<byte> Methods => "other\0GET\0HEAD\0POST\0PUT\0DELETE\0PATCH\0OPTIONS\0TRACE\0CONNECT\0"u8;

    /// <summary>Answers a request: what a handler does.</summary>
    /// <param name="metrics">What was counted.</param>
    /// <param name="hasWorkers">Whether the server has workers.</param>
    /// <param name="build">The labels of its build.</param>
    /// <param name="request">The request.</param>
    /// <param name="response">Where the page goes.</param>
    public static void Write(Metrics* metrics, bool hasWorkers, ReadOnlySpan<byte> build, in Request request, ref ResponseWriter response)
    {
        bool isOpen = PrefersOpenMetrics(in request);
        response.ContentType = isOpen ? "application/openmetrics-text; version=1.0.0; charset=utf-8"u8 : "text/plain; version=0.0.4; charset=utf-8"u8;
        response.AddHeader("Cache-Control"u8, "no-store"u8);
        response.AddHeader("Vary"u8, "Accept"u8);
        byte* family = CString.Of(Families);
        while (*family != 0 && metrics != null)
        {
            byte* name = family + 2;
            byte* help = CString.End(name) + 1;
            int what = family[1];
            if (hasWorkers || what is not (Metrics.Workers + 1 or Metrics.Restarts + 1))
            {
                WriteFamily(family, isOpen, ref response);
                WriteNumbers(metrics, what, name, *family == 'c', build, ref response);
            }

            family = CString.End(help) + 1;
        }

        if (isOpen)
        {
            response.Write("# EOF\n"u8);
        }
    }

    /// <summary>The lines that say what a family of numbers is. In OpenMetrics its name is without the ending that its numbers have.</summary>
    private static void WriteFamily(byte* family, bool isOpen, ref ResponseWriter response)
    {
        byte* name = family + 2;
        byte* type = CString.Of(Types);
        while (*type != *family)
        {
            type = CString.End(type) + 1;
        }

        byte* line = CString.Of("# HELP \0# TYPE \0"u8);
        byte* text = CString.End(name) + 1;
        for (int i = 0; i < 2; i++)
        {
            Write(line, ref response);
            Write(name, ref response);
            if (!isOpen)
            {
                WriteEnding(*family, ref response);
                if (*family == 'i' && i == 1)
                {
                    text = CString.Of("gauge\0"u8); // which has no such type
                }
            }

            response.Write(" "u8);
            Write(text, ref response);
            response.Write("\n"u8);
            line = CString.End(line) + 1;
            text = type;
        }
    }

    /// <summary>How the name of a number ends, by the type of its family.</summary>
    private static void WriteEnding(byte type, ref ResponseWriter response)
    {
        if (type is (byte)'c' or (byte)'i')
        {
            Write(type == 'c' ? CString.Of("_total\0"u8) : CString.Of("_info\0"u8), ref response);
        }
    }

    private static void Write(byte* text, ref ResponseWriter response) => response.Write(new ReadOnlySpan<byte>(text, (int)(CString.End(text) - text)));

    private static void WriteNumbers(Metrics* metrics, int what, byte* name, bool isCounter, ReadOnlySpan<byte> build, ref ResponseWriter response)
    {
        switch (what)
        {
            case OfRequests:
                WriteRequests(metrics, ref response);
                return;
            case OfDurations:
                WriteDurations(metrics, name, ref response);
                return;
            case OfTimeouts:
                WriteTimeouts(metrics, ref response);
                return;
            case OfBuild:
                response.Write("server_build_info{"u8);
                response.Write(build);
                response.Write("} 1\n"u8);
                return;
        }

        ulong number;
        if (what == OfStart)
        {
            number = (ulong)metrics->StartTime;
        }
        else if (what == OfConnections)
        {
            ulong closed = Metrics.Sum(metrics, (int)Counted.Closed); // first, so that no more is closed than was accepted
            number = Metrics.Sum(metrics, (int)Counted.Accepted) - closed;
        }
        else
        {
            number = Metrics.Sum(metrics, what - 1);
        }

        Write(name, ref response);
        WriteEnding(isCounter ? (byte)'c' : (byte)'g', ref response);
        EndLine(ref response, number);
    }

    /// <summary>Whether Accept names OpenMetrics, and no plain text with a higher weight (RFC 9110, section 12.5.1). No other range can mean it: who does not know it, cannot ask for it.</summary>
    private static bool PrefersOpenMetrics(in Request request)
    {
        uint open = 0;
        uint plain = 0;
        for (int i = 0; ; i++)
        {
            ReadOnlySpan<byte> line = request.Header("accept"u8, i);
            if (line.Length == 0)
            {
                return open != 0 && open >= plain;
            }

            byte* end = CString.Of(line) + line.Length; // where a CR is, or a blank before it
            byte* range = CString.Of(line);
            while ((range = Characters.AfterSeparators(range, end)) != end)
            {
                byte* name = range;
                range = Accept.ReadRange(range, end, out byte* nameEnd, out uint weight);
                if (weight > open && Characters.Are(name, nameEnd, CString.Of("application/openmetrics-text\0"u8)))
                {
                    open = weight;
                }
                else if (weight > plain && Characters.Are(name, nameEnd, CString.Of("text/plain\0"u8)))
                {
                    plain = weight;
                }
            }
        }
    }

    private static void EndLine(ref ResponseWriter response, ulong number)
    {
        response.Write(" "u8);
        response.Write(number);
        response.Write("\n"u8);
    }

    /// <summary>Of GET, and of each method that was ever asked for, all classes: a number that is there from 0 on can be seen to rise.</summary>
    private static void WriteRequests(Metrics* metrics, ref ResponseWriter response)
    {
        byte* name = CString.Of(Methods);
        for (int method = 0; method < Metrics.MethodCount; method++)
        {
            int first = Metrics.Requests + method * Metrics.Classes;
            ulong all = 0;
            for (int i = 0; i < Metrics.Classes; i++)
            {
                all += Metrics.Sum(metrics, first + i);
            }

            for (int i = 0; i < Metrics.Classes && (all != 0 || method == (int)HttpMethod.Get); i++)
            {
                response.Write("http_requests_total{method=\""u8);
                Write(name, ref response);
                response.Write("\",code=\""u8);
                response.Write((char)('2' + i));
                response.Write("xx\"}"u8);
                EndLine(ref response, Metrics.Sum(metrics, first + i));
            }

            name = CString.End(name) + 1;
        }
    }

    private static void WriteDurations(Metrics* metrics, byte* name, ref ResponseWriter response)
    {
        ulong sum = 0;
        for (int i = 0; i <= Metrics.BoundCount; i++)
        {
            sum += Metrics.Sum(metrics, Metrics.Durations + i);
            Write(name, ref response);
            response.Write("_bucket{le=\""u8);
            if (i < Metrics.BoundCount)
            {
                WriteSeconds(ref response, (uint)Metrics.UpperBounds[i]);
            }
            else
            {
                response.Write("+Inf"u8);
            }

            response.Write("\"}"u8);
            EndLine(ref response, sum);
        }

        Write(name, ref response);
        response.Write("_sum "u8);
        WriteSeconds(ref response, Metrics.Sum(metrics, Metrics.Duration));
        response.Write("\n"u8);
        Write(name, ref response);
        response.Write("_count"u8);
        EndLine(ref response, sum);
    }

    private static void WriteTimeouts(Metrics* metrics, ref ResponseWriter response)
    {
        byte* kind = CString.Of("idle\0read\0write\0"u8);
        for (int i = (int)Counted.IdleTimeouts; i <= (int)Counted.WriteTimeouts; i++)
        {
            response.Write("http_timeouts_total{kind=\""u8);
            Write(kind, ref response);
            response.Write("\"}"u8);
            EndLine(ref response, Metrics.Sum(metrics, i));
            kind = CString.End(kind) + 1;
        }
    }

    /// <summary>Microseconds as seconds, with at least one digit behind the point, as OpenMetrics has its bounds: 0.00025, 1.0.</summary>
    private static void WriteSeconds(ref ResponseWriter response, ulong microseconds)
    {
        ulong digit = 1_000_000;
        response.Write(microseconds / digit);
        response.Write("."u8);
        do
        {
            microseconds %= digit;
            digit /= 10;
            response.Write((char)('0' + (int)(microseconds / digit)));
        }
        while (microseconds % digit != 0);
    }
}
