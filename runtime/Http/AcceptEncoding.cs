using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>Which content coding a response gets: what Accept-Encoding asks for (RFC 9110, section 12.5.3).</summary>
public static unsafe class AcceptEncoding
{
    /// <summary>Not mentioned. Weights are in thousandths.</summary>
    private const int Unmentioned = -1;

    /// <summary>The weight of each coding, of what is not mentioned, and of what is not known.</summary>
    private struct Weights
    {
        internal int Identity;
        internal int Gzip;
        internal int Brotli;
        internal int Others;
        internal int Unknown;
    }

    /// <summary>
    /// Chooses the coding with the highest weight; of equal ones brotli before gzip before none. Members that are not well-formed are ignored; of a coding
    /// that is there twice the higher weight counts.
    /// </summary>
    /// <param name="request">A request whose head is good. One without the field gets no coding.</param>
    /// <param name="available">The codings in which the response is there.</param>
    /// <returns>One of them, or <see cref="ContentCodings.None"/> where the client refuses all.</returns>
    public static ContentCodings Choose(Request* request, ContentCodings available)
    {
        Weights weights;
        weights.Identity = weights.Gzip = weights.Brotli = weights.Others = weights.Unknown = Unmentioned;
        var lines = new FieldLines(request);
        while (lines.Next(Text.Of("accept-encoding"u8), out byte* list, out int length))
        {
            byte* end = list + length;
            while (Characters.NextMember(ref list, end, out byte* member, out byte* memberEnd))
            {
                // As a number; longer ones than eight characters are none that is known.
                ulong name = 0;
                byte* position = member;
                byte* last = memberEnd;
                int left = 8;
                while (position < last && Characters.IsToken(*position))
                {
                    name = name << 8 | *position++ | 0x20;
                    left--;
                }

                int* known = left < 0 ? &weights.Unknown : name switch
                {
                    0x677A6970 or 0x782D677A6970 => &weights.Gzip, // gzip, x-gzip
                    0x6272 => &weights.Brotli, // br
                    0x6964656E74697479 => &weights.Identity, // identity
                    '*' => &weights.Others,
                    _ => &weights.Unknown,
                };
                int weight = Weight(position, last);
                if (weight > *known)
                {
                    *known = weight;
                }
            }
        }

        // What is not mentioned has the weight of "*". Without that, only the identity is acceptable, after all that is asked for.
        int others = weights.Others;
        int gzip = weights.Gzip != Unmentioned ? weights.Gzip : others;
        int brotli = weights.Brotli != Unmentioned ? weights.Brotli : others;
        int best = weights.Identity != Unmentioned ? weights.Identity : others;
        ContentCodings chosen = best != 0 && (available & ContentCodings.Identity) != 0 ? ContentCodings.Identity : ContentCodings.None;
        best = chosen == ContentCodings.None || best < 0 ? 1 : best;
        if (gzip >= best && (available & ContentCodings.Gzip) != 0)
        {
            best = gzip;
            chosen = ContentCodings.Gzip;
        }

        return brotli >= best && (available & ContentCodings.Brotli) != 0 ? ContentCodings.Brotli : chosen;
    }

    /// <summary><c>[ OWS ";" OWS "q=" qvalue ]</c> (RFC 9110, section 12.4.2).</summary>
    /// <param name="text">What follows the name.</param>
    /// <param name="end">Its end, before which there is no blank.</param>
    /// <returns>Thousandths: 1000 where there is none; <see cref="Unmentioned"/> where it is not well-formed.</returns>
    private static int Weight(byte* text, byte* end)
    {
        if (text == end)
        {
            return 1000;
        }

        text = Characters.AfterBlanks(text, end);
        if (*text != ';')
        {
            return Unmentioned;
        }

        text = Characters.AfterBlanks(text + 1, end);
        if (end - text is < 3 or > 7 || (*text | 0x20) != 'q' || text[1] != '=')
        {
            return Unmentioned;
        }

        int weight = 0;
        text += 2;
        for (int unit = 1000; text < end; unit /= 10)
        {
            uint digit = (uint)(*text++ - '0');
            if (digit > 9 || unit == 1000 && text < end && *text++ != '.')
            {
                return Unmentioned;
            }

            weight += (int)digit * unit;
        }

        return weight <= 1000 ? weight : Unmentioned;
    }
}
