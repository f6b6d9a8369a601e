using System.Runtime.CompilerServices;
using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>Dates as HTTP has them (RFC 9110, section 5.6.7), and as seconds since 1970 (without leap seconds).</summary>
public static unsafe class HttpDate
{
    /// <summary>Bytes of a date as it is written.</summary>
    public const int Length = 29;

    /// <summary>Not a date, or none.</summary>
    public const long None = long.MinValue;

    private const int SecondsPerDay = 24 * 60 * 60;

    // Names one behind the other, each ended by a NUL.

    private static byte* DayNames => Text.Of("Sunday\0Monday\0Tuesday\0Wednesday\0Thursday\0Friday\0Saturday\0"u8);

    private static byte* MonthNames => Text.Of("Jan\0Feb\0Mar\0Apr\0May\0Jun\0Jul\0Aug\0Sep\0Oct\0Nov\0Dec\0"u8);

    // The letters are strftime(3)'s.

    /// <summary>IMF-fixdate, the form in which dates are written: <c>Sun, 06 Nov 1994 08:49:37 GMT</c></summary>
    private static byte* FixedForm => Text.Of("%a, %d %b %Y %H:%M:%S GMT"u8);

    /// <summary>rfc850-date: <c>Sunday, 06-Nov-94 08:49:37 GMT</c></summary>
    private static byte* Rfc850Form => Text.Of("%A, %d-%b-%y %H:%M:%S GMT"u8);

    /// <summary>asctime-date: <c>Sun Nov  6 08:49:37 1994</c></summary>
    private static byte* AsctimeForm => Text.Of("%a %b %e %H:%M:%S %Y"u8);

    /// <summary>Writes a date in the form that is to be sent.</summary>
    /// <param name="text">Room for <see cref="Length"/> bytes.</param>
    /// <param name="seconds">Seconds since 1970, up to the year 9999.</param>
    public static void Write(byte* text, long seconds)
    {
        byte* form = Text.Of("Sun, 06 Nov 1994 08:49:37 GMT"u8);
        for (int i = 0; i < Length; i++)
        {
            text[i] = form[i];
        }

        int days = (int)(seconds / SecondsPerDay);
        int second = (int)(seconds % SecondsPerDay);
        int year = Year(days);
        int month = 0;
        while (DaysUntil(year, month + 1, 1) <= days)
        {
            month++;
        }

        WriteName(text, DayNames, (days + 4) % 7); // 1970 began on a Thursday
        WriteNumber(text + 5, days - (int)DaysUntil(year, month, 1) + 1);
        WriteName(text + 8, MonthNames, month);
        WriteNumber(text + 12, year / 100);
        WriteNumber(text + 14, year % 100);
        WriteNumber(text + 17, second / 3600);
        WriteNumber(text + 20, second / 60 % 60);
        WriteNumber(text + 23, second % 60);
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
        const long fiftyYears = 50L * 31_556_952; // of 365.2425 days
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
            year += Year((int)(now / SecondsPerDay)) / 100 * 100;
            if (DaysUntil(year, month, day) * SecondsPerDay + time > now + fiftyYears)
            {
                year -= 100;
            }
        }

        // A leap second may be said (60).
        long days = DaysUntil(year, month, day);
        return text == end && day > 0 && days < DaysUntil(year, month + 1, 1) && hour < 24 && minute < 60 && second <= 60
            ? days * SecondsPerDay + time
            : None;
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

    private static void WriteName(byte* text, byte* names, int index)
    {
        while (index > 0)
        {
            index -= *names++ == 0 ? 1 : 0;
        }

        text[0] = names[0];
        text[1] = names[1];
        text[2] = names[2];
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // eight times would be a third of this class
    private static void WriteNumber(byte* text, int number)
    {
        text[0] = (byte)('0' + number / 10);
        text[1] = (byte)('0' + number % 10);
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
