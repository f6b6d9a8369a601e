using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// The field lines that a response has for the path of its request, and for the origin of the page that sends it. Every head ends with them, whoever has written what is before: a head has its own lines by then, and what it has
/// goes before what its path has.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class FieldSet
{
    /// <summary>What is known of the next response. It lies behind the Date field and what else is there.</summary>
    private struct State
    {
        /// <summary>Its set.</summary>
        internal int Set;

        /// <summary>Where its head begins in the output.</summary>
        internal int Start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static State* StateOf<TApp>(Output* output)
        where TApp : struct, IApp
        => (State*)(output->Date + Layout.FieldSetOffset(Output.HasRanges<TApp>()));

    /// <summary>The response to a preflight, as far as the request is one that the path and the origin allow; otherwise 0.</summary>
    /// <param name="output">The output, for which the set of the request was chosen.</param>
    public static int PreflightOf<TApp>(Output* output)
        where TApp : struct, IApp
        => (int)TApp.FieldSets[StateOf<TApp>(output)->Set * FieldSetTable.WordsOfSet];

    /// <summary>Says which set the next responses have. The one that is kept has another.</summary>
    internal static void Use<TApp>(Output* output, int set)
        where TApp : struct, IApp
    {
        State* state = StateOf<TApp>(output);
        if (state->Set != set)
        {
            state->Set = set;
            Output.Interrupt<TApp>(output);
        }
    }

    /// <summary>Says that the next head begins where the output ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Begin<TApp>(Output* output)
        where TApp : struct, IApp
        => StateOf<TApp>(output)->Start = output->Length;

    /// <summary>Adds the lines to a head: at most <see cref="IApp.FieldSetRoom"/> bytes.</summary>
    /// <param name="output">The output.</param>
    /// <param name="to">Behind the last line of the head.</param>
    /// <returns>Behind the lines.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static byte* Write<TApp>(Output* output, byte* to)
        where TApp : struct, IApp
    {
        State* state = StateOf<TApp>(output);
        byte* head = output->Buffer + state->Start;
        byte* end = to; // what is added here is not looked at: lines of one name may be several
        uint* sets = TApp.FieldSets;
        uint* set = sets + state->Set * FieldSetTable.WordsOfSet;
        uint* last = sets + set[1 + FieldSetTable.WordsOfSet];
        for (uint* line = sets + set[1]; line < last; line++)
        {
            byte* text = TApp.FieldSetTexts + *line;
            byte kind = text[0];
            int length = text[1] | text[2] << 8;
            text += FieldSetTable.LineHead;
            byte* value = kind == FieldSetTable.Added ? null : Find(head, end, text);
            if (value == null)
            {
                to = Output.Copy(to, text, length);
            }
            else if (kind == FieldSetTable.Vary)
            {
                to = Join(value, to, text); // which comes last, so nothing is looked for behind it
            }
        }

        return to;
    }

    /// <summary>Finds a line of the same name in a head.</summary>
    /// <param name="head">The status line.</param>
    /// <param name="end">Behind the last line.</param>
    /// <param name="name">The name, ended by a colon.</param>
    /// <returns>Where its value begins; null where there is none.</returns>
    private static byte* Find(byte* head, byte* end, byte* name)
    {
        byte* position = head;
        while (true)
        {
            position = Scan.Value(position, end);
            if (position >= end)
            {
                return null;
            }

            // A tab in a value ends the scan as a line does; so does the LF behind a CR.
            if (*position++ != '\n')
            {
                continue;
            }

            int i = 0;
            while (position + i < end && (position[i] | 0x20) == (name[i] | 0x20) && name[i] != ':')
            {
                i++; // of the characters that names of fields have, no two become the same but letters
            }

            if (position + i < end && name[i] == ':' && position[i] == ':')
            {
                return position + i + 1;
            }
        }
    }

    /// <summary>Adds members to a Vary. (A star says that more than what is in the request decides: there is nothing to add.)</summary>
    /// <param name="value">Where its value begins.</param>
    /// <param name="end">The end of the head, which moves.</param>
    /// <param name="line">A line with the members, with a comma and a blank between two.</param>
    /// <returns>The end of the head.</returns>
    private static byte* Join(byte* value, byte* end, byte* line)
    {
        while (*line++ != ':')
        {
        }

        while (*line != '\r')
        {
            byte* member = line + 1; // behind the blank
            int length = 0;
            while (member[length] is not ((byte)',' or (byte)'\r'))
            {
                length++;
            }

            line = member + length;
            if (*line == ',')
            {
                line++;
            }

            byte* valueEnd = Lacks(value, member, length);
            if (valueEnd == null)
            {
                continue;
            }

            int added = length + 2;
            for (byte* from = end; from-- > valueEnd;)
            {
                from[added] = *from;
            }

            valueEnd[0] = (byte)',';
            valueEnd[1] = (byte)' ';
            for (int i = 0; i < length; i++)
            {
                valueEnd[2 + i] = member[i];
            }

            end += added;
        }

        return end;
    }

    /// <summary>Looks for a member of a list.</summary>
    /// <returns>The end of the list, where it is not there; otherwise null.</returns>
    private static byte* Lacks(byte* value, byte* member, int length)
    {
        while (true)
        {
            while (*value is (byte)' ' or (byte)'\t' or (byte)',')
            {
                value++;
            }

            byte* start = value;
            while (*value is not ((byte)',' or (byte)'\r' or (byte)' ' or (byte)'\t'))
            {
                value++;
            }

            if (value == start)
            {
                return value; // the CR
            }

            bool isSame = value - start == length || (value - start == 1 && *start == '*');
            for (int i = 0; i < length && isSame && *start != '*'; i++)
            {
                isSame = (start[i] | 0x20) == (member[i] | 0x20);
            }

            if (isSame)
            {
                return null;
            }
        }
    }
}
