using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>Goes through the lines of one name among the field lines of a request whose head is good.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct FieldLines
{
    private byte* _position;
    private readonly byte* _end;

    /// <summary>Begins before the first field line.</summary>
    public FieldLines(RequestHead* request)
    {
        _position = request->Fields;
        _end = _position + request->FieldsLength;
    }

    /// <summary>The CR behind the value of the last line that was found.</summary>
    internal readonly byte* ValueEnd => _position - 2;

    /// <summary>Moves to the next line of that name.</summary>
    /// <param name="name">The name in lower case, ended by a NUL; letter case does not matter in the request.</param>
    /// <param name="value">The value, without the blanks around it.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>False where there is no further one.</returns>
    public bool Next(byte* name, out byte* value, out int length)
    {
        value = Next(name);
        length = value != null ? (int)(Characters.BeforeBlanks(value, ValueEnd) - value) : 0;
        return value != null;
    }

    /// <summary>The same for those who see to the blanks behind the value.</summary>
    /// <param name="name">The name in lower case, ended by a NUL; letter case does not matter in the request.</param>
    /// <returns>Where the value begins, which ends at <see cref="ValueEnd"/>; null where there is no further line.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal byte* Next(byte* name)
    {
        while (_position < _end)
        {
            // The name as far as it is the same; every line has a colon, which no name has.
            byte* position = _position;
            byte* expected = name;
            while ((*position | 0x20) == *expected)
            {
                position++;
                expected++;
            }

            byte* end = Scan.Value(position, _end);
            _position = end + 2; // CRLF
            if (*expected == 0 && *position == ':')
            {
                return Characters.AfterBlanks(position + 1, end);
            }
        }

        return null;
    }
}
