extern alias Runtime;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Runtime::SyscallServer.Internal.Http;
using Xunit;
using HttpDate = Runtime::SyscallServer.Internal.Text.HttpDate;

namespace SyscallServer.Tests.Http;

/// <summary>Range and If-Range (RFC 9110, sections 13.1.5 and 14).</summary>
public unsafe class RangeTests
{
    private const string LastModified = "Sun, 06 Nov 1994 08:49:37 GMT";
    private const long Time = 784111777;

    // Of 10,000 bytes, as in the RFC's examples.
    [Theory]
    [InlineData("bytes=0-499", "0+500")]
    [InlineData("bytes=500-999", "500+500")]
    [InlineData("bytes=-500", "9500+500")]
    [InlineData("bytes=9500-", "9500+500")]
    [InlineData("bytes=0-0", "0+1")]
    [InlineData("bytes=9999-9999", "9999+1")]
    [InlineData("bytes=9999-", "9999+1")]
    [InlineData("bytes=0-", "0+10000")]
    [InlineData("bytes=0-9999", "0+10000")]
    [InlineData("bytes=0-10000", "0+10000")]
    [InlineData("bytes=-10000", "0+10000")]
    [InlineData("bytes=-10001", "0+10000")]
    [InlineData("BYTES=0-4", "0+5")]
    [InlineData("bytes=0-4 \t", "0+5")]
    [InlineData("bytes=,, 0-4 ,", "0+5")]
    [InlineData("bytes=0005-0009", "5+5")]
    [InlineData("bytes=5-18446744073709551615", "5+9995")]
    [InlineData("bytes=5-99999999999999999999999999", "5+9995")]
    [InlineData("bytes=-99999999999999999999999999", "0+10000")]
    public void A_range_is_a_part(string value, string expected) => Assert.Equal(expected, Read(value, 10000));

    [Theory]
    [InlineData("bytes=0-99,100-199", "0+200")]
    [InlineData("bytes=0-99, 50-199", "0+200")]
    [InlineData("bytes=100-199,0-99", "0+200")]
    [InlineData("bytes=500-600,601-999", "500+500")] // the RFC's
    [InlineData("bytes=500-700,601-999", "500+500")] // the RFC's
    [InlineData("bytes=0-99,180-199", "0+200")] // 80 bytes between
    [InlineData("bytes=180-199,0-99", "0+200")]
    [InlineData("bytes=0-99,20000-", "0+100")] // one of them cannot be satisfied
    [InlineData("bytes=20000-30000,-0,7-7", "7+1")]
    [InlineData("bytes=0-,-1", "0+10000")]
    [InlineData("bytes=0-99,99-99,0-0", "0+100")]
    public void Ranges_that_are_near_each_other_are_one(string value, string expected) => Assert.Equal(expected, Read(value, 10000));

    [Theory]
    [InlineData("bytes=0-99,181-199", "0+100 181+19")] // 81 bytes between
    [InlineData("bytes=181-199,0-99", "181+19 0+100")]
    [InlineData("bytes=0-0,-1", "0+1 9999+1")] // the RFC's
    [InlineData("bytes=0-999, 4500-5499, -1000", "0+1000 4500+1000 9000+1000")] // the RFC's
    [InlineData("bytes=0-0,20000-,200-209,150-160,-0,-1", "0+1 150+60 9999+1")] // the nearest neighbour before counts
    [InlineData("bytes=0-0,1000-1000,0-0", "0+1 1000+1 0+1")]
    public void Ranges_that_are_apart_are_parts_of_their_own_in_the_order_of_the_request(string value, string expected) => Assert.Equal(expected, Read(value, 10000));

    [Fact]
    public void There_are_at_most_sixteen_parts()
    {
        string sixteen = string.Join(',', Enumerable.Range(0, 16).Select(i => $"{i * 100}-{i * 100}"));
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 16).Select(i => $"{i * 100}+1")), Read("bytes=" + sixteen, 10000));
        Assert.EndsWith(" 1500+10", Read($"bytes={sixteen},20000-,1509-1509", 10000), StringComparison.Ordinal); // neither is another
        Assert.Equal("Whole", Read($"bytes={sixteen},1600-1600", 10000));
        Assert.Equal("0+8001", Read("bytes=" + string.Join(',', Enumerable.Range(0, 101).Select(i => $"{i * 80}-{i * 80}")), 10000)); // near each other
    }

    [Theory]
    [InlineData("bytes=0-4999,9000-,0-4999")] // overlaps that took the memory of servers (CVE-2011-3192)
    [InlineData("bytes=0-5000,9000-9500,0-5000")]
    [InlineData("bytes=0-4,9990-,5-9999,0-0")]
    public void Of_parts_that_are_longer_together_than_all_is_all_is_sent(string value) => Assert.Equal("Whole", Read(value, 10000));

    [Fact]
    public void Whatever_a_range_is_it_means_what_the_grammar_says()
    {
        var random = new Random(1);
        string[] tokens = ["0", "1", "9", "80", "99", "100", "5000", "9999", "18446744073709551616", "-", "-", "-", "-", ",", ",", ",", " ", "\t", "=", "x"];
        ulong[] sizes = [0, 1, 100, 10000, 5_000_000_000];
        for (int i = 0; i < 100_000; i++)
        {
            string set = random.Next(2) == 0
                ? string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => tokens[random.Next(tokens.Length)]))
                : string.Join(random.Next(2) == 0 ? "," : ", ", Enumerable.Range(0, random.Next(1, 24)).Select(_ => $"{random.Next(10_000) / random.Next(1, 9)}-{(random.Next(3) == 0 ? "" : random.Next(20_000))}"));
            ulong size = sizes[random.Next(sizes.Length)];
            Assert.Equal((set, ByTheGrammar(set, size)), (set, Read("bytes=" + set, size)));
        }
    }

    /// <summary>The same as <see cref="ByteRanges.Read"/>, said otherwise.</summary>
    private static string ByTheGrammar(string set, ulong size)
    {
        var parts = new List<(BigInteger First, BigInteger End)>();
        string[] specs = [.. set.Split(',').Select(spec => spec.Trim(' ', '\t')).Where(spec => spec.Length > 0)];
        bool isWhole = specs.Length == 0;
        foreach (string spec in specs)
        {
            Match match = Regex.Match(spec, "^([0-9]*)-([0-9]*)$");
            if (!match.Success || spec == "-")
            {
                return "Whole";
            }

            BigInteger? first = Number(match.Groups[1].Value);
            BigInteger? last = Number(match.Groups[2].Value);
            if (last < first)
            {
                return "Whole";
            }

            BigInteger from = first ?? BigInteger.Max(size - last!.Value, 0);
            BigInteger end = first is null || last is null ? size : BigInteger.Min(last.Value + 1, size);
            isWhole |= first is null && last > 0 && size == 0; // which no Content-Range can say
            if (from < end)
            {
                if (parts.Count > 0 && from <= parts[^1].End + 80 && parts[^1].First <= end + 80)
                {
                    (from, end) = (BigInteger.Min(from, parts[^1].First), BigInteger.Max(end, parts[^1].End));
                    parts.RemoveAt(parts.Count - 1);
                }

                parts.Add((from, end));
                if (parts.Count > 16)
                {
                    return "Whole";
                }
            }
        }

        return isWhole || parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part.End - part.First) > size ? "Whole"
            : parts.Count == 0 ? "NotSatisfiable"
            : string.Join(' ', parts.Select(part => $"{part.First}+{part.End - part.First}"));

        static BigInteger? Number(string digits) => digits.Length == 0 ? null : BigInteger.Min(BigInteger.Parse(digits, null), ulong.MaxValue);
    }

    [Theory]
    [InlineData("bytes=10000-")]
    [InlineData("bytes=10000-10000")]
    [InlineData("bytes=18446744073709551616-")]
    [InlineData("bytes=18446744073709551615-18446744073709551615")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=-0,10000-,20000-30000")]
    public void What_is_not_there_cannot_be_satisfied(string value) => Assert.Equal("NotSatisfiable", Read(value, 10000));

    [Theory]
    [InlineData("bytes=0-", "NotSatisfiable")]
    [InlineData("bytes=0-0", "NotSatisfiable")]
    [InlineData("bytes=-0", "NotSatisfiable")]
    [InlineData("bytes=-1", "Whole")] // satisfiable, but no Content-Range can say it
    [InlineData("bytes=0-,-1", "Whole")]
    public void Of_nothing_there_is_no_part(string value, string expected) => Assert.Equal(expected, Read(value, 0));

    [Theory]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=,")]
    [InlineData("bytes=-")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=5")]
    [InlineData("bytes=5-4")] // last-pos before first-pos
    [InlineData("bytes=0-4,5-4")]
    [InlineData("bytes=0-4 5-9")]
    [InlineData("bytes=0-4;5-9")]
    [InlineData("bytes=0 -4")]
    [InlineData("bytes=0- 4")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=0-4a")]
    [InlineData("bytes=+0-4")]
    [InlineData("bytes=0x0-4")]
    [InlineData("bytes =0-4")]
    [InlineData("byte=0-4")]
    [InlineData("items=0-4")]
    [InlineData("0-4")]
    [InlineData("bytes:0-4")]
    [InlineData("bytes=0-4\r\nRange: bytes=0-4")]
    public void What_is_not_well_formed_is_ignored(string value) => Assert.Equal("Whole", Read(value, 10000));

    [Fact]
    public void Only_get_has_ranges()
    {
        Assert.Equal("Whole", Read("bytes=0-4", 10000, "HEAD"));
        Assert.Equal("Whole", Read("bytes=0-4", 10000, "POST"));
        Assert.Equal("Whole", Read("bytes=10000-", 10000, "HEAD"));
    }

    [Fact]
    public void Sizes_reach_as_far_as_those_of_files()
    {
        Assert.Equal("9223372036854775806+1", Read("bytes=9223372036854775806-", long.MaxValue));
        Assert.Equal("0+9223372036854775807", Read("bytes=0-5,6-99999999999999999999", long.MaxValue));
    }

    [Theory]
    [InlineData("\"abc\"", true)]
    [InlineData("\"abc\"  ", true)]
    [InlineData("W/\"abc\"", false)]
    [InlineData("\"ABC\"", false)]
    [InlineData("\"abcd\"", false)]
    [InlineData("\"ab\"", false)]
    [InlineData("abc", false)]
    [InlineData("\"", false)]
    [InlineData("", false)]
    [InlineData("*", false)]
    [InlineData("\"abc\", \"d\"", false)]
    [InlineData("\"d\", \"abc\"", false)]
    [InlineData("\"abc\"\r\nIf-Range: \"abc\"", false)]
    [InlineData(LastModified, true)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", true)]
    [InlineData("Sun, 06 Nov 1994 08:49:38 GMT", false)]
    [InlineData("Sun, 06 Nov 1994 08:49:36 GMT", false)]
    [InlineData("yesterday", false)]
    public void If_range_holds_where_nothing_has_changed(string value, bool expected) => Assert.Equal(expected, Holds($"If-Range: {value}\r\n", "\"abc\"", Time));

    [Fact]
    public void Without_if_range_nothing_needs_to_hold() => Assert.True(Holds("", "", HttpDate.None));

    [Fact]
    public void Where_there_is_no_validator_none_holds()
    {
        Assert.False(Holds("If-Range: \"\"\r\n", "", HttpDate.None));
        Assert.False(Holds("If-Range: \"abc\"\r\n", "", HttpDate.None));
        Assert.False(Holds($"If-Range: {LastModified}\r\n", "\"abc\"", HttpDate.None));
        Assert.False(Holds("If-Range: yesterday\r\n", "\"abc\"", HttpDate.None));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void A_date_holds_a_minute_after_the_change(int age, bool expected) => Assert.Equal(expected, Holds($"If-Range: {LastModified}\r\n", "\"abc\"", Time, Time + age));

    private static string Read(string value, ulong size, string method = "GET")
        => FieldTests.Ask(method, $"Range: {value}\r\n", request =>
        {
            ByteRanges ranges;
            RangeResult result = ByteRanges.Read(request, size, &ranges);
            ByteRange* first = &ranges.First;
            return result == RangeResult.Part ? string.Join(' ', Enumerable.Range(0, ranges.Count).Select(i => $"{first[i].First}+{first[i].Length}")) : result.ToString();
        });

    private static bool Holds(string lines, string tag, long lastModified, long now = 1_700_000_000)
        => FieldTests.Ask("GET", lines, request =>
        {
            fixed (byte* text = Encoding.ASCII.GetBytes(tag + "\0"))
            {
                return IfRange.Holds(request, text, tag.Length, lastModified, now);
            }
        });
}
