using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Internal.Text;

/// <summary>Dates as HTTP has them (RFC 9110, section 5.6.7), and as seconds since 1970 (without leap seconds).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class HttpDate
{
    /// <summary>Bytes of a Date field as it is written, with its CRLF.</summary>
    public const int Length = ResponseRoom.DateLine;

    /// <summary>Not a date, or none.</summary>
    public const long None = long.MinValue;

    private const int SecondsPerDay = 24 * 60 * 60;

    // Names one behind the other, each ended by a NUL.

    private static byte* DayNames => CString.Of("Sunday\0Monday\0Tuesday\0Wednesday\0Thursday\0Friday\0Saturday\0"u8);

    private static byte* MonthNames => CString.Of("Jan\0Feb\0Mar\0Apr\0May\0Jun\0Jul\0Aug\0Sep\0Oct\0Nov\0Dec\0"u8);

    // The letters are strftime(3)'s.

    /// <summary>IMF-fixdate, the form in which dates are sent: <c>Sun, 06 Nov 1994 08:49:37 GMT</c></summary>
    private static byte* FixedForm => CString.Of("%a, %d %b %Y %H:%M:%S GMT"u8);

    /// <summary>rfc850-date: <c>Sunday, 06-Nov-94 08:49:37 GMT</c></summary>
    private static byte* Rfc850Form => CString.Of("%A, %d-%b-%y %H:%M:%S GMT"u8);

    /// <summary>asctime-date: <c>Sun Nov  6 08:49:37 1994</c></summary>
    private static byte* AsctimeForm => CString.Of("%a %b %e %H:%M:%S %Y"u8);

    /// <summary>
    /// A Date field, and the names that stand in it with what follows them, four bytes each: of the days from the one on that 1970 began with, of
    /// the months from March on.
    /// </summary>
    private static ReadOnlySpan<byte> FieldAndNames =>
        "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"u8 +
        "Thu,Fri,Sat,Sun,Mon,Tue,Wed,"u8 +
        "Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb "u8;

    /// <summary>Writes a Date field, with the form of a date that is to be sent: <c>Date: Sun, 06 Nov 1994 08:49:37 GMT</c>, CRLF.</summary>
    /// <param name="field">Room for <see cref="Length"/> bytes.</param>
    /// <param name="seconds">Seconds since 1970, up to the year 9999.</param>
    public static void Write(byte* field, long seconds)
    {
        byte* form = CString.Of(FieldAndNames);
        for (nint i = 0; i < Length; i++)
        {
            field[i] = *form++;
        }

        byte* names = form;

        uint days = (uint)WriteNumber(field + 23, WriteNumber(field + 26, WriteNumber(field + 29, (ulong)seconds, 60), 60), 24);

        // Years begin in March, so that the day that not every one has is the last. Of such years, centuries have 146,097 days in four, years 1461 in
        // four, and months 153 in five: (2141 d + 197913) / 2^16 says it without another division (C. Neri, L. Schneider, Euclidean affine functions, 2022).
        uint ofCentury = 4 * (days + 719468) + 3; // from 0000-03-01, in quarters of a day
        uint century = ofCentury / 146097;
        ofCentury = ofCentury - century * 146097 | 3;
        uint year = ofCentury / 1461;
        uint month = 2141 * ((ofCentury - year * 1461) / 4) + 197913;
        year += 100 * century;
        uint index = month >> 16; // 3 for March
        if (index > 12)
        {
            year++; // January and February are the next one's
        }

        *(uint*)(field + 6) = *(uint*)(names + 4 * (days % 7));
        *(uint*)(field + 14) = *(uint*)(names + 4 * (7 - 3 + index));
        WriteNumber(field + 11, (month & 0xFFFF) / 2141 + 1, 100);
        WriteNumber(field + 18, WriteNumber(field + 20, year, 100), 100);
    }

    /// <summary>Reads a date in one of the three forms that are to be understood. Letter case matters; that the day of the week is the right one does not.</summary>
    /// <param name="text">All of the text.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="now">Seconds since 1970: the form with a year of two digits never means one more than 50 years from now.</param>
    /// <returns>Seconds since 1970, or <see cref="None"/>.</returns>
    public static long Read(byte* text, int length, long now)
    {
        long seconds = Read(text, length, FixedForm, now);
        if (seconds == None)
        {
            seconds = Read(text, length, Rfc850Form, now);
        }

        return seconds != None ? seconds : Read(text, length, AsctimeForm, now);
    }

    private static long Read(byte* text, int length, byte* form, long now)
    {
        byte* end = text + length;
        bool isShort = false;
        int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
        for (; *form != 0; form++)
        {
            if (*form != '%')
            {
                if (text == end || *text++ != *form)
                {
                    return None;
                }

                continue;
            }

            int value;
            switch (*++form)
            {
                case (byte)'a':
                    value = ReadName(ref text, end, DayNames, 3);
                    break;
                case (byte)'A':
                    value = ReadName(ref text, end, DayNames, int.MaxValue);
                    break;
                case (byte)'b':
                    value = month = ReadName(ref text, end, MonthNames, 3);
                    break;
                case (byte)'e' when text < end && *text == ' ':
                    text++;
                    value = day = ReadNumber(ref text, end, 1);
                    break;
                case (byte)'d' or (byte)'e':
                    value = day = ReadNumber(ref text, end, 2);
                    break;
                case (byte)'Y':
                    value = year = ReadNumber(ref text, end, 4);
                    break;
                case (byte)'y':
                    value = year = ReadNumber(ref text, end, 2);
                    isShort = true;
                    break;
                case (byte)'H':
                    value = hour = ReadNumber(ref text, end, 2);
                    break;
                case (byte)'M':
                    value = minute = ReadNumber(ref text, end, 2);
                    break;
                default:
                    value = second = ReadNumber(ref text, end, 2);
                    break;
            }

            if (value < 0)
            {
                return None;
            }
        }

        long time = hour * 3600 + minute * 60 + second;
        if (isShort)
        {
            year += CenturyOf(year, month, day, time, now);
        }

        // A leap second may be said (60).
        long days = DaysUntil(year, month, day);
        return text == end && day > 0 && days < DaysUntil(year, month + 1, 1) && hour < 24 && minute < 60 && second <= 60
            ? days * SecondsPerDay + time
            : None;
    }

    /// <summary>The century of a year of two digits: one that would be more than 50 years ahead is the one before (RFC 9110, section 5.6.7).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CenturyOf(int year, int month, int day, long time, long now)
    {
        const long fiftyYears = 50L * 31_556_952; // of 365.2425 days
        int century = Year((int)(now / SecondsPerDay)) / 100 * 100;
        return DaysUntil(century + year, month, day) * SecondsPerDay + time > now + fiftyYears ? century - 100 : century;
    }

    /// <summary>The year of a day since 1970. Counted: it is asked for once a second.</summary>
    private static int Year(int days)
    {
        int year = 1970;
        while (DaysUntil(year + 1, 0, 1) <= days)
        {
            year++;
        }

        return year;
    }

    /// <summary>Days from 1970 to a day of a month from 0, which may be the one behind the last, of a year from 0.</summary>
    private static long DaysUntil(int year, int month, int day)
    {
        // A year begins in March here, so that its last day is the one that not every year has, and the months before have 153 days in five. 719468 days are
        // from 0000-03-01 to 1970-01-01; 400 years have 146097.
        int fromMarch = month + 10; // in the year before, which is counted from 400 years earlier so that it is never negative
        year += 399 + fromMarch / 12;
        return year * 365L + year / 4 - year / 100 + year / 400 + (153 * (fromMarch % 12) + 2) / 5 + day - 1 - 719468 - 146097;
    }

    /// <summary>Writes what a number leaves when it is divided, in two digits.</summary>
    /// <returns>The quotient.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // six times it would be half of the code
    private static ulong WriteNumber(byte* text, ulong number, uint divisor)
    {
        ulong quotient = number / divisor;
        uint rest = (uint)(number - quotient * divisor);
        uint tens = rest / 10;
        text[0] = (byte)('0' + tens);
        text[1] = (byte)('0' + rest - tens * 10);
        return quotient;
    }

    /// <summary>Which of the names is there, as far as they have letters that count; -1 where none is.</summary>
    private static int ReadName(ref byte* text, byte* end, byte* names, int letters)
    {
        for (int index = 0; *names != 0; index++)
        {
            int same = 0;
            while (same < letters && names[same] != 0 && text + same < end && text[same] == names[same])
            {
                same++;
            }

            if (same == letters || names[same] == 0)
            {
                text += same;
                return index;
            }

            while (*names++ != 0)
            {
            }
        }

        return -1;
    }

    /// <summary>A number of exactly so many digits; -1 where it is none.</summary>
    private static int ReadNumber(ref byte* text, byte* end, int digits)
    {
        int number = 0;
        for (; digits > 0; digits--)
        {
            if (text == end || (uint)(*text - '0') > 9)
            {
                return -1;
            }

            number = number * 10 + *text++ - '0';
        }

        return number;
    }
}
