namespace SyscallServer.Http;

/// <summary>Goes through the lines of one name among the field lines of a request whose head is good.</summary>
public unsafe struct FieldLines
{
    private byte* _position;
    private readonly byte* _end;

    /// <summary>Begins before the first field line.</summary>
    public FieldLines(Request* request)
    {
        _position = request->Fields;
        _end = request->Fields + request->FieldsLength;
    }

    /// <summary>Moves to the next line of that name.</summary>
    /// <param name="name">The name in lower case, ended by a NUL; letter case does not matter in the request.</param>
    /// <param name="value">The value, without the blanks around it.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>False where there is no further one.</returns>
    public bool Next(byte* name, out byte* value, out int length)
    {
        byte* position = _position;
        while (position < _end)
        {
            // The name as far as it is the same; every line has a colon, which no name has.
            byte* expected = name;
            while (*expected != 0 && (*position | 0x20) == *expected)
            {
                position++;
                expected++;
            }

            bool isFound = *expected == 0 && *position == ':';
            value = position + 1;
            byte* end = Scan.Value(position, _end);
            position = end + 2; // CRLF
            if (isFound)
            {
                _position = position;
                value = Characters.AfterBlanks(value, end);
                end = Characters.BeforeBlanks(value, end);
                length = (int)(end - value);
                return true;
            }
        }

        _position = position;
        value = null;
        length = 0;
        return false;
    }
}
