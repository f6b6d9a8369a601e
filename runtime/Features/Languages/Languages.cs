using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Chooses the language of a response: what Accept-Language asks for (RFC 9110, section 12.5.4).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Languages
{
    /// <summary>The longest part of a tag (RFC 5646, section 2.1).</summary>
    private const int LongestSubtag = 8;

    /// <summary>
    /// Chooses by lookup (RFC 4647, section 3.4): of the ranges with the highest weight the first that fits, and a range fits the longest tag that it begins with. A language that is refused by its own name is not chosen; the default may
    /// be. A field that is malformed, or has more than <see cref="Limits.LanguageRanges"/>, says nothing.
    /// </summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="tags">The languages in lower case, each with a NUL behind it; at most 32.</param>
    /// <param name="responses">The response in each.</param>
    /// <param name="otherwise">The response in the default language.</param>
    public static int Choose(RequestHead* request, ReadOnlySpan<byte> tags, ReadOnlySpan<uint> responses, int otherwise)
    {
        uint refused = 0;
        int chosen = otherwise;

        // Which are refused may be said last, so all is read twice.
        for (int pass = 0; pass < 2; pass++)
        {
            uint best = 0;
            int left = Limits.LanguageRanges;
            var lines = new FieldLines(request);
            byte* list;
            while ((list = lines.Next(CString.Of("accept-language"u8))) != null)
            {
                byte* end = lines.ValueEnd; // where a CR is, which ends all that is read below
                while ((list = Characters.AfterSeparators(list, end)) != end)
                {
                    byte* range = list;
                    byte* rangeEnd = AfterRange(range);
                    list = Weight.Read(Characters.AfterBlanks(rangeEnd, end), end, out uint weight);
                    if (rangeEnd == range || weight > Weight.Whole || (list != end && *list != ',') || left-- == 0)
                    {
                        return otherwise;
                    }

                    int language = Find(CString.Of(tags), range, rangeEnd, isExact: weight == 0, pass == 0 ? 0 : refused);
                    if (language < 0)
                    {
                        continue;
                    }

                    if (weight == 0)
                    {
                        refused |= 1u << language;
                    }
                    else if (weight > best)
                    {
                        best = weight;
                        chosen = (int)responses[language];
                    }
                }
            }

            chosen = pass == 0 ? otherwise : chosen;
        }

        return chosen;
    }

    /// <summary>Where a language range ends: a star, or parts of one to eight letters and digits with a hyphen between (RFC 4647, section 2.1). Where it begins, if it is none.</summary>
    private static byte* AfterRange(byte* range)
    {
        if (*range == '*')
        {
            return range + 1;
        }

        byte* list = range;
        while (true)
        {
            byte* subtag = list;
            while ((uint)((*list | 0x20) - 'a') < 26 || (uint)(*list - '0') < 10)
            {
                list++;
            }

            if (list == subtag || list - subtag > LongestSubtag)
            {
                return range;
            }

            if (*list != '-')
            {
                return list;
            }

            list++;
        }
    }

    /// <summary>Which of the languages a range names: the longest that it begins with, or the one that it is.</summary>
    /// <returns>Negative where it names none.</returns>
    private static int Find(byte* tag, byte* range, byte* end, bool isExact, uint refused)
    {
        int found = -1;
        int longest = 0;
        for (int i = 0; *tag != 0; i++)
        {
            byte* position = range;
            while (position < end && (*position | 0x20) == *tag)
            {
                position++;
                tag++;
            }

            bool isWhole = *tag == 0 && (position == end || (!isExact && *position == '-'));
            if (isWhole && position - range > longest && (refused & 1u << i) == 0)
            {
                longest = (int)(position - range);
                found = i;
            }

            tag = CString.End(tag) + 1;
        }

        return found;
    }
}
