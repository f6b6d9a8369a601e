
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>Which content coding a response gets: what Accept-Encoding asks for (RFC 9110, section 12.5.3).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class AcceptEncoding
{
    /// <summary>
    /// The weight of each coding, of what is not mentioned, and of what is not known, in thousandths and one more: 0 is a coding that is not mentioned, 1 is refused.
    /// </summary>
    private struct Weights
    {
        internal uint Identity;
        internal uint Gzip;
        internal uint Brotli;
        internal uint Others;
        internal uint Unknown;
    }

    /// <summary>The lowest weight with which a coding is acceptable.</summary>
    private const uint Acceptable = 2;

    /// <summary>
    /// Chooses the coding with the highest weight; of equal ones brotli before zstd before gzip before none. Members that are not well-formed are ignored; of a coding
    /// that is there twice the higher weight counts.
    /// </summary>
    /// <param name="request">A request whose head is good. One without the field gets no coding.</param>
    /// <param name="available">The codings in which the response is there.</param>
    /// <returns>One of them, or <see cref="ContentCodings.None"/> where the client refuses all.</returns>
    public static ContentCodings Choose<TCodings>(RequestHead* request, ContentCodings available)
        where TCodings : struct, IContentCodings
    {
        Weights weights = default;
        uint zstandard = 0; // apart from the others, for most servers are without
        var lines = new FieldLines(request);
        byte* list;
        while ((list = lines.Next(CString.Of("accept-encoding"u8))) != null)
        {
            byte* end = lines.ValueEnd; // where a CR is, which ends all that is read below
            while ((list = Characters.AfterSeparators(list, end)) != end)
            {
                list = ReadMember<TCodings>(list, end, &weights, &zstandard);
            }
        }

        // What is not mentioned has the weight of "*". Without that, only the identity is acceptable, after all that is asked for.
        if ((weights.Identity | weights.Others) == 0)
        {
            weights.Identity = Acceptable;
        }

        uint best = Acceptable;
        int chosen = (int)ContentCodings.None;
        uint* coding = &weights.Identity;
        for (int bit = (int)ContentCodings.Identity; bit <= (int)ContentCodings.Brotli; bit <<= 1)
        {
            uint weight = *coding++;
            if (weight == 0)
            {
                weight = weights.Others;
            }

            if (weight >= best && ((int)available & bit) != 0)
            {
                best = weight;
                chosen = bit;
            }
        }

        if (TCodings.HasZstandard)
        {
            zstandard = zstandard == 0 ? weights.Others : zstandard;
            if ((available & ContentCodings.Zstandard) != 0 && zstandard >= best && (zstandard > best || chosen != (int)ContentCodings.Brotli))
            {
                return ContentCodings.Zstandard;
            }
        }

        return (ContentCodings)chosen;
    }

    /// <summary>Reads a member of the list: codings [ weight ].</summary>
    /// <returns>Where it ends.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ReadMember<TCodings>(byte* list, byte* end, Weights* weights, uint* zstandard)
        where TCodings : struct, IContentCodings
    {
        // The name is a number; longer ones than eight characters are none that is known.
        byte* member = list;
        ulong name = 0;
        while (*list is > (byte)' ' and not ((byte)',' or (byte)';'))
        {
            name = name << 8 | *list++ | 0x20;
        }

        if (list - member > sizeof(ulong))
        {
            name = 0;
        }

        uint* known = &weights->Unknown;
        if (name is 0x677A6970 or 0x782D677A6970) // gzip, x-gzip
        {
            known = &weights->Gzip;
        }

        if (name == 0x6272) // br
        {
            known = &weights->Brotli;
        }

        if (TCodings.HasZstandard && name == 0x7A737464) // zstd
        {
            known = zstandard;
        }

        if (name == 0x6964656E74697479) // identity
        {
            known = &weights->Identity;
        }

        if (name == '*')
        {
            known = &weights->Others;
        }

        list = Characters.AfterBlanks(list, end);
        list = Weight.Read(list, end, out uint weight);
        if (weight <= Weight.Whole && weight >= *known && (list == end || *list == ','))
        {
            *known = weight + 1;
        }

        while (list != end && *list != ',')
        {
            list++;
        }

        return list;
    }
}
