using System.Runtime.CompilerServices;

namespace SyscallServer.Http;

/// <summary>
/// What is to be written to a client: bytes that were put together in a buffer, and behind them, where it is long, a body that lies
/// in read-only data and is not copied. Responses to pipelined requests come together here and go out with one write.
/// </summary>
public unsafe struct Output
{
    /// <summary>
    /// How many bytes a buffer has: enough for the longest head with room for as many bytes of earlier responses.
    /// </summary>
    public const int Capacity = 2 * LongestHead;

    /// <summary>
    /// The longest head of a planned response, with its Connection field and the empty line: 8 KiB, more than any client takes for
    /// granted. The generator refuses a response with a longer one.
    /// </summary>
    public const int LongestHead = 8192;

    /// <summary>
    /// The longest body that is copied behind its head. Copying so much costs less than the second element of a writev(2).
    /// </summary>
    private const int LongestCopy = 2048;

    /// <summary>"Connection: close\r\n" and "Connection: keep-alive\r\n" (RFC 9112, section 9.6): for the last response, and for clients of HTTP/1.0.</summary>
    private static System.ReadOnlySpan<byte> ConnectionFields => "Connection: close\r\nConnection: keep-alive\r\n"u8;

    private const int CloseLength = 19;
    private const int KeepAliveLength = 24;

    /// <summary>The buffer: <see cref="Capacity"/> bytes.</summary>
    public byte* Buffer;

    /// <summary>How many of them are to be written.</summary>
    public int Length;

    /// <summary>Bytes of <see cref="Body"/>, to be written behind them.</summary>
    public int BodyLength;

    /// <summary>The long body, if there is one.</summary>
    public byte* Body;

    /// <summary>The date as it stands in a response, 29 bytes.</summary>
    public byte* Date;

    /// <summary>Begins with nothing.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="date">The date: 29 bytes, which the owner keeps up to date.</param>
    public Output(byte* buffer, byte* date)
    {
        this = default;
        Buffer = buffer;
        Date = date;
    }

    /// <summary>Whether another response can be added, whichever it is.</summary>
    public readonly bool HasRoom => BodyLength == 0 && Length <= Capacity - LongestHead;

    /// <summary>Whether there is something to write.</summary>
    public readonly bool IsEmpty => Length == 0;

    /// <summary>Forgets what has been written.</summary>
    public void Clear()
    {
        Length = 0;
        BodyLength = 0;
    }

    /// <summary>Adds bytes as they are: an interim response.</summary>
    internal void Append(System.ReadOnlySpan<byte> bytes) => Copy(Engine.Text.Of(bytes), bytes.Length);

    /// <summary>Adds a planned response.</summary>
    /// <param name="index">Which of the app's responses.</param>
    /// <param name="head">Whether the request was HEAD: the body is left out (RFC 9110, section 9.3.2).</param>
    /// <param name="connection">What is said of the connection.</param>
    internal void Append<TApp>(int index, bool head, ConnectionField connection)
        where TApp : struct, IApp
    {
        PlannedResponse* response = TApp.Responses + index;
        byte* planned = TApp.Bytes + response->Head;
        int length = response->HeadLength;
        int body = head ? 0 : response->BodyLength;
        byte* start = Buffer + Length;
        if (connection == ConnectionField.None && body <= LongestCopy)
        {
            // The planned bytes as they are.
            Copy(planned, length + 2 + body);
        }
        else
        {
            Copy(planned, length);
            if (connection != ConnectionField.None)
            {
                bool close = connection == ConnectionField.Close;
                Copy(Engine.Text.Of(ConnectionFields) + (close ? 0 : CloseLength), close ? CloseLength : KeepAliveLength);
            }

            planned += length;
            if (body <= LongestCopy)
            {
                Copy(planned, 2 + body);
            }
            else
            {
                Copy(planned, 2);
                Body = planned + 2;
                BodyLength = body;
            }
        }

        if (TApp.SendsDate)
        {
            Unsafe.CopyBlockUnaligned(start + length - 2 - HttpDate.Length, Date, HttpDate.Length);
        }
    }

    private void Copy(byte* bytes, int length)
    {
        Unsafe.CopyBlockUnaligned(Buffer + Length, bytes, (uint)length);
        Length += length;
    }
}

/// <summary>The Connection field of a response.</summary>
internal enum ConnectionField : byte
{
    /// <summary>None: what HTTP/1.1 takes for granted.</summary>
    None,

    /// <summary><c>Connection: close</c>.</summary>
    Close,

    /// <summary><c>Connection: keep-alive</c>, which a client of HTTP/1.0 asked for.</summary>
    KeepAlive,
}
