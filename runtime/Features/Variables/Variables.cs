using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// Fills files with the values of variables of the environment, once, when the server starts. The planned responses are copied, and behind them come the heads of those files anew, each with its body behind it; only the table says that
/// they have moved. So the engine sends them as it sends what was there when the program was compiled.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Variables
{
    /// <summary>A file, as the generator has planned it. Behind the last one is a zero.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FilledFile
    {
        /// <summary>The entry of its response.</summary>
        internal uint Response;

        /// <summary>Its bytes before anything is filled in.</summary>
        internal uint Length;

        /// <summary>How many places follow.</summary>
        internal uint Places;
    }

    /// <summary>A place in a file that a value goes to.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FilledPlace
    {
        /// <summary>Where it begins in the file.</summary>
        internal uint Start;

        /// <summary>Where the file goes on.</summary>
        internal uint End;

        /// <summary>One of <see cref="PlaceholderPlace"/>.</summary>
        internal uint Place;

        /// <summary>Where among the texts the name of the variable is.</summary>
        internal uint Name;

        /// <summary>Where among them its default is; 0 where there is none.</summary>
        internal uint Default;
    }

    /// <summary>As many characters as one becomes at most: <c>\u0022</c>.</summary>
    private const int LongestEscape = 6;

    /// <summary>The longest entity tag that is planned: two quotation marks, and 72 bits in Base64.</summary>
    private const int TagDigits = 12;

    private const int TagBytes = TagDigits / 4 * 3;

    /// <summary>Two digests, of which the entity tag is made. A structure, for the compiler guards an array on the stack.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Digests
    {
        internal fixed ulong Input[(Sha256.Size + 16) / sizeof(ulong)];
        internal fixed ulong Output[Sha256.Size / sizeof(ulong)];
    }

    /// <summary>Fills all files.</summary>
    /// <param name="argv">The arguments, with the environment behind them.</param>
    /// <param name="files">The files with their places, one behind the other.</param>
    /// <param name="texts">The names and the defaults, each with a NUL behind it.</param>
    /// <param name="responses">How many responses there are.</param>
    /// <param name="bytes">How many planned bytes there are.</param>
    /// <param name="filled">Where the table of the responses is from now on, and behind it the planned bytes; null where something is wrong.</param>
    /// <returns>Whether all have what they need; otherwise the message is written.</returns>
    public static bool Fill<TKernel, TServer, TApp>(byte** argv, uint* files, ReadOnlySpan<byte> texts, int responses, int bytes, out byte* filled)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
        where TApp : struct, IApp
    {
        filled = null;
        byte* text = CString.Of(texts);
        int table = responses * sizeof(PlannedResponse);
        nint size = Measure<TKernel, TServer, TApp>(argv, files, text);
        if (size < 0)
        {
            return false;
        }

        nint result = TKernel.mmap(null, (nuint)(table + bytes + size), Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS, -1, 0);
        if (Pages.IsError(result))
        {
            Message.WriteLine<TKernel, TServer>("mmap: !"u8, (int)result);
            return false;
        }

        var memory = (byte*)result;
        byte* to = Append(Append(memory, (byte*)TApp.Responses, table), TApp.Bytes, bytes);
        uint* position = files;
        while (*position != 0)
        {
            var file = (FilledFile*)position;
            to = Write<TApp>(argv, file, text, (PlannedResponse*)memory + file->Response, memory + table, to);
            position = Behind(file);
        }

        filled = memory;
        return true;
    }

    private static FilledPlace* Places(FilledFile* file) => (FilledPlace*)(file + 1);

    private static uint* Behind(FilledFile* file) => (uint*)(Places(file) + file->Places);

    /// <summary>The most bytes that the files can take with their heads, when every value can be used; negative where one cannot, and the message is written.</summary>
    private static nint Measure<TKernel, TServer, TApp>(byte** argv, uint* files, byte* texts)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
        where TApp : struct, IApp
    {
        nint size = ResponseRoom.Block; // is read behind the last one
        while (*files != 0)
        {
            var file = (FilledFile*)files;
            byte* head = TApp.Bytes + TApp.Responses[file->Response].Head;
            size += (nint)(Body(head) - head) + PlannedResponse.LastModifiedLength + (nint)file->Length;
            for (uint i = 0; i < file->Places; i++)
            {
                FilledPlace* place = Places(file) + i;
                byte* value = Value(argv, texts, place);
                byte* end = value == null ? null : CString.End(value);
                bool isGood = value == null ? Refuse<TKernel, TServer>("$: not set; files of the server need this variable of the environment"u8, texts + place->Name)
                    : end - value > Limits.VariableBytes ? Refuse<TKernel, TServer>("$: too long; what files get of it has at most 16384 bytes"u8, texts + place->Name)
                    : !IsText(value, end) ? Refuse<TKernel, TServer>("$: not UTF-8, or with control characters, which files cannot have"u8, texts + place->Name)
                    : place->Place != (uint)PlaceholderPlace.Url || IsAddress(value) || Refuse<TKernel, TServer>("$: the scheme of this address is none of http, https, mailto and tel"u8, texts + place->Name);
                if (!isGood)
                {
                    return -1;
                }

                size += (nint)(end - value) * LongestEscape;
            }

            files = Behind(file);
        }

        return size;
    }

    private static bool Refuse<TKernel, TServer>(ReadOnlySpan<byte> message, byte* name)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Message.WriteLine<TKernel, TServer>(message, name, 0);
        return false;
    }

    /// <summary>What a place gets: as in a shell, the default stands also for a value that is empty.</summary>
    private static byte* Value(byte** argv, byte* texts, FilledPlace* place)
    {
        byte* value = EnvironmentVariable.Find(argv, texts + place->Name);
        return place->Default != 0 && (value == null || *value == 0) ? texts + place->Default : value;
    }

    /// <summary>What ends the field lines of a planned response.</summary>
    private static byte* Body(byte* planned)
    {
        while (*planned >= PlannedResponse.FirstPhrase)
        {
            planned++;
        }

        return planned;
    }

    private static byte* Append(byte* to, byte* from, nint length)
    {
        for (nint i = 0; i < length; i++)
        {
            to[i] = from[i];
        }

        return to + length;
    }

    /// <summary>Puts together a response: its planned head with another entity tag, and the body.</summary>
    /// <returns>Behind it.</returns>
    private static byte* Write<TApp>(byte** argv, FilledFile* file, byte* texts, PlannedResponse* response, byte* bytes, byte* to)
        where TApp : struct, IApp
    {
        byte* head = bytes + response->Head;
        byte* planned = Body(head);
        byte* assets = TApp.Assets;
        byte* content = assets + ((uint*)assets)[*(uint*)(planned + 1)];
        to = Append(to, head - PlannedResponse.LastModifiedLength, (nint)(planned - head) + PlannedResponse.LastModifiedLength);
        *to++ = PlannedResponse.BodyFollows;
        byte* body = to;
        uint position = 0;
        for (uint i = 0; i < file->Places; i++)
        {
            FilledPlace* place = Places(file) + i;
            to = Append(to, content + position, (nint)(place->Start - position));
            byte* value = Value(argv, texts, place);
            to = Write(to, value, CString.End(value), (PlaceholderPlace)place->Place);
            position = place->End;
        }

        to = Append(to, content + position, (nint)(file->Length - position));

        // The 304 has the same field lines at its end.
        int moved = (int)(body - 1 - bytes) - (int)(planned - bytes);
        response[0].Head += moved;
        response[0].BodyLength = (int)(to - body);
        response[1].Head += moved;
        WriteTag(bytes + response->Head + response->EntityTag + 1, body, response->BodyLength);
        return to;
    }

    /// <summary>Writes 72 bits of a hash of the planned entity tag, which stands for the type of the file, and of the content: servers with the same values have the same.</summary>
    private static void WriteTag(byte* tag, byte* body, int length)
    {
        Digests digests;
        var input = (byte*)digests.Input;
        Sha256.Hash(body, length, input);
        _ = Append(input + Sha256.Size, tag, TagDigits);
        var output = (byte*)digests.Output;
        Sha256.Hash(input, Sha256.Size + TagDigits, output);
        for (int i = 0; i < TagBytes; i += 3)
        {
            uint bits = (uint)(output[i] << 16 | output[i + 1] << 8 | output[i + 2]);
            for (int shift = 18; shift >= 0; shift -= 6)
            {
                *tag++ = Digit(bits >> shift & 63);
            }
        }
    }

    /// <summary>Base64 for names of files and URIs (RFC 4648, section 5).</summary>
    private static byte Digit(uint value)
        => (byte)(value < 26 ? 'A' + value : value < 52 ? 'a' + (value - 26) : value < 62 ? '0' + (value - 52) : value == 62 ? '-' : '_');

    /// <summary>
    /// Whether a value is UTF-8 (RFC 3629) without characters that files of text do not have: control characters but tabs and ends of lines, and those that are no characters. The host with a runtime has U+FFFD for what was no UTF-8.
    /// </summary>
    private static bool IsText(byte* text, byte* end)
    {
        while (text < end)
        {
            uint code = *text++;
            if (code >= 0x80)
            {
                int more = code >= 0xF0 ? 3 : code >= 0xE0 ? 2 : 1;
                if (code is < 0xC2 or > 0xF4 || end - text < more)
                {
                    return false;
                }

                code &= 0x3Fu >> more;
                uint least = more == 1 ? 0x80u : more == 2 ? 0x800u : 0x10000u;
                for (; more > 0; more--)
                {
                    if ((*text & 0xC0) != 0x80)
                    {
                        return false;
                    }

                    code = code << 6 | *text++ & 0x3Fu;
                }

                if (code < least || code > 0x10FFFF || code is >= 0xD800 and < 0xE000 or 0xFFFD || (code & 0xFFFE) == 0xFFFE)
                {
                    return false;
                }
            }

            if (code is < 0x20 and not ('\t' or '\n' or '\r') or >= 0x7F and < 0xA0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a page may lead to an address: a relative one, or one with a scheme that runs nothing.</summary>
    private static bool IsAddress(byte* value)
    {
        byte* end = value;
        while ((uint)((*end | 0x20) - 'a') < 26 || end > value && (IsDigit(*end) || *end is (byte)'+' or (byte)'-' or (byte)'.'))
        {
            end++;
        }

        return *end != ':' || end == value
            || Characters.Are(value, end, CString.Of("https"u8)) || Characters.Are(value, end, CString.Of("http"u8)) || Characters.Are(value, end, CString.Of("mailto"u8)) || Characters.Are(value, end, CString.Of("tel"u8));
    }

    private static bool IsDigit(byte character) => (uint)(character - '0') < 10;

    private static bool IsLetter(byte character) => (uint)((character | 0x20) - 'a') < 26;

    /// <summary>Writes a value as the place needs it that it goes to.</summary>
    /// <returns>Behind it.</returns>
    private static byte* Write(byte* to, byte* value, byte* end, PlaceholderPlace place)
    {
        for (; value < end; value++)
        {
            byte character = *value;
            bool isAscii = character < 0x80;
            switch (place)
            {
                case PlaceholderPlace.Markup when character is (byte)'&' or (byte)'<' or (byte)'>' or (byte)'"' or (byte)'\'' or < 0x20:
                    to = WriteReference(to, character);
                    break;
                case PlaceholderPlace.Script when character is < 0x20 or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'\\' or (byte)'$' or (byte)'<' or (byte)'>' or (byte)'&':
                    to = Append(to, CString.Of("\\u00"u8), 4);
                    to = WriteDigits(to, character);
                    break;
                case PlaceholderPlace.Script when character == 0xE2 && value[1] == 0x80 && (value[2] | 1) == 0xA9:
                    // U+2028 and U+2029 end lines, in strings of old scripts, too (ECMA-262, section 12.3).
                    to = Append(to, CString.Of("\\u2028"u8), 6);
                    to[-1] += (byte)(value[2] & 1);
                    value += 2;
                    break;
                case PlaceholderPlace.Style when isAscii && !IsLetter(character) && !IsDigit(character) && character is not ((byte)' ' or (byte)'-' or (byte)'_' or (byte)'.' or (byte)','):
                    // The blank is part of it: one that comes behind would be taken for that (CSS Syntax Module Level 3, section 4.3.7).
                    *to++ = (byte)'\\';
                    to = WriteDigits(to, character);
                    *to++ = (byte)' ';
                    break;
                case PlaceholderPlace.Url when character == '&':
                    to = WriteReference(to, character);
                    break;
                case >= PlaceholderPlace.Url when !IsOfAddress(character, place):
                    *to++ = (byte)'%';
                    to = WriteDigits(to, character);
                    break;
                default:
                    *to++ = character;
                    break;
            }
        }

        return to;
    }

    /// <summary>Whether a character stands for itself in a part of an address (RFC 3986, section 2).</summary>
    private static bool IsOfAddress(byte character, PlaceholderPlace place)
        => IsLetter(character) || IsDigit(character) || character is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
            || place != PlaceholderPlace.UrlPart && character is (byte)':' or (byte)'[' or (byte)']'
            || place == PlaceholderPlace.Url && character is (byte)'/' or (byte)'?' or (byte)'#' or (byte)'@' or (byte)'!' or (byte)'$' or (byte)'(' or (byte)')' or (byte)'*' or (byte)'+' or (byte)',' or (byte)';' or (byte)'=' or (byte)'%';

    private static byte* WriteDigits(byte* to, byte character)
    {
        to[0] = HexadecimalNumber.Digit(character >> 4);
        to[1] = HexadecimalNumber.Digit(character & 0xF);
        return to + 2;
    }

    /// <summary>A character as a reference, which HTML and XML know alike: <c>&amp;#38;</c>.</summary>
    private static byte* WriteReference(byte* to, byte character)
    {
        *(ushort*)to = '&' | '#' << 8;
        to = DecimalNumber.Write(to + 2, character);
        *to++ = (byte)';';
        return to;
    }
}
