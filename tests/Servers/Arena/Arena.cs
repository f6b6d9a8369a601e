using System;
using SyscallServer;

// An entry for HttpArena (https://www.http-arena.com): baseline, pipelined and limited-conn, whose endpoints its test profiles name. One event loop for each CPU, as is the default.
// README.md of this folder says how it is submitted; docs/benchmarks.md has it beside others.
[TcpServer(Port = 8080, Concurrency = Concurrency.EventLoop, MaxConnections = 65536)]
[StaticResponse("/pipeline", "ok", ContentType = "text/plain")]
[Files("/static/", "static")]
static partial class Arena
{
    /// <summary>Digits and sign of the least that a long can be.</summary>
    private const int LongestNumber = 20;

    /// <summary>The sum of the query's a and b.</summary>
    [Get("/baseline11")]
    static void Sum(in Request request, ref ResponseWriter response) => Answer(in request, ref response, 0);

    /// <summary>The same and the number in the body, which comes whole or in chunks.</summary>
    [Post("/baseline11", MaxBodyBytes = LongestNumber)]
    static void SumWithBody(in Request request, ref ResponseWriter response)
    {
        if (TryParse(request.Body, out long body))
        {
            Answer(in request, ref response, body);
        }
        else
        {
            Refuse(ref response);
        }
    }

    private static void Answer(in Request request, ref ResponseWriter response, long body)
    {
        if (TryGetNumber(in request, "a"u8, out long a) && TryGetNumber(in request, "b"u8, out long b))
        {
            response.ContentType = "text/plain"u8;
            response.Write(a + b + body);
        }
        else
        {
            Refuse(ref response);
        }
    }

    private static void Refuse(ref ResponseWriter response)
    {
        response.Status = 400;
        response.Write("a, b and the body are whole numbers\n"u8);
    }

    private static bool TryGetNumber(in Request request, ReadOnlySpan<byte> name, out long number)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        number = 0;
        return request.TryGetQuery(name, text, out int length) && TryParse(text[..length], out number);
    }

    /// <summary>A whole number of at most 18 digits, which a long has room for, and three of them as well.</summary>
    private static bool TryParse(ReadOnlySpan<byte> text, out long number)
    {
        const int MaxDigits = 18;
        number = 0;
        bool isNegative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<byte> digits = isNegative ? text[1..] : text;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = unchecked((number * 10) + (digit - '0'));
        }

        number = isNegative ? -number : number;
        return digits.Length is > 0 and <= MaxDigits;
    }
}
