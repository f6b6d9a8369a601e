extern alias Runtime;

using System;
using System.Globalization;
using System.Text;
using Xunit;
using HttpDate = Runtime::SyscallServer.Internal.Text.HttpDate;

namespace SyscallServer.Tests.Http;

public unsafe class HttpDateTests
{
    private const long Now = 1_700_000_000; // November 2023

    [Fact]
    public void Every_moment_is_written_as_the_class_library_writes_it_and_read_again()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            long seconds = i < 8_000 ? i * 431_999L : random.NextInt64(0, 253_402_300_800);
            DateTimeOffset moment = DateTimeOffset.FromUnixTimeSeconds(seconds);
            string expected = moment.ToString("r", CultureInfo.InvariantCulture);
            Assert.Equal($"Date: {expected}\r\n", Write(seconds));
            Assert.Equal(seconds, Read(expected));
            Assert.Equal(seconds, Read(moment.ToString("ddd MMM ", CultureInfo.InvariantCulture) + moment.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2) + moment.ToString(" HH:mm:ss yyyy", CultureInfo.InvariantCulture)));
            if (moment.Year is >= 1974 and <= 2072)
            {
                Assert.Equal(seconds, Read(moment.ToString("dddd, dd-MMM-yy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture)));
            }
        }
    }

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 784111777)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 784111777)]
    [InlineData("Sun Nov  6 08:49:37 1994", 784111777)]
    [InlineData("Sun Nov 06 08:49:37 1994", 784111777)]
    [InlineData("Mon, 06 Nov 1994 08:49:37 GMT", 784111777)]
    [InlineData("Tue, 29 Feb 2000 00:00:00 GMT", 951782400)]
    [InlineData("Sat, 31 Dec 2016 23:59:60 GMT", 1483228800)]
    [InlineData("Wed, 31 Dec 1969 23:59:59 GMT", -1)]
    [InlineData("Sat, 01 Jan 0000 00:00:00 GMT", -62167219200)]
    public void The_three_forms_of_a_date_are_understood(string text, long expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("Friday, 01-Jan-73 00:00:00 GMT", 2073)]
    [InlineData("Friday, 01-Jan-74 00:00:00 GMT", 1974)]
    [InlineData("Friday, 01-Jan-99 00:00:00 GMT", 1999)]
    [InlineData("Friday, 01-Jan-00 00:00:00 GMT", 2000)]
    [InlineData("Friday, 13-Nov-73 00:00:00 GMT", 2073)]
    [InlineData("Friday, 16-Nov-73 00:00:00 GMT", 1973)]
    public void A_year_of_two_digits_is_not_more_than_50_years_ahead(string text, int year)
        => Assert.Equal(year, DateTimeOffset.FromUnixTimeSeconds(Read(text)).Year);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("784111777")]
    [InlineData("1994-11-06T08:49:37Z")]
    [InlineData("Sun, 06 Nov 1994 08:49:37")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 UTC")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 gmt")]
    [InlineData("sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT ")]
    [InlineData(" Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMTx")]
    [InlineData("Sun, 6 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun,06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 94 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 8:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 24:00:00 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:60:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:61 GMT")]
    [InlineData("Sun, 00 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 31 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 32 Dec 1994 08:49:37 GMT")]
    [InlineData("Wed, 29 Feb 1995 00:00:00 GMT")]
    [InlineData("Wed, 29 Feb 1900 00:00:00 GMT")]
    [InlineData("Sun, 06 Nox 1994 08:49:37 GMT")]
    [InlineData("Xxx, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sundax, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-1994 08:49:37 GMT")]
    [InlineData("Sun Nov 6 08:49:37 1994")]
    [InlineData("Sun Nov  0 08:49:37 1994")]
    [InlineData("Sun Nov  6 08:49:37 1994 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 +0000")]
    [InlineData("Sun, -6 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT")]
    public void Anything_else_is_no_date(string text)
    {
        for (int length = 0; length <= text.Length; length++)
        {
            bool isDate = text[..length] is "Sun, 06 Nov 1994 08:49:37 GMT" or "Sun Nov  6 08:49:37 1994";
            Assert.True(isDate && length < text.Length || Read(text[..length]) == HttpDate.None, text[..length]);
        }
    }

    private static long Read(string text)
    {
        using GuardedBuffer buffer = new(text.Length);
        return HttpDate.Read(buffer.AtEnd(Encoding.ASCII.GetBytes(text)), text.Length, Now);
    }

    private static string Write(long seconds)
    {
        byte* text = stackalloc byte[HttpDate.Length];
        HttpDate.Write(text, seconds);
        return Reading.Latin1(text, HttpDate.Length);
    }
}
