using System;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>Which form of an error a client gets: what Accept asks for (RFC 9110, section 12.5.1).</summary>
internal static unsafe class Accept
{
    /// <summary>How closely a media range can name a form: 1 as any type, 2 as any of its kind, 3 by its name. The closest one counts, and of equal weights the form that is named more closely.</summary>
    private const int Closest = 3;

    /// <summary>
    /// The media ranges that mean something. In front of each is a byte: how closely it names (times eight), and a bit for each form that it names, HTML, JSON and text from the lowest on. A NUL ends the last.
    /// </summary>
    private static ReadOnlySpan<byte> Known =>
        "\u0019text/html\0"u8 +
        "\u0019application/xhtml+xml\0"u8 +
        "\u001Aapplication/json\0"u8 +
        "\u001Aapplication/problem+json\0"u8 +
        "\u001Ctext/plain\0"u8 +
        "\u0015text/*\0"u8 +
        "\u0012application/*\0"u8 +
        "\u000F*/*\0"u8;

    private const int Forms = (int)MediaForm.Plain;

    /// <summary>What has been found for a form so far.</summary>
    private struct Preference
    {
        internal int Closeness;
        internal uint Weight;
    }

    /// <summary>Chooses the form with the highest weight; of equal ones the one that is named more closely, and then the first.</summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="field">The field, in lower case, ended by a NUL.</param>
    /// <returns>A form, or <see cref="MediaForm.None"/> where the field asks for none of them.</returns>
    internal static MediaForm Choose(RequestHead* request, byte* field)
    {
        Preference* forms = stackalloc Preference[Forms + 1];
        new Span<Preference>(forms, Forms + 1).Clear();
        var lines = new FieldLines(request);
        byte* list;
        while ((list = lines.Next(field)) != null)
        {
            byte* end = lines.ValueEnd; // where a CR is, which ends all that is read below
            while ((list = Characters.AfterSeparators(list, end)) != end)
            {
                byte* range = list;
                list = ReadRange(list, end, out byte* rangeEnd, out uint weight);
                Prefer(forms, range, rangeEnd, weight);
            }
        }

        MediaForm chosen = MediaForm.None;
        uint best = 0;
        for (MediaForm form = MediaForm.Html; form <= MediaForm.Plain; form++)
        {
            uint weight = forms[(int)form].Weight;
            if (weight != 0 && weight * (Closest + 1) + (uint)forms[(int)form].Closeness > best)
            {
                best = weight * (Closest + 1) + (uint)forms[(int)form].Closeness;
                chosen = form;
            }
        }

        return chosen;
    }

    /// <summary>Reads a media range with its parameters.</summary>
    /// <param name="list">Where it begins.</param>
    /// <param name="end">The end of the field's value, at which there is a blank or a CR.</param>
    /// <param name="rangeEnd">Behind its name.</param>
    /// <param name="weight">Its weight.</param>
    /// <returns>Where it ends.</returns>
    internal static byte* ReadRange(byte* list, byte* end, out byte* rangeEnd, out uint weight)
    {
        while (*list is > (byte)' ' and not ((byte)',' or (byte)';'))
        {
            list++;
        }

        rangeEnd = list;
        weight = Weight.Whole;
        list = Characters.AfterBlanks(list, end);
        while (*list == ';')
        {
            list = Weight.Read(list, end, out uint read);
            if (read <= Weight.Whole)
            {
                weight = read;
            }

            list = AfterParameter(list, end);
        }

        while (list != end && *list != ',')
        {
            list++;
        }

        return list;
    }

    /// <summary>Where the next parameter or range begins. A value in quotes may have commas and semicolons.</summary>
    private static byte* AfterParameter(byte* list, byte* end)
    {
        bool isQuoted = false;
        for (; list != end && (isQuoted || *list is not ((byte)',' or (byte)';')); list++)
        {
            if (isQuoted && *list == '\\' && list + 1 != end)
            {
                list++;
            }
            else if (*list == '"')
            {
                isQuoted = !isQuoted;
            }
        }

        return list;
    }

    /// <summary>Writes down what a media range says of the forms.</summary>
    private static void Prefer(Preference* forms, byte* range, byte* end, uint weight)
    {
        for (byte* known = CString.Of(Known); *known != 0; known = CString.End(known) + 1)
        {
            int named = *known++;
            int closeness = named >> Forms;
            if (!Characters.Are(range, end, known))
            {
                continue;
            }

            for (Preference* form = forms + 1; form <= forms + Forms; form++, named >>= 1)
            {
                if ((named & 1) != 0 && (closeness > form->Closeness || closeness == form->Closeness && weight > form->Weight))
                {
                    form->Closeness = closeness;
                    form->Weight = weight;
                }
            }
        }
    }
}
