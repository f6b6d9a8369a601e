namespace SyscallServer.Tests.RandomServers;

/// <summary>What the handlers of random servers do. It is compiled with each batch of them, too, and so it names all with its namespace.</summary>
internal static class Handler
{
    /// <summary>Writes as much as the query says: bytes of a body, of a field line, and whether something is refused before all of it is forgotten.</summary>
    internal static void Fill(in SyscallServer.Request request, ref SyscallServer.ResponseWriter response)
    {
        if (!IsAddress(request.ClientAddress))
        {
            response.AddHeader("X-No-Address"u8, request.ClientAddress);
        }

        System.ReadOnlySpan<byte> query = request.Query;
        int at = 0;
        int body = Number(query, ref at);
        int field = Number(query, ref at);
        if (Number(query, ref at) == 1)
        {
            response.AddHeader("X-Refused"u8, "a\r\nb"u8);
            while (response.Length < 100_000 && response.GetSpan().Length > 0)
            {
                response.Write("0123456789"u8[..(response.GetSpan().Length < 10 ? response.GetSpan().Length : 10)]);
            }

            response.Write("more"u8);
            response.Clear();
            return;
        }

        if (field > 0)
        {
            System.Span<byte> value = stackalloc byte[field];
            value.Fill((byte)'h');
            response.AddHeader("X-Fill"u8, value);
        }

        for (int i = 0; i < body; i++)
        {
            response.Write((char)('a' + i % 23));
        }
    }

    /// <summary>The body that it writes.</summary>
    internal static string Content(int length) => string.Create(length, 0, (text, _) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)('a' + i % 23);
        }
    });

    private static bool IsAddress(System.ReadOnlySpan<byte> text)
    {
        if (System.MemoryExtensions.SequenceEqual(text, "unix:"u8))
        {
            return true;
        }

        foreach (byte character in text)
        {
            if (character is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f') or (byte)'.' or (byte)':'))
            {
                return false;
            }
        }

        return text.Length is >= 2 and <= 45;
    }

    private static int Number(System.ReadOnlySpan<byte> text, ref int at)
    {
        int number = 0;
        for (; at < text.Length && text[at] != ','; at++)
        {
            number = number * 10 + text[at] - '0';
        }

        at++;
        return number;
    }
}
