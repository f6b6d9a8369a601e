using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Threading;

namespace SyscallServer.Freestanding.Tests;

/// <summary>
/// The members that our System.Runtime offers, each with many inputs. Every result goes into a hash, one line per area: a wrong line
/// names the area, and halving the inputs finds the rest.
/// </summary>
internal static unsafe partial class Checks
{
    private static delegate*<byte*, int, void> s_write;
    private static ulong s_hash;
    private static ulong s_random;

    internal static int Run(delegate*<byte*, int, void> write)
    {
        s_write = write;
        s_random = 0x9E3779B97F4A7C15;

        Primitives();
        Line("primitives"u8);
        Spans();
        Line("spans"u8);
        Copies();
        Line("copies"u8);
        Fills();
        Line("fills"u8);
        Comparisons();
        Line("comparisons"u8);
        Searches();
        Line("searches"u8);
        Wide<int>();
        Wide<ulong>();
        Wide<char>();
        Wide<Pair>();
        Line("other elements"u8);
        References();
        Line("references"u8);
        Bits();
        Line("bits"u8);
        ByteOrder();
        Line("byte order"u8);
        Arithmetic();
        Line("arithmetic"u8);
        Formatting();
        Line("formatting"u8);
        Parsing();
        Line("parsing"u8);
        Strings();
        Line("strings"u8);
        Vectors();
        Line("vectors"u8);
        if (Sse2.IsSupported)
        {
            VectorInstructions();
            Line("vector instructions"u8);
        }

        return 0;
    }

    private static void Primitives()
    {
        unchecked
        {
            Add(byte.MinValue, byte.MaxValue, (ulong)sbyte.MinValue, (ulong)sbyte.MaxValue);
            Add((ulong)short.MinValue, (ulong)short.MaxValue, ushort.MinValue, ushort.MaxValue);
            Add((ulong)int.MinValue, int.MaxValue, uint.MinValue, uint.MaxValue);
            Add((ulong)long.MinValue, long.MaxValue, ulong.MinValue, ulong.MaxValue);
        }

        Add(char.MinValue, char.MaxValue, (ulong)nint.Size, (ulong)nint.MaxValue);
        Add((ulong)nint.MinValue, nuint.MaxValue, nuint.MinValue, (ulong)nint.Zero);
        for (int i = 0; i < 256; i++)
        {
            var a = Random();
            var b = Random();
            Add((ulong)((byte)a).CompareTo((byte)b), (ulong)((sbyte)a).CompareTo((sbyte)b), (ulong)((short)a).CompareTo((short)b), (ulong)((ushort)a).CompareTo((ushort)b));
            Add((ulong)((int)a).CompareTo((int)b), (ulong)((uint)a).CompareTo((uint)b), (ulong)((long)a).CompareTo((long)b), (ulong)a.CompareTo(b));
            Add((ulong)((char)a).CompareTo((char)b), (ulong)((nint)a).CompareTo((nint)b), (ulong)((nuint)a).CompareTo((nuint)b), (ulong)((a & 1) != 0).CompareTo((b & 1) != 0));
            Add(((byte)a).Equals((byte)b), ((int)a).Equals((int)a), a.Equals(b), ((char)a).Equals((char)b));
            Add((ulong)((byte)a).GetHashCode(), (ulong)((sbyte)a).GetHashCode(), (ulong)((short)a).GetHashCode(), (ulong)((int)a).GetHashCode());
            Add((ulong)((long)a).GetHashCode(), (ulong)a.GetHashCode(), (ulong)((char)a).GetHashCode(), (ulong)((ushort)a).GetHashCode());
            var c = (char)i;
            Add(char.IsAsciiDigit(c), char.IsAsciiLetter(c), char.IsAsciiLetterOrDigit(c), char.IsAsciiHexDigit(c));
            Add(char.IsAsciiLetterLower(c), char.IsAsciiLetterUpper(c), char.IsBetween(c, 'b', 'y'), false);
            double d = (long)a;
            double e = (long)b / 3.0;
            Add((ulong)d.CompareTo(e), (ulong)d.CompareTo(double.NaN), (ulong)double.NaN.CompareTo(d), d < e ? 1UL : 0);
            int? nothing = (a & 1) != 0 ? (int)a : null;
            Add((ulong)nothing.GetValueOrDefault(), (ulong)nothing.GetValueOrDefault(7), nothing.HasValue ? (ulong)nothing.Value : 1, (ulong)(nothing ?? -1));
        }
    }

    private static void Spans()
    {
        byte* bytes = stackalloc byte[64];
        var whole = Random(new Span<byte>(bytes, 64));
        for (int i = 0; i <= 64; i++)
        {
            ReadOnlySpan<byte> tail = whole.Slice(i);
            Add((ulong)tail.Length, tail.IsEmpty ? 1UL : 0, i < 64 ? tail[0] : 0UL, 0);
            for (int j = 0; j <= 64 - i; j++)
            {
                Add(whole.Slice(i, j));
                Add(tail[..j]);
            }
        }

        foreach (ref byte element in whole)
        {
            element ^= 0x5A;
        }

        ulong sum = 0;
        foreach (byte element in (ReadOnlySpan<byte>)whole)
        {
            sum = (sum * 31) + element;
        }

        Add(sum, (ulong)whole[^1], whole[1..^1][0], (ulong)whole[3..9].Length);
        Add(whole == new Span<byte>(bytes, 64), whole == whole[1..], Span<byte>.Empty.IsEmpty, new ReadOnlySpan<byte>(null, 0) == ReadOnlySpan<byte>.Empty);
        fixed (byte* pinned = whole)
        fixed (byte* nothing = Span<byte>.Empty)
        {
            Add(pinned == bytes, nothing == null, true, true);
        }

        byte single = 17;
        var one = new Span<byte>(ref single);
        one[0]++;
        Add(single, (ulong)one.Length, new ReadOnlySpan<byte>(in single)[0], (ulong)new Span<byte>(null, 0).Length);
        Span<int> initialized = stackalloc int[] { 1, -2, 3, -4, 5, -6, 7, -8, 9 };
        ReadOnlySpan<int> constants = [1, 1 << 20, -7, int.MinValue];
        ReadOnlySpan<ulong> wide = [1, ulong.MaxValue, 1UL << 40];
        Add(MemoryMarshal.AsBytes(initialized));
        Add(MemoryMarshal.AsBytes(constants));
        Add(MemoryMarshal.AsBytes(wide));
        Span<byte> none = (byte[]?)null;
        Add((ulong)none.Length, (ulong)((ReadOnlySpan<byte>)(byte[]?)null).Length, (ulong)new Span<byte>(null, 0, 0).Length, 0);
        Large first = default;
        first.Words[5] = 0x1234;
        Large second = first;
        second.Words[6] = 0x5678;
        Add(first.Words[5], first.Words[6], second.Words[5], second.Words[6]);
        Twelve inline = default;
        inline[3] = 9;
        Span<byte> inlineSpan = inline;
        inlineSpan[11] = 8;
        Add(inlineSpan);
    }

    private static void Copies()
    {
        Span<byte> buffer = stackalloc byte[80];
        for (int length = 0; length <= 33; length++)
        {
            // Every distance in both directions: below, above, on top of each other.
            for (int from = 0; from <= 40; from += 3)
            {
                for (int to = 0; to <= 40; to++)
                {
                    Random(buffer);
                    buffer.Slice(from, length).CopyTo(buffer[to..]);
                    Add(buffer);
                }
            }
        }

        Random(buffer);
        Add(buffer[..10].TryCopyTo(buffer[70..]), buffer[..11].TryCopyTo(buffer[70..]), ReadOnlySpan<byte>.Empty.TryCopyTo(default), ((ReadOnlySpan<byte>)buffer)[..5].TryCopyTo(buffer[75..]));
        Add(buffer);
        "a constant of some length"u8.CopyTo(buffer);
        "x"u8.CopyTo(buffer[40..]);
        Add(buffer);
        Span<Pair> pairs = stackalloc Pair[8];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new Pair { A = (int)Random(), B = (short)Random() };
        }

        pairs[..5].CopyTo(pairs[2..]);
        foreach (Pair pair in pairs)
        {
            Add((ulong)pair.A, (ulong)pair.B, 0, 0);
        }
    }

    private static void Fills()
    {
        Span<byte> buffer = stackalloc byte[50];
        for (int start = 0; start < 10; start++)
        {
            for (int length = 0; length <= 40; length++)
            {
                Random(buffer);
                buffer.Slice(start, length).Fill((byte)(start + length));
                Add(buffer);
                Random(buffer);
                buffer.Slice(start, length).Clear();
                Add(buffer);
            }
        }

        Span<uint> words = stackalloc uint[9];
        words.Fill(0xDEADBEEF);
        words[3..5].Fill(1);
        words[7..].Clear();
        Add(MemoryMarshal.AsBytes(words));
        buffer.Reverse();
        Add(buffer);
        buffer[..7].Reverse();
        Add(buffer);
    }

    private static void Comparisons()
    {
        Span<byte> a = stackalloc byte[40];
        Span<byte> b = stackalloc byte[40];
        for (int round = 0; round < 2000; round++)
        {
            // Few letters, so that spans are often equal or nearly so.
            int length = (int)(Random() % 41);
            int other = (Random() & 3) == 0 ? (int)(Random() % 41) : length;
            Letters(a, 2);
            a.CopyTo(b);
            if ((Random() & 1) != 0)
            {
                b[(int)(Random() % 40)] ^= (byte)(Random() & 0x81);
            }

            Span<byte> x = a[..length];
            Span<byte> y = b[..other];
            ReadOnlySpan<byte> rx = x;
            ReadOnlySpan<byte> ry = y;
            Add(x.SequenceEqual(y), rx.SequenceEqual(ry), x.StartsWith(y), rx.StartsWith(ry));
            Add(x.EndsWith(y), rx.EndsWith(ry), x.Overlaps(y), rx.Overlaps(rx[(length / 2)..]));
            Add((ulong)x.SequenceCompareTo(y), (ulong)rx.SequenceCompareTo(ry), 0, 0);
            Add(Ascii.EqualsIgnoreCase(rx, ry), Ascii.IsValid(ry), Ascii.IsValid((byte)Random()), false);
        }

        Add("GET /"u8.SequenceEqual("GET /"u8), "GET /index"u8.StartsWith("GET /"u8), "abcdefghijklmnopq"u8.EndsWith("hijklmnopq"u8), "x"u8.StartsWith(""u8));
        Add(Ascii.EqualsIgnoreCase("Content-Length"u8, "content-LENGTH"u8), Ascii.EqualsIgnoreCase("@"u8, "`"u8), Ascii.EqualsIgnoreCase("[z"u8, "{Z"u8), Ascii.EqualsIgnoreCase(""u8, ""u8));
    }

    private static void Searches()
    {
        Span<byte> letters = stackalloc byte[48];
        for (int round = 0; round < 2000; round++)
        {
            Letters(letters, 4);
            Span<byte> x = letters[..(int)(Random() % 49)];
            ReadOnlySpan<byte> r = x;
            ReadOnlySpan<byte> needle = letters.Slice((int)(Random() % 40), (int)(Random() % 5));
            byte p = (byte)('a' + (Random() % 6));
            byte q = (byte)('a' + (Random() % 6));
            byte s = (byte)('a' + (Random() % 6));
            Add((ulong)r.IndexOf(p), (ulong)r.LastIndexOf(p), (ulong)r.IndexOf(needle), (ulong)r.LastIndexOf(needle));
            Add((ulong)x.IndexOf(p), (ulong)x.LastIndexOf(p), (ulong)x.IndexOf(needle), (ulong)x.LastIndexOf(needle));
            Add((ulong)r.IndexOfAny(p, q), (ulong)r.IndexOfAny(p, q, s), (ulong)r.IndexOfAny(needle), (ulong)r.IndexOfAnyExcept(p));
            Add((ulong)x.IndexOfAny(p, q), (ulong)x.IndexOfAny(p, q, s), (ulong)x.IndexOfAny(needle), (ulong)x.IndexOfAnyExcept(p));
            Add((ulong)r.IndexOfAnyInRange(Math.Min(p, q), Math.Max(p, q)), (ulong)r.IndexOfAnyExceptInRange(Math.Min(p, q), Math.Max(p, q)), (ulong)r.Count(p), (ulong)x.Count(p));
            Add(r.Contains(p), x.Contains(p), false, false);
            Add(r.Trim(p));
            Add(r.TrimStart(p));
            Add(r.TrimEnd(p));
        }

        Add((ulong)""u8.IndexOf(""u8), (ulong)""u8.LastIndexOf(""u8), (ulong)""u8.IndexOf((byte)1), (ulong)"abc"u8.LastIndexOf(""u8));
    }

    /// <summary>The same members for elements that are not bytes.</summary>
    private static void Wide<T>()
        where T : unmanaged, IEquatable<T>
    {
        Span<T> a = stackalloc T[20];
        Span<byte> bytes = MemoryMarshal.AsBytes(a);
        for (int round = 0; round < 300; round++)
        {
            bytes.Clear();
            for (int i = 0; i < a.Length; i++)
            {
                bytes[i * sizeof(T)] = (byte)(Random() % 3);
            }

            Span<T> x = a[..(int)(Random() % 21)];
            Span<T> needle = a.Slice((int)(Random() % 18), (int)(Random() % 3));
            T p = a[(int)(Random() % 20)];
            T q = a[(int)(Random() % 20)];
            Add((ulong)x.IndexOf(p), (ulong)x.LastIndexOf(p), (ulong)x.IndexOf(needle), (ulong)x.LastIndexOf(needle));
            Add(x.Contains(p), x.SequenceEqual(a), x.StartsWith(needle), x.EndsWith(needle));
            Add((ulong)x.IndexOfAny(p, q), (ulong)x.Count(q), (ulong)x.IndexOfAnyExcept(p), (ulong)sizeof(T));
            x.Fill(p);
            needle.CopyTo(a[3..]);
            Add(bytes);
        }
    }

    private static void References()
    {
        Span<ulong> words = stackalloc ulong[8];
        Random(MemoryMarshal.AsBytes(words));
        ref ulong first = ref MemoryMarshal.GetReference(words);
        ref ulong third = ref Unsafe.Add(ref first, 2);
        ref byte inside = ref Unsafe.AddByteOffset(ref Unsafe.As<ulong, byte>(ref first), (nint)13);
        Add(third, Unsafe.Subtract(ref third, 1), Unsafe.Add(ref first, (nuint)3), Unsafe.Add(ref third, -2));
        Add((ulong)Unsafe.ByteOffset(ref first, ref third), inside, Unsafe.ReadUnaligned<uint>(ref inside), Unsafe.ReadUnaligned<ushort>(Unsafe.AsPointer(ref inside)));
        Add(Unsafe.AreSame(ref third, ref words[2]), Unsafe.IsNullRef(ref first), Unsafe.IsNullRef(ref Unsafe.NullRef<int>()), Unsafe.IsAddressLessThan(ref first, ref third));
        Unsafe.WriteUnaligned(ref inside, 0x0123456789ABCDEFUL);
        Unsafe.Write(Unsafe.AsPointer(ref third), 42UL);
        Add(MemoryMarshal.AsBytes(words));
        Add((ulong)Unsafe.SizeOf<Pair>(), (ulong)Unsafe.SizeOf<byte>(), (ulong)Unsafe.SizeOf<Large>(), Unsafe.AsRef<ulong>(Unsafe.AsPointer(ref third)));
        Unsafe.CopyBlock(Unsafe.AsPointer(ref words[5]), Unsafe.AsPointer(ref first), 16);
        Unsafe.InitBlock(Unsafe.AsPointer(ref words[7]), 0xEE, 7);
        Add(MemoryMarshal.AsBytes(words));
        Unsafe.SkipInit(out int left);
        left = 5;
        Add((ulong)left, (ulong)MemoryMarshal.CreateSpan(ref first, 3).Length, MemoryMarshal.CreateReadOnlySpan(in third, 2)[1], 0);

        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(words);
        for (int i = 0; i <= bytes.Length; i++)
        {
            ReadOnlySpan<byte> part = bytes[..i];
            Add((ulong)MemoryMarshal.Cast<byte, uint>(part).Length, (ulong)MemoryMarshal.Cast<byte, ulong>(part).Length, (ulong)MemoryMarshal.Cast<byte, Pair>(part).Length, (ulong)MemoryMarshal.Cast<uint, ushort>(MemoryMarshal.Cast<byte, uint>(part)).Length);
            Add(MemoryMarshal.TryRead(part, out uint word) ? word : 3UL, MemoryMarshal.TryRead(part, out Pair pair) ? (ulong)pair.A : 4, i >= 8 ? MemoryMarshal.Read<ulong>(part[(i - 8)..]) : 0, i >= 2 ? MemoryMarshal.AsRef<ushort>(part) : 5UL);
        }

        Span<byte> target = stackalloc byte[7];
        target.Clear();
        MemoryMarshal.Write(target[1..], 0x11223344);
        Add(MemoryMarshal.TryWrite(target, 1UL), MemoryMarshal.TryWrite(target[5..], (short)-2), true, false);
        Add(target);
        fixed (byte* text = "null-terminated"u8)
        {
            Add(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
            Add(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text + 15));
            Add(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)null));
        }

        var tuple = (1, 2L, (byte)3);
        (int one, long two, byte three) = tuple;
        Add((ulong)one, (ulong)two, three, RuntimeHelpers.IsReferenceOrContainsReferences<string>() ? 1UL : RuntimeHelpers.IsReferenceOrContainsReferences<int>() ? 2UL : 3);
    }

    private static void Bits()
    {
        for (int i = 0; i < 400; i++)
        {
            // Single bits, neighbours of them, and numbers of every length.
            ulong v = i < 64 ? 1UL << i : i < 128 ? (1UL << (i - 64)) - 1 : i < 192 ? ulong.MaxValue << (i - 128) : Random() >> (int)(Random() & 63);
            var w = (uint)v;
            int turn = (int)(Random() % 200) - 100;
            Add((ulong)BitOperations.PopCount(v), (ulong)BitOperations.PopCount(w), (ulong)BitOperations.LeadingZeroCount(v), (ulong)BitOperations.LeadingZeroCount(w));
            Add((ulong)BitOperations.TrailingZeroCount(v), (ulong)BitOperations.TrailingZeroCount(w), (ulong)BitOperations.TrailingZeroCount((long)v), (ulong)BitOperations.TrailingZeroCount((int)v));
            Add((ulong)BitOperations.Log2(v), (ulong)BitOperations.Log2(w), BitOperations.RoundUpToPowerOf2(v), BitOperations.RoundUpToPowerOf2(w));
            Add(BitOperations.RotateLeft(v, turn), BitOperations.RotateLeft(w, turn), BitOperations.RotateRight(v, turn), BitOperations.RotateRight(w, turn));
            long sum = (long)v;
            Add((ulong)Interlocked.Add(ref sum, w), (ulong)sum, (ulong)Interlocked.Add(ref sum, -1), (ulong)sum);
            Add(BitOperations.IsPow2(v), BitOperations.IsPow2(w), BitOperations.IsPow2((long)v), BitOperations.IsPow2((int)v));
            Add((ulong)BitOperations.PopCount((nuint)v), (ulong)BitOperations.LeadingZeroCount((nuint)v), (ulong)BitOperations.TrailingZeroCount((nint)v), (ulong)BitOperations.Log2((nuint)v));
        }
    }

    private static void ByteOrder()
    {
        Span<byte> b = stackalloc byte[8];
        for (int i = 0; i < 200; i++)
        {
            ulong v = Random();
            Add(BinaryPrimitives.ReverseEndianness(v), (ulong)BinaryPrimitives.ReverseEndianness((long)v), BinaryPrimitives.ReverseEndianness((uint)v), (ulong)BinaryPrimitives.ReverseEndianness((int)v));
            Add(BinaryPrimitives.ReverseEndianness((ushort)v), (ulong)BinaryPrimitives.ReverseEndianness((short)v), BinaryPrimitives.ReverseEndianness((byte)v), (ulong)BinaryPrimitives.ReverseEndianness((sbyte)v));
            BinaryPrimitives.WriteUInt64BigEndian(b, v);
            Add(BinaryPrimitives.ReadUInt64LittleEndian(b), (ulong)BinaryPrimitives.ReadInt64BigEndian(b), (ulong)BinaryPrimitives.ReadInt64LittleEndian(b), BinaryPrimitives.ReadUInt64BigEndian(b));
            Add(BinaryPrimitives.ReadUInt32LittleEndian(b), BinaryPrimitives.ReadUInt32BigEndian(b), (ulong)BinaryPrimitives.ReadInt32LittleEndian(b), (ulong)BinaryPrimitives.ReadInt32BigEndian(b));
            Add(BinaryPrimitives.ReadUInt16LittleEndian(b), BinaryPrimitives.ReadUInt16BigEndian(b), (ulong)BinaryPrimitives.ReadInt16LittleEndian(b), (ulong)BinaryPrimitives.ReadInt16BigEndian(b));
            BinaryPrimitives.WriteUInt32LittleEndian(b[1..], (uint)v);
            Add(b);
            BinaryPrimitives.WriteInt32BigEndian(b[2..], (int)v);
            Add(b);
            BinaryPrimitives.WriteUInt16BigEndian(b[5..], (ushort)v);
            BinaryPrimitives.WriteInt16LittleEndian(b, (short)v);
            Add(b);
            Add(BinaryPrimitives.TryReadUInt32BigEndian(b[(i % 8)..], out uint word), BinaryPrimitives.TryReadUInt16LittleEndian(b[(i % 8)..], out ushort half), BinaryPrimitives.TryWriteUInt64BigEndian(b[(i % 2)..], v), BinaryPrimitives.TryWriteInt32LittleEndian(b[(i % 8)..], i));
            Add(word, half, 0, 0);
            Add(b);
        }
    }

    private static void Arithmetic()
    {
        for (int i = 0; i < 300; i++)
        {
            ulong a = Random() >> (int)(Random() & 63);
            ulong b = (Random() >> (int)(Random() & 63)) | 1;
            Add((ulong)Math.Min((int)a, (int)b), Math.Min((uint)a, (uint)b), (ulong)Math.Min((long)a, (long)b), Math.Min(a, b));
            Add((ulong)Math.Max((int)a, (int)b), Math.Max((uint)a, (uint)b), (ulong)Math.Max((long)a, (long)b), Math.Max(a, b));
            Add((ulong)Math.Min((short)a, (short)b), Math.Max((byte)a, (byte)b), (ulong)Math.Max((nint)a, (nint)b), Math.Min((nuint)a, (nuint)b));
            Add((ulong)Math.Clamp((int)a, -1000, 1000), Math.Clamp(a, 10, 1UL << 40), (ulong)Math.Abs((int)a | 1), (ulong)Math.Abs((long)a | 1));
            (ulong quotient, ulong remainder) = Math.DivRem(a, b);
            (int shortQuotient, int shortRemainder) = Math.DivRem((int)a, (int)b & int.MaxValue);
            Add(quotient, remainder, (ulong)shortQuotient, (ulong)shortRemainder);
            Add(a / b, a % b, (ulong)((long)a / (long)b), (ulong)((int)a % 7));
        }
    }

    private static void Formatting()
    {
        Span<byte> text = stackalloc byte[120];
        for (int i = 0; i < 300; i++)
        {
            ulong v = i == 0 ? 0 : i == 1 ? ulong.MaxValue : i == 2 ? 1UL << 63 : i == 3 ? 0x80808080UL : Random() >> (int)(Random() & 63);
            StandardFormat format = (i % 8) switch { 0 => default, 1 => 'D', 2 => new StandardFormat('d', (byte)(i % 30)), 3 => 'x', 4 => new StandardFormat('X', (byte)(i % 20)), 5 => 'N', 6 => new StandardFormat('n', (byte)(i % 5)), _ => 'g' };
            Span<byte> room = text[..((i & 1) != 0 ? 120 : (int)(Random() % 22))];
            text.Clear();
            Written(Utf8Formatter.TryFormat(v, room, out int n, format), text, n);
            Written(Utf8Formatter.TryFormat((long)v, room, out n, format), text, n);
            Written(Utf8Formatter.TryFormat((uint)v, room, out n, format), text, n);
            Written(Utf8Formatter.TryFormat((int)v, room, out n, format), text, n);
            Written(Utf8Formatter.TryFormat((ushort)v, room, out n, format), text, n);
            Written(Utf8Formatter.TryFormat((short)v, room, out n, format), text, n);
            Written(Utf8Formatter.TryFormat((byte)v, room, out n, format), text, n);
            Written(Utf8Formatter.TryFormat((sbyte)v, room, out n, format), text, n);
        }
    }

    private static void Written(bool fitted, Span<byte> text, int length)
    {
        Add(fitted, fitted, true, false);
        if (fitted)
        {
            Add(text[..length]);
        }
    }

    private static void Parsing()
    {
        Span<byte> text = stackalloc byte[24];
        ReadOnlySpan<byte> signs = "-+0129.,"u8;
        ReadOnlySpan<byte> alphabet = "0123456789012345678901234567890123456789abcdefABCDEFgG x,,,,..00"u8;
        for (int i = 0; i < 6000; i++)
        {
            int length = (int)(Random() % 24);
            for (int j = 0; j < length; j++)
            {
                text[j] = alphabet[(int)(Random() % (uint)((i & 3) == 0 ? alphabet.Length : 40))];
            }

            text[0] = signs[(int)(Random() % 8)];
            if ((i & 7) == 1)
            {
                // The limits and their neighbours.
                ulong limit = (1UL << (8 << (int)(Random() & 3)) - (int)(Random() & 1)) + (Random() % 3) - 1;
                Utf8Formatter.TryFormat((i & 8) != 0 ? (long)limit : -(long)limit, text, out length);
            }
            else if (i == 2)
            {
                "18446744073709551615"u8.CopyTo(text);
                length = 20;
            }
            else if (i == 6)
            {
                "18446744073709551616"u8.CopyTo(text);
                length = 20;
            }

            ReadOnlySpan<byte> source = text[..length];
            char format = (i % 7) switch { 0 => 'D', 1 => 'x', 2 => 'g', 3 => 'X', 4 => 'N', 5 => 'n', _ => '\0' };
            Add(Utf8Parser.TryParse(source, out ulong a, out int n, format) ? 1UL : 0, a, (ulong)n, 0);
            Add(Utf8Parser.TryParse(source, out long b, out n, format) ? 1UL : 0, (ulong)b, (ulong)n, 0);
            Add(Utf8Parser.TryParse(source, out uint c, out n, format) ? 1UL : 0, c, (ulong)n, 0);
            Add(Utf8Parser.TryParse(source, out int d, out n, format) ? 1UL : 0, (ulong)d, (ulong)n, 0);
            Add(Utf8Parser.TryParse(source, out ushort e, out n, format) ? 1UL : 0, e, (ulong)n, 0);
            Add(Utf8Parser.TryParse(source, out short f, out n, format) ? 1UL : 0, (ulong)f, (ulong)n, 0);
            Add(Utf8Parser.TryParse(source, out byte g, out n, format) ? 1UL : 0, g, (ulong)n, 0);
            Add(Utf8Parser.TryParse(source, out sbyte h, out n, format) ? 1UL : 0, (ulong)h, (ulong)n, 0);
        }
    }

    private static void Strings()
    {
        string text = Text(1);
        ReadOnlySpan<char> span = text;
        Add((ulong)text.Length, text[3], span[^1], (ulong)text.AsSpan(2, 3).Length);
        Add(text == Text(1), text == Text(2), text != Text(0), string.IsNullOrEmpty(""));
        Add((ulong)span.IndexOf('t'), (ulong)span.IndexOf("ll"), span.StartsWith("lit") ? 1UL : 0, (ulong)text.AsSpan(4).IndexOfAny('a', 'e'));
        fixed (char* characters = text)
        {
            Add(characters[0], characters[text.Length], 0, 0);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Text(int which) => which switch { 0 => "", 1 => "literal of a string", _ => "another of a string" };


    private static ulong Random()
    {
        // xorshift64* (Marsaglia, Vigna)
        s_random ^= s_random >> 12;
        s_random ^= s_random << 25;
        s_random ^= s_random >> 27;
        return s_random * 0x2545F4914F6CDD1D;
    }

    private static Span<byte> Random(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(Random() >> 32);
        }

        return bytes;
    }

    private static void Letters(Span<byte> bytes, uint count)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)('a' + (Random() % count));
        }
    }

    private static void Add(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length, 0, 0, 0);
        for (int i = 0; i < bytes.Length; i++)
        {
            s_hash = (s_hash ^ bytes[i]) * 0x100000001B3; // FNV-1a
        }
    }

    private static void Add(ulong a, ulong b, ulong c, ulong d)
    {
        s_hash = (s_hash ^ a) * 0x100000001B3;
        s_hash = ((s_hash >> 31) ^ s_hash ^ b) * 0x100000001B3;
        s_hash = ((s_hash >> 29) ^ s_hash ^ c) * 0x100000001B3;
        s_hash = ((s_hash >> 30) ^ s_hash ^ d) * 0x100000001B3;
    }

    private static void Add(bool a, bool b, bool c, bool d) => Add(a ? 1UL : 0, b ? 1UL : 0, c ? 1UL : 0, d ? 1UL : 0);

    private static void Line(ReadOnlySpan<byte> area)
    {
        byte* line = stackalloc byte[64];
        int length = 0;
        foreach (byte character in area)
        {
            line[length++] = character;
        }

        line[length++] = (byte)' ';
        for (int shift = 60; shift >= 0; shift -= 4)
        {
            line[length++] = "0123456789abcdef"u8[(int)(s_hash >> shift) & 15];
        }

        line[length++] = (byte)'\n';
        s_write(line, length);
    }

    private struct Pair : IEquatable<Pair>
    {
        public int A;
        public int B; // without padding: what that has after a copy is nobody's business, and here all bytes are looked at

        // Not a matter of bytes: the low bit of A says it all.
        public readonly bool Equals(Pair other) => (A & 1) == (other.A & 1);
    }

    private struct Large
    {
        public Words16 Words;
    }

    [InlineArray(16)]
    private struct Words16
    {
        private ulong _element;
    }

    [InlineArray(12)]
    private struct Twelve
    {
        private byte _element;
    }
}
