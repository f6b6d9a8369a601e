extern alias Runtime;

using System;
using System.Collections.Generic;
using System.Text;
using Runtime::SyscallServer.Internal.Http;
using Xunit;
using HttpDate = Runtime::SyscallServer.Internal.Text.HttpDate;

namespace SyscallServer.Tests.Http;

using Request = Runtime::SyscallServer.Internal.Http.RequestHead;

/// <summary>What is read from field lines only where it is needed.</summary>
public unsafe class FieldTests
{
    internal delegate T Question<T>(Request* request);

    [Theory]
    [InlineData("X: a\r\n", "a")]
    [InlineData("x:a \t\r\n", "a")]
    [InlineData("XY: a\r\nX: b\r\nY: X: c\r\nx:\r\n", "b|")]
    [InlineData("Y: a\r\n", "")]
    [InlineData("Very-Long-Name-That-Is-Not-It: and a very long value\twith tabs: X: a\r\nX:  and the one that it is, with\ttabs too \r\n", "and the one that it is, with\ttabs too")]
    public void Lines_of_one_name_are_found_in_their_order(string lines, string expected)
        => Assert.Equal(expected, Ask("GET", lines, request =>
        {
            fixed (byte* name = "x\0"u8)
            {
                var values = new List<string>();
                var fields = new FieldLines(request);
                while (fields.Next(name, out byte* value, out int length))
                {
                    values.Add(Reading.Latin1(value, length));
                }

                return string.Join('|', values);
            }
        }));

    [Theory]
    [InlineData("", ContentCodings.Identity)]
    [InlineData("Accept-Encoding:", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: x-gzip", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: GZIP", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: br", ContentCodings.Brotli)]
    [InlineData("Accept-Encoding: gzip, deflate, br, zstd", ContentCodings.Brotli)]
    [InlineData("Accept-Encoding: br;q=0.9, gzip", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: br;q=0.9, gzip;q=0.901", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: br;q=0.900, gzip;q=0.9", ContentCodings.Brotli)]
    [InlineData("Accept-Encoding: gzip ; q=0.5 , br\t;\tq=0.4", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: gzip;Q=0.001", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: gzip;q=0", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=0.000", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=1.000", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: gzip;q=1.", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: identity", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: identity, gzip;q=0.5", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: identity;q=0.5, gzip;q=0.5", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: identity;q=0.5, gzip;q=0.4", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: *", ContentCodings.Brotli)]
    [InlineData("Accept-Encoding: *;q=0.5, gzip", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: *, br;q=0", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: *;q=0, identity", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: *;q=0, gzip", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: *;q=0", ContentCodings.None)]
    [InlineData("Accept-Encoding: identity;q=0", ContentCodings.None)]
    [InlineData("Accept-Encoding: identity;q=0, *;q=0", ContentCodings.None)]
    [InlineData("Accept-Encoding: identity;q=0, *", ContentCodings.Brotli)]
    [InlineData("Accept-Encoding: identity;q=0, gzip;q=0.1", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: deflate, compress", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=2", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=1.001", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=0.1234", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=.5", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=a", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=0,5", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;q=-1", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip; q = 1", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip;level=9", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzip br", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: \"gzip\"", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: gzipped, brr, agzip", ContentCodings.Identity)]
    [InlineData("Accept-Encoding: ;q=1, gzip;q=x, , br", ContentCodings.Brotli)]
    [InlineData("Accept-Encoding: deflate\r\nAccept-Encoding: gzip", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: br;q=0.1\r\nX: y\r\naccept-encoding: gzip;q=0.2", ContentCodings.Gzip)]
    [InlineData("Accept-Encoding: gzip;q=0, x-gzip", ContentCodings.Gzip)]
    public void The_coding_with_the_highest_weight_is_chosen(string lines, ContentCodings expected)
        => Assert.Equal(expected, Choose(lines, ContentCodings.Identity | ContentCodings.Gzip | ContentCodings.Brotli));

    [Theory]
    [InlineData("gzip, br", ContentCodings.Identity | ContentCodings.Gzip, ContentCodings.Gzip)]
    [InlineData("gzip, br", ContentCodings.Identity, ContentCodings.Identity)]
    [InlineData("br", ContentCodings.Identity | ContentCodings.Gzip, ContentCodings.Identity)]
    [InlineData("identity;q=0, br", ContentCodings.Identity | ContentCodings.Gzip, ContentCodings.None)]
    [InlineData("*;q=0, gzip", ContentCodings.Identity, ContentCodings.None)]
    [InlineData("gzip", ContentCodings.Brotli, ContentCodings.None)]
    public void Only_a_coding_that_is_there_is_chosen(string value, ContentCodings available, ContentCodings expected)
        => Assert.Equal(expected, Choose("Accept-Encoding: " + value, available));

    [Theory]
    [InlineData("zstd", ContentCodings.Zstandard)]
    [InlineData("ZSTD", ContentCodings.Zstandard)]
    [InlineData("gzip, br, zstd", ContentCodings.Brotli)] // of equal weights it comes behind brotli
    [InlineData("zstd, gzip", ContentCodings.Zstandard)] // and before gzip
    [InlineData("zstd;q=0.5, gzip", ContentCodings.Gzip)]
    [InlineData("zstd;q=0.9, br;q=0.8", ContentCodings.Zstandard)]
    [InlineData("zstd;q=0.8, br;q=0.9", ContentCodings.Brotli)]
    [InlineData("*", ContentCodings.Brotli)]
    [InlineData("*, br;q=0", ContentCodings.Zstandard)]
    [InlineData("*, br;q=0, zstd;q=0", ContentCodings.Gzip)]
    [InlineData("zstd;q=0", ContentCodings.Identity)]
    [InlineData("zstd;q=0, zstd", ContentCodings.Zstandard)]
    [InlineData("identity;q=0, zstd;q=0.001", ContentCodings.Zstandard)]
    [InlineData("zstandard, zst", ContentCodings.Identity)]
    public void Zstandard_is_chosen_where_it_may_be_there(string value, ContentCodings expected)
        => Assert.Equal(expected, Choose("Accept-Encoding: " + value, ContentCodings.Identity | ContentCodings.Gzip | ContentCodings.Brotli | ContentCodings.Zstandard));

    private readonly struct EveryCoding : IContentCodings
    {
        public static bool HasZstandard => true;
    }

    private static ContentCodings Choose(string lines, ContentCodings available)
        => Ask("GET", lines.Length == 0 ? "" : lines + "\r\n", request => AcceptEncoding.Choose<EveryCoding>(request, available));

    // The resource has the entity tag "abc", and was changed on Sun, 06 Nov 1994 08:49:37 GMT.
    [Theory]
    [InlineData("", Precondition.Proceed)]
    [InlineData("If-None-Match: \"abc\"", Precondition.NotModified)]
    [InlineData("If-None-Match: W/\"abc\"", Precondition.NotModified)]
    [InlineData("If-None-Match: *", Precondition.NotModified)]
    [InlineData("If-None-Match: \"x\", \"abc\"", Precondition.NotModified)]
    [InlineData("If-None-Match: \"x\",W/\"y\" ,,\t\"abc\" , \"z\"", Precondition.NotModified)]
    [InlineData("If-None-Match: \"x\"\r\nIf-None-Match: \"abc\"", Precondition.NotModified)]
    [InlineData("If-None-Match: \"a,b\", \"abc\"", Precondition.NotModified)]
    [InlineData("If-None-Match: \"\", \"abc\"", Precondition.NotModified)]
    [InlineData("If-None-Match: garbage, \"abc\"", Precondition.NotModified)]
    [InlineData("If-None-Match: \"x\"", Precondition.Proceed)]
    [InlineData("If-None-Match: \"ABC\"", Precondition.Proceed)]
    [InlineData("If-None-Match: \"abcd\"", Precondition.Proceed)]
    [InlineData("If-None-Match: \"ab\"", Precondition.Proceed)]
    [InlineData("If-None-Match: abc", Precondition.Proceed)]
    [InlineData("If-None-Match: \"abc", Precondition.Proceed)]
    [InlineData("If-None-Match: abc\"", Precondition.Proceed)]
    [InlineData("If-None-Match: w/\"abc\"", Precondition.Proceed)]
    [InlineData("If-None-Match: W/ \"abc\"", Precondition.Proceed)]
    [InlineData("If-None-Match: \"abc\"x", Precondition.Proceed)]
    [InlineData("If-None-Match: \"x,\"abc\"", Precondition.Proceed)]
    [InlineData("If-None-Match: 'abc'", Precondition.Proceed)]
    [InlineData("If-None-Match: **", Precondition.Proceed)]
    [InlineData("If-None-Match:", Precondition.Proceed)]
    [InlineData("If-None-Match: \"", Precondition.Proceed)]
    [InlineData("If-None-Match: W/", Precondition.Proceed)]
    [InlineData("If-Match: \"abc\"", Precondition.Proceed)]
    [InlineData("If-Match: *", Precondition.Proceed)]
    [InlineData("If-Match: \"x\", \"abc\"", Precondition.Proceed)]
    [InlineData("If-Match: W/\"abc\"", Precondition.Failed)]
    [InlineData("If-Match: \"x\"", Precondition.Failed)]
    [InlineData("If-Match: abc", Precondition.Failed)]
    [InlineData("If-Match:", Precondition.Failed)]
    [InlineData("If-Match: \"x\"\r\nIf-None-Match: \"abc\"", Precondition.Failed)]
    [InlineData("If-Match: \"abc\"\r\nIf-None-Match: \"abc\"", Precondition.NotModified)]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", Precondition.NotModified)]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 08:49:38 GMT", Precondition.NotModified)]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", Precondition.Proceed)]
    [InlineData("If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT", Precondition.NotModified)]
    [InlineData("If-Modified-Since: Sun Nov  6 08:49:37 1994", Precondition.NotModified)]
    [InlineData("If-Modified-Since: yesterday", Precondition.Proceed)]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", Precondition.Proceed)]
    [InlineData("If-None-Match: \"x\"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", Precondition.Proceed)]
    [InlineData("If-None-Match: \"abc\"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", Precondition.NotModified)]
    [InlineData("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT", Precondition.Proceed)]
    [InlineData("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", Precondition.Failed)]
    [InlineData("If-Unmodified-Since: never", Precondition.Proceed)]
    [InlineData("If-Match: \"abc\"\r\nIf-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", Precondition.Proceed)]
    [InlineData("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT\r\nIf-None-Match: \"abc\"", Precondition.Failed)]
    public void Preconditions_are_evaluated_in_their_order(string lines, Precondition expected)
    {
        lines += lines.Length == 0 ? "" : "\r\n";
        Assert.Equal(expected, Evaluate("GET", lines, "\"abc\"", 784111777));
        Assert.Equal(expected, Evaluate("HEAD", lines, "\"abc\"", 784111777));

        // What GET answers by 304, no other method does; dates of If-Modified-Since concern none.
        Precondition other = expected != Precondition.NotModified ? expected
            : lines.Contains("If-None-Match", StringComparison.Ordinal) ? Precondition.Failed : Precondition.Proceed;
        Assert.Equal(other, Evaluate("DELETE", lines, "\"abc\"", 784111777));
    }

    [Theory]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", Precondition.Proceed)]
    [InlineData("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", Precondition.Proceed)]
    [InlineData("If-None-Match: \"\"", Precondition.Proceed)]
    [InlineData("If-None-Match: *", Precondition.NotModified)]
    [InlineData("If-Match: *", Precondition.Proceed)]
    [InlineData("If-Match: \"abc\"", Precondition.Failed)]
    public void What_has_neither_date_nor_tag_has_neither_in_common(string lines, Precondition expected)
        => Assert.Equal(expected, Evaluate("GET", lines + "\r\n", "", HttpDate.None));

    [Theory]
    [InlineData("If-None-Match: \"abc\"", Precondition.NotModified)]
    [InlineData("If-None-Match: W/\"abc\"", Precondition.NotModified)]
    [InlineData("If-Match: W/\"abc\"", Precondition.Failed)]
    [InlineData("If-Match: \"abc\"", Precondition.Failed)]
    public void A_weak_tag_is_never_strongly_the_same(string lines, Precondition expected)
        => Assert.Equal(expected, Evaluate("GET", lines + "\r\n", "W/\"abc\"", HttpDate.None));

    private static Precondition Evaluate(string method, string lines, string entityTag, long lastModified)
        => Ask(method, lines, request =>
        {
            fixed (byte* tag = Encoding.ASCII.GetBytes(entityTag + "\0"))
            {
                return lastModified == HttpDate.None
                    ? Preconditions.Evaluate(request, tag, entityTag.Length)
                    : Preconditions.Evaluate(request, tag, entityTag.Length, lastModified, now: 1_700_000_000);
            }
        });

    [Theory]
    [InlineData("bytes=0-499", 0, 500)]
    [InlineData("bytes=500-999", 500, 500)]
    [InlineData("bytes=-500", 9500, 500)]
    [InlineData("bytes=9500-", 9500, 500)]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=-1", 9999, 1)]
    [InlineData("bytes=9999-9999", 9999, 1)]
    [InlineData("bytes=9000-20000", 9000, 1000)]
    [InlineData("bytes=0-", 0, 10000)]
    [InlineData("bytes=-10000", 0, 10000)]
    [InlineData("bytes=-10001", 0, 10000)]
    [InlineData("bytes=-99999999999999999999999999", 0, 10000)]
    [InlineData("bytes=1-18446744073709551615", 1, 9999)]
    [InlineData("bytes=1-18446744073709551616", 1, 9999)]
    [InlineData("BYTES=000000000000000000000000001-2", 1, 2)]
    [InlineData("bytes= ,, 0-0 \t, ", 0, 1)]
    [InlineData("bytes=0-9,10-19", 0, 20)] // neighbours
    [InlineData("bytes=10-19,0-9", 0, 20)]
    [InlineData("bytes=0-9,5-14", 0, 15)]
    [InlineData("bytes=0-9,90-99", 0, 100)] // 80 bytes apart
    [InlineData("bytes=90-99,0-9", 0, 100)]
    [InlineData("bytes=5-6,10000-,7-7", 5, 3)]
    [InlineData("bytes=500-600,601-999", 500, 500)]
    [InlineData("bytes=500-700,601-999", 500, 500)]
    public void A_range_is_a_part_of_what_there_is(string range, int first, int length)
        => Assert.Equal((RangeResult.Part, (ulong)first, (ulong)length), Range("GET", $"Range: {range}\r\n", 10_000));

    [Theory]
    [InlineData("bytes=10000-")]
    [InlineData("bytes=10000-10000")]
    [InlineData("bytes=99999999999999999999999999-")]
    [InlineData("bytes=99999999999999999999999999-99999999999999999999999999999")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=10000-,20000-30000,-0")]
    public void Behind_the_end_there_is_no_range(string range)
        => Assert.Equal((RangeResult.NotSatisfiable, 0UL, 0UL), Range("GET", $"Range: {range}\r\n", 10_000));

    [Theory]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=,")]
    [InlineData("bytes=-")]
    [InlineData("bytes=0")]
    [InlineData("bytes=0--1")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=1 - 2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=0-0x")]
    [InlineData("bytes=0-0 1-1")]
    [InlineData("bytes=0-0;1-1")]
    [InlineData("bytes=2-1")]
    [InlineData("bytes=0-1,3-2")]
    [InlineData("bytes =0-1")]
    [InlineData("byte=0-1")]
    [InlineData("lines=0-1")]
    [InlineData("0-1")]
    [InlineData("bytes=0-0\r\nRange: bytes=1-1")]
    public void A_range_that_is_not_understood_is_none(string range)
        => Assert.Equal((RangeResult.Whole, 0UL, 0UL), Range("GET", $"Range: {range}\r\n", 10_000));

    [Fact]
    public void A_range_is_of_GET_only()
    {
        foreach (string method in new[] { "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" })
        {
            Assert.Equal((RangeResult.Whole, 0UL, 0UL), Range(method, "Range: bytes=0-0\r\n", 10_000));
        }

        Assert.Equal((RangeResult.Whole, 0UL, 0UL), Range("GET", "", 10_000));
    }

    [Fact]
    public void Of_nothing_there_is_no_range()
    {
        foreach (string range in new[] { "0-", "0-0", "-0" })
        {
            Assert.Equal((RangeResult.NotSatisfiable, 0UL, 0UL), Range("GET", $"Range: bytes={range}\r\n", 0));
        }
    }

    [Fact]
    public void A_range_can_lie_beyond_what_32_bits_count()
        => Assert.Equal((RangeResult.Part, 5_000_000_000UL, 5_000_000_000UL), Range("GET", "Range: bytes=5000000000-\r\n", 10_000_000_000));

    private static (RangeResult Result, ulong First, ulong Length) Range(string method, string lines, ulong size)
        => Ask(method, lines, request =>
        {
            ByteRanges ranges;
            RangeResult result = ByteRanges.Read(request, size, &ranges);
            Assert.Equal(result == RangeResult.Part ? 1 : 0, ranges.Count);
            return result == RangeResult.Part ? (result, ranges.First.First, ranges.First.Length) : (result, 0, 0);
        });

    [Theory]
    [InlineData("\"abc\"", true)]
    [InlineData("\"abcd\"", false)]
    [InlineData("\"ab\"", false)]
    [InlineData("W/\"abc\"", false)]
    [InlineData("\"abc\", \"d\"", false)]
    [InlineData("abc", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    [InlineData("\"abc\"\r\nIf-Range: \"abc\"", false)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", true)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", true)]
    [InlineData("Sun, 06 Nov 1994 08:49:36 GMT", false)]
    [InlineData("Sun, 06 Nov 1994 08:49:38 GMT", false)]
    public void If_Range_holds_for_exactly_what_there_is(string value, bool expected)
        => Assert.Equal(expected, HoldsIfRange(value, "\"abc\"", 784111777, 1_700_000_000));

    [Theory]
    [InlineData("\"abc\"", 1_700_000_000L)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 784111777L)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 784111777L + 59)]
    public void If_Range_never_holds_for_what_may_have_changed_unseen(string value, long now)
        => Assert.False(HoldsIfRange(value, null, 784111777, now));

    private static bool HoldsIfRange(string value, string? strongTag, long lastModified, long now)
        => Ask("GET", $"If-Range: {value}\r\n", request =>
        {
            fixed (byte* tag = strongTag is null ? null : Encoding.ASCII.GetBytes(strongTag))
            {
                return IfRange.Holds(request, tag, strongTag?.Length ?? 0, lastModified, now);
            }
        });

    /// <summary>Something about a request that ends at the end of memory.</summary>
    internal static T Ask<T>(string method, string lines, Question<T> question)
    {
        byte[] bytes = Encoding.Latin1.GetBytes($"{method} / HTTP/1.1\r\nHost: a\r\n{lines}\r\n");
        using GuardedBuffer buffer = new(bytes.Length);
        byte* input = buffer.AtEnd(bytes);
        Request request;
        Assert.Equal(bytes.Length, RequestParser.Parse(input, bytes.Length, Reading.MaxTargetBytes, Reading.MaxHeaderBytes, &request));
        return question(&request);
    }
}
