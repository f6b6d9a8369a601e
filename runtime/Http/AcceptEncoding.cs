using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>Which content coding a response gets: what Accept-Encoding asks for (RFC 9110, section 12.5.3).</summary>
public static unsafe class AcceptEncoding
{
    /// <summary>Not mentioned. Weights are in thousandths.</summary>
    private const int Unmentioned = -1;

    /// <summary>
    /// Chooses the coding with the highest weight; of equal ones brotli before gzip before none. Members that are not well-formed are ignored; of a coding
    /// that is there twice the higher weight counts.
    /// </summary>
    /// <param name="request">A request whose head is good. One without the field gets no coding.</param>
    /// <param name="available">The codings in which the response is there.</param>
    /// <returns>One of them, or <see cref="ContentCodings.None"/> where the client refuses all.</returns>
    public static ContentCodings Choose(Request* request, ContentCodings available)
    {
        int identity = Unmentioned, gzip = Unmentioned, brotli = Unmentioned, others = Unmentioned;
        var lines = new FieldLines(request);
        while (lines.Next(Text.Of("accept-encoding"u8), out byte* list, out int length))
        {
            byte* end = list + length;
            while (Characters.NextMember(ref list, end, out byte* name, out byte* memberEnd))
            {
                byte* nameEnd = name;
                while (nameEnd < memberEnd && Characters.IsToken(*nameEnd))
                {
                    nameEnd++;
                }

                int weight = Weight(nameEnd, memberEnd);
                if (Characters.Are(name, nameEnd, Text.Of("gzip"u8)) || Characters.Are(name, nameEnd, Text.Of("x-gzip"u8)))
                {
                    gzip = gzip > weight ? gzip : weight;
                }
                else if (Characters.Are(name, nameEnd, Text.Of("br"u8)))
                {
                    brotli = brotli > weight ? brotli : weight;
                }
                else if (Characters.Are(name, nameEnd, Text.Of("identity"u8)))
                {
                    identity = identity > weight ? identity : weight;
                }
                else if (nameEnd - name == 1 && *name == '*')
                {
                    others = others > weight ? others : weight;
                }
            }
        }

        // What is not mentioned has the weight of "*". Without that, only the identity is acceptable, after all that is asked for.
        gzip = gzip != Unmentioned ? gzip : others;
        brotli = brotli != Unmentioned ? brotli : others;
        int best = identity != Unmentioned ? identity : others;
        ContentCodings chosen = best != 0 && (available & ContentCodings.Identity) != 0 ? ContentCodings.Identity : ContentCodings.None;
        best = chosen == ContentCodings.None ? 1 : best < 0 ? 1 : best;
        if (gzip >= best && (available & ContentCodings.Gzip) != 0)
        {
            best = gzip;
            chosen = ContentCodings.Gzip;
        }

        return brotli >= best && (available & ContentCodings.Brotli) != 0 ? ContentCodings.Brotli : chosen;
    }

    /// <summary><c>[ OWS ";" OWS "q=" qvalue ]</c> (RFC 9110, section 12.4.2).</summary>
    /// <returns>Thousandths: 1000 where there is none; <see cref="Unmentioned"/> where it is not well-formed.</returns>
    private static int Weight(byte* text, byte* end)
    {
        Characters.Trim(ref text, ref end);
        if (text == end)
        {
            return 1000;
        }

        if (*text++ != ';')
        {
            return Unmentioned;
        }

        Characters.Trim(ref text, ref end);
        if (end - text is < 3 or > 7 || (*text | 0x20) != 'q' || text[1] != '=' || text[2] is not ((byte)'0' or (byte)'1'))
        {
            return Unmentioned;
        }

        int weight = (text[2] - '0') * 1000;
        text += 3;
        if (text < end && *text++ != '.')
        {
            return Unmentioned;
        }

        for (int digit = 100; text < end; digit /= 10, text++)
        {
            if ((uint)(*text - '0') > 9)
            {
                return Unmentioned;
            }

            weight += (*text - '0') * digit;
        }

        return weight <= 1000 ? weight : Unmentioned;
    }
}
