using System;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>Strings, which are literals, and text as bytes.</summary>
internal static unsafe class Strings
{
    internal static void Run()
    {
        string s = Of("a string"), other = Of("a striNg"), same = Of("a string");
        Line("length and indexer"u8, s.Length, s[0], s[^1], Of("").Length);
        Line("equality"u8, (s == same ? 1 : 0) + (s == other ? 2 : 0) + (s != other ? 4 : 0) + (s.Equals(same) ? 8 : 0) + (s.Equals(other) ? 16 : 0), Of((string?)null) == null ? 1 : 0, Of((string?)null) == s ? 1 : 0);
        Line("equality of different lengths"u8, s == Of("a strin") ? 1 : 0, Of("") == Of((string?)null) ? 1 : 0);
        Line("constant concatenation"u8, ("a" + "b" + nameof(Of)).Length, $"{"in"}ner".Length);
        Line("escapes"u8, "\t\n\0\x41\u0042\U00000043\\"[3], @"a\b"[1], """raw "text" """.Length);
        Line("surrogates"u8, "\U0001F600".Length, "\U0001F600"[0], "é"[0]);
        Line("utf-8 literals"u8, "é€"u8.Length, "é€"u8[0], ("ab"u8 + "cd"u8).Length);
        Line("null-conditional"u8, Of((string?)null)?.Length ?? -1, Of("abc")?.Length ?? -1);
        Line("null-coalescing of strings"u8, (Of((string?)null) ?? "default").Length);
        Line("conditional of strings"u8, (Of(true) ? "one" : "three").Length);
        Line("is null"u8, s is null ? 1 : 0, s is not null ? 1 : 0, string.IsNullOrEmpty(Of("")) ? 1 : 0);
        Line("pattern of strings"u8, s is "a string" ? 1 : 0, s is { Length: > 5 and < 9 } ? 1 : 0, s is ['a', ' ', ..] ? 1 : 0);
        Line("span of a string"u8, s.AsSpan(2, 3)[0], ((ReadOnlySpan<char>)s)[2..].Length, s.AsSpan().IndexOf('r'));
        Line("fixed string"u8, Fixed(s));
        Line("reference equality"u8, (object)Of("literal") == (object)Of("literal") ? 1 : 0, ReferenceEquals(s, other) ? 1 : 0);
        Line("switch expression on a string"u8, Number(Of("two")), Number(Of("x")));
        Line("string in a struct"u8, new Named("abc", 2).Length);
        Line("string as a type argument"u8, Choose(Of("yes"), Of("no"), Of(false)).Length);
        Line("out string"u8, Out(out string text) + text.Length);
    }

    private static int Fixed(string s)
    {
        fixed (char* c = s)
        {
            return c[1] + c[s.Length];
        }
    }

    private static int Number(string s) => s switch { "one" => 1, "two" => 2, _ => -1 };

    private readonly struct Named(string name, int times)
    {
        public int Length => name.Length * times;
    }

    private static T Choose<T>(T a, T b, bool first) => first ? a : b;

    private static int Out(out string text)
    {
        text = "out";
        return 1;
    }
}
