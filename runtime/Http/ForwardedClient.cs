using System.Runtime.CompilerServices;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// For whom a trusted proxy asks: the rightmost address of its field that is not trusted itself, for each proxy adds the one that it sees behind what it was told. What stands left of that address, anybody may have written.
/// Where something is no address, nothing left of it counts: then it is the leftmost of the trusted ones behind it, and where there is none, the proxy itself.
/// </summary>
internal unsafe struct ForwardedClient
{
    /// <summary>Bytes of the longest address that is read, with brackets, a port and a NUL: <c>[</c>, 45, <c>]:65535</c>.</summary>
    private const int LongestNode = 64;

    private enum State : byte
    {
        /// <summary>Nobody is known.</summary>
        None,

        /// <summary>A trusted proxy, as the leftmost so far.</summary>
        Trusted,

        /// <summary>An address that is not trusted.</summary>
        Client,
    }

    private State _state;
    private fixed byte _address[AddressBlock.AddressSize];

    /// <summary>Whether a client that is connected is a trusted proxy.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // for the room on the stack, which logs without proxies need not have
    internal static bool IsProxy<TApp>(ClientAddress* address)
        where TApp : struct, ITrustedProxies
    {
        byte* bytes = stackalloc byte[AddressBlock.AddressSize];
        return address->TryCopy(bytes) ? AddressBlock.AnyHas(TApp.TrustedProxies, bytes) : TApp.TrustsUnixSockets;
    }

    /// <summary>Takes the lines of the field among those of a request.</summary>
    /// <returns>Whether there are any.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Read<TApp>(RequestHead* request)
        where TApp : struct, ITrustedProxies
    {
        bool hasLines = false;
        byte* line = request->Fields;
        byte* end = line + request->FieldsLength;
        while (line < end)
        {
            byte* lineEnd = Scan.Value(line, end);
            byte* value = Characters.After(line, lineEnd, CString.Of(TApp.ClientAddressField));
            if (value != null)
            {
                Read<TApp>(value, lineEnd);
                hasLines = true;
            }

            line = lineEnd + 2; // CRLF
        }

        return hasLines;
    }

    /// <summary>Takes a line of the field; they are given in their order.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="end">Behind it.</param>
    internal void Read<TApp>(byte* value, byte* end)
        where TApp : struct, ITrustedProxies
    {
        while (value < end)
        {
            byte* element = Characters.AfterBlanks(value, end);
            value = TApp.IsForwarded ? ForwardedElement.End(element, end, (byte)',') : CommaOrEnd(element, end);
            byte* elementEnd = Characters.BeforeBlanks(element, value);
            if (elementEnd > element) // lists may have empty elements (RFC 9110, section 5.6.1.2)
            {
                byte* node = element;
                if (TApp.IsForwarded)
                {
                    node = ForwardedElement.For(element, ref elementEnd);
                }

                Add<TApp>(node, elementEnd);
            }

            value++; // the comma
        }
    }

    private static byte* CommaOrEnd(byte* position, byte* end)
    {
        while (position < end && *position != ',')
        {
            position++;
        }

        return position;
    }

    /// <summary>Adds the next one to the right.</summary>
    /// <param name="node">Its address, perhaps with a port; null where there is none.</param>
    /// <param name="end">Behind it.</param>
    private void Add<TApp>(byte* node, byte* end)
        where TApp : struct, ITrustedProxies
    {
        byte* address = stackalloc byte[AddressBlock.AddressSize];
        if (node == null || !TryParse(node, (int)(end - node), address))
        {
            _state = State.None;
            return;
        }

        bool isTrusted = AddressBlock.AnyHas(TApp.TrustedProxies, address);
        if (!isTrusted || _state == State.None)
        {
            _state = isTrusted ? State.Trusted : State.Client;
            for (int i = 0; i < AddressBlock.AddressSize; i++)
            {
                _address[i] = address[i];
            }
        }
    }

    /// <summary>Reads <c>192.0.2.1</c>, <c>192.0.2.1:80</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]</c> or <c>[2001:db8::1]:80</c>.</summary>
    private static bool TryParse(byte* node, int length, byte* address)
    {
        if (length >= LongestNode)
        {
            return false;
        }

        byte* text = stackalloc byte[LongestNode];
        for (nint i = 0; i < length; i++)
        {
            text[i] = node[i];
        }

        text[length] = 0;
        byte* end;
        if (*text == '[')
        {
            end = CharacterOrEnd(++text, (byte)']');
            bool isBracketed = *end == ']';
            return isBracketed && IsPortOrEnd(end + 1) && IPv6Address.TryParse(text, address, (byte)']');
        }

        end = CharacterOrEnd(text, (byte)':');
        if (*end == ':' && *CharacterOrEnd(end + 1, (byte)':') == 0)
        {
            // With one colon it is an IPv4 address and a port.
            return IsPortOrEnd(end) && AddressBlock.TryParseAddress(text, address, (byte)':', out _);
        }

        return AddressBlock.TryParseAddress(text, address, 0, out _);
    }

    /// <summary>The first place of a character, or the NUL at the end.</summary>
    private static byte* CharacterOrEnd(byte* text, byte character)
    {
        while (*text != 0 && *text != character)
        {
            text++;
        }

        return text;
    }

    private static bool IsPortOrEnd(byte* text)
    {
        if (*text == 0)
        {
            return true;
        }

        byte* end = *text == ':' ? DecimalNumber.Parse(text + 1, 65535, out _) : null;
        return end != null && *end == 0;
    }

    /// <summary>Copies its address: see <see cref="ClientAddress.TryCopy"/>.</summary>
    /// <param name="bytes">16 bytes.</param>
    /// <returns>False where nobody is known.</returns>
    internal readonly bool TryCopy(byte* bytes)
    {
        for (int i = 0; i < AddressBlock.AddressSize; i++)
        {
            bytes[i] = _address[i];
        }

        return _state != State.None;
    }

    /// <summary>Writes its address, as <see cref="ClientAddress.Write"/> does.</summary>
    /// <param name="text">Where to.</param>
    /// <returns>Behind it; or <paramref name="text"/>, where nobody is known.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal byte* Write(byte* text)
    {
        if (_state != State.None)
        {
            fixed (byte* address = _address)
            {
                text = IPv6Address.Write(text, address);
            }
        }

        return text;
    }
}
