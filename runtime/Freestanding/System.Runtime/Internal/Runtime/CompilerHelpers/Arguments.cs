using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// The args of Main: the one array, and the only strings, that are made while a program runs. They lie in pages of their own, which are never given back. Linked only
/// where Main has the parameter.
/// </summary>
internal static unsafe class Arguments
{
    /// <summary>What lies before the first element of an array: its type, and its length in a word.</summary>
    private const int ArrayHeader = 16;

    /// <summary>What lies before the first character of a string: its type, and its length in half a word. After the last one is a zero.</summary>
    private const int StringHeader = 12;

    private const char ReplacementCharacter = '\uFFFD';

    /// <param name="count">The number of arguments, the program's name among them.</param>
    /// <param name="texts">The arguments, in UTF-8.</param>
    internal static string[] Create(int count, byte** texts)
    {
        // A program can be started without a name even.
        count = count > 0 ? count - 1 : 0;
        texts++;
        nuint size = ArrayHeader + ((nuint)count * 8);
        for (int i = 0; i < count; i++)
        {
            size += SizeOfString(Decode(texts[i], null));
        }

        byte* memory = (byte*)mmap(null, size, ProtRead | ProtWrite, MapPrivate | MapAnonymous, -1, 0);
        if ((nint)memory is < 0 and > -4096)
        {
            throw Abort.With("no memory for the arguments\n"u8);
        }

        byte* array = memory;
        *(void**)array = TypeOfStrings();
        *(int*)(array + 8) = count;
        memory += ArrayHeader + ((nint)count * 8);
        for (int i = 0; i < count; i++)
        {
            int length = Decode(texts[i], (char*)(memory + StringHeader));
            *(void**)memory = TypeOfString();
            *(int*)(memory + 8) = length;
            ((byte**)(array + ArrayHeader))[i] = memory;
            memory += SizeOfString(length);
        }

        return *(string[]*)&array;
    }

    private static nuint SizeOfString(int length) => ((nuint)StringHeader + (((nuint)length + 1) * 2) + 7) & ~(nuint)7;

    private static void* TypeOfString()
    {
        string text = "";
        return (void*)text.m_pEEType;
    }

    private static void* TypeOfStrings()
    {
        RuntimeTypeHandle handle = typeof(string[]).TypeHandle;
        return *(void**)&handle;
    }

    /// <summary>
    /// UTF-8 to UTF-16. What is not well-formed becomes a replacement character for each part that begins like a character and goes on like none (Unicode, section 3.9, table 3-8).
    /// </summary>
    /// <param name="text">Ends with a zero.</param>
    /// <param name="to">Where the characters go; null to count them.</param>
    /// <returns>The number of characters of UTF-16.</returns>
    private static int Decode(byte* text, char* to)
    {
        int length = 0;
        while (*text != 0)
        {
            uint scalar = Next(ref text);
            if (scalar >= 0x10000)
            {
                Put((char)(0xD800 + ((scalar - 0x10000) >> 10)));
                scalar = 0xDC00 + (scalar & 0x3FF);
            }

            Put((char)scalar);
        }

        return length;

        void Put(char character)
        {
            if (to != null)
            {
                to[length] = character;
            }

            length++;
        }
    }

    private static uint Next(ref byte* text)
    {
        uint first = *text++;
        if (first < 0x80)
        {
            return first;
        }

        // Unicode, table 3-7: what the first byte allows of the second; all further ones are 80 to BF.
        int further = first is >= 0xC2 and < 0xE0 ? 1 : first is >= 0xE0 and < 0xF0 ? 2 : first is >= 0xF0 and < 0xF5 ? 3 : 0;
        uint lowest = first switch { 0xE0 => 0xA0, 0xF0 => 0x90, _ => 0x80 };
        uint highest = first switch { 0xED => 0x9F, 0xF4 => 0x8F, _ => 0xBF };
        if (further == 0)
        {
            return ReplacementCharacter;
        }

        uint scalar = first & (0x3Fu >> further);
        for (; further > 0; further--)
        {
            uint next = *text;
            if (next < lowest || next > highest)
            {
                return ReplacementCharacter;
            }

            scalar = (scalar << 6) | (next & 0x3F);
            text++;
            lowest = 0x80;
            highest = 0xBF;
        }

        return scalar;
    }

    // mmap(2)
    private const int ProtRead = 1;
    private const int ProtWrite = 2;
    private const int MapPrivate = 2;
    private const int MapAnonymous = 0x20;

    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("mmap")]
    private static extern nint mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset);
}
