using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// Who may come in: SHA-256 of users with their passwords, and of tokens, which are read when the server starts. A variable or a file has some of them with white space in between, each as it is (<c>name:password</c>, or a token)
/// or as its hash (<c>{SHA256}</c> and 64 hexadecimal digits), so one with white space in it is there as its hash.
/// </summary>
/// <remarks>The memory is the process's own: no child or worker can change what another goes by. Only the number of failures is shared.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct Secrets
{
    /// <summary>What is before the digits of a hash. No token has a brace, and no user is without a colon, so it cannot be taken for one.</summary>
    private static ReadOnlySpan<byte> HashPrefix => "{SHA256}"u8;

    /// <summary>The digest of a secret, and the set that it is in.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Secret
    {
        internal fixed ulong Digest[Sha256.Size / sizeof(ulong)];
        internal ulong Set;
    }

    /// <summary>Wrong credentials, of all processes of the server.</summary>
    private struct Failures
    {
        /// <summary>The window in which they were counted (<see cref="Limits.FailureWindowSeconds"/>), since some fixed moment.</summary>
        internal long Window;

        internal int Count;
    }

    private Failures* _failures;
    private int _count;

    // What was right last: clients send the same with each request, and SHA-256 of it would be most of what authentication costs. It is as it was sent, as it also lies in the buffer that requests are received in.

    private int _rightSet;
    private int _rightLength;
    private fixed byte _right[LongestValue];

    /// <summary>The longest value of Authorization that is kept.</summary>
    private const int LongestValue = 128;

    /// <summary>Asks for the memory.</summary>
    /// <param name="secrets">What all else needs; null where there is no memory, and the message is written.</param>
    /// <returns>Whether it is there.</returns>
    public static bool Open<TKernel, TServer>(out Secrets* secrets)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        nuint size = (nuint)(sizeof(Secrets) + Limits.MaxSecrets * sizeof(Secret) + Limits.SecretFileBytes + 1);
        nint result = TKernel.mmap(null, size, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS, -1, 0);
        secrets = (Secrets*)result;
        if (!Pages.IsError(result))
        {
            result = TKernel.mmap(null, (nuint)sizeof(Failures), Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_SHARED | Linux.MAP_ANONYMOUS, -1, 0);
        }

        if (Pages.IsError(result))
        {
            secrets = null;
            Message.WriteLine<TKernel, TServer>("mmap: !"u8, (int)result);
            return false;
        }

        secrets->_failures = (Failures*)result;
        return true;
    }

    private static Secret* First(Secrets* secrets) => (Secret*)(secrets + 1);

    /// <summary>Where a file is read to: <see cref="Limits.SecretFileBytes"/>, and one byte more.</summary>
    private static byte* Buffer(Secrets* secrets) => (byte*)(First(secrets) + Limits.MaxSecrets);

    /// <summary>Adds the secrets of a variable of the environment.</summary>
    /// <param name="secrets">Where to.</param>
    /// <param name="set">The set that they are of.</param>
    /// <param name="areTokens">Whether they are tokens, and not users with their passwords.</param>
    /// <param name="argv">The arguments, with the environment behind them.</param>
    /// <param name="name">The name of the variable, a literal.</param>
    /// <returns>Whether there are some, and all are good; otherwise the message is written.</returns>
    public static bool ReadVariable<TKernel, TServer>(Secrets* secrets, int set, bool areTokens, byte** argv, ReadOnlySpan<byte> name)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        byte* value = EnvironmentVariable.Find(argv, CString.Of(name));
        if (value == null || *value == 0)
        {
            return Refuse<TKernel, TServer>("$: not set; the server needs this variable of the environment, with secrets"u8, CString.Of(name), 0);
        }

        return Add<TKernel, TServer>(secrets, set, areTokens, CString.Of(name), value, CString.End(value));
    }

    /// <summary>Adds the secrets of a file.</summary>
    /// <param name="secrets">Where to.</param>
    /// <param name="set">The set that they are of.</param>
    /// <param name="areTokens">Whether they are tokens, and not users with their passwords.</param>
    /// <param name="argv">The arguments, with the environment behind them.</param>
    /// <param name="path">Its path, a literal; one that is relative begins at the folder of the service's credentials.</param>
    /// <returns>Whether there are some, and all are good; otherwise the message is written.</returns>
    public static bool ReadFile<TKernel, TServer>(Secrets* secrets, int set, bool areTokens, byte** argv, ReadOnlySpan<byte> path)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        byte* name = CString.Of(path);
        byte* buffer = Buffer(secrets);
        byte* file = name;
        if (*name != '/')
        {
            byte* folder = EnvironmentVariable.Find(argv, CString.Of("CREDENTIALS_DIRECTORY"u8)); // systemd.exec(5)
            if (folder == null || CString.End(folder) - folder > Limits.SecretFileBytes - path.Length - 1)
            {
                return Refuse<TKernel, TServer>("$: CREDENTIALS_DIRECTORY is not set; systemd sets it for LoadCredential="u8, name, 0);
            }

            byte* end = Append(Append(Append(buffer, folder), CString.Of("/"u8)), name);
            *end = 0;
            file = buffer;
        }

        open_how how = default;
        how.flags = Linux.O_RDONLY | Linux.O_CLOEXEC | Linux.O_NOCTTY;
        int result = (int)TKernel.openat2(Linux.AT_FDCWD, file, &how, (nuint)sizeof(open_how));
        int length = 0;
        if (result >= 0)
        {
            int descriptor = result;
            do
            {
                result = (int)TKernel.read(descriptor, buffer + length, (nuint)(Limits.SecretFileBytes + 1 - length));
                length += result > 0 ? result : 0;
            }
            while (result > 0 && length <= Limits.SecretFileBytes);

            _ = TKernel.close(descriptor);
        }

        bool isGood = result < 0 ? Refuse<TKernel, TServer>(result == -Errno.ENOENT ? "$: no such file"u8 : "$: !"u8, name, result)
            : length > Limits.SecretFileBytes ? Refuse<TKernel, TServer>("$: the file is too long; 256 secrets are the most"u8, name, 0)
            : Add<TKernel, TServer>(secrets, set, areTokens, name, buffer, buffer + length);
        Erase(buffer, buffer + length);
        return isGood;
    }

    /// <summary>Adds a secret of which the program has the hash.</summary>
    /// <param name="secrets">Where to.</param>
    /// <param name="set">The set that it is of.</param>
    /// <param name="digest">Its SHA-256.</param>
    /// <returns>True: the generator has counted them.</returns>
    public static bool Add(Secrets* secrets, int set, ReadOnlySpan<byte> digest)
    {
        Secret* secret = First(secrets) + secrets->_count++;
        secret->Set = (ulong)set;
        for (int i = 0; i < Sha256.Size; i++)
        {
            ((byte*)secret)[i] = digest[i];
        }

        return true;
    }

    /// <summary>Overwrites a variable whose secrets were read: it lies in memory that others can look into (proc_pid_environ(5)).</summary>
    /// <param name="argv">The arguments, with the environment behind them.</param>
    /// <param name="name">The name of the variable, a literal.</param>
    public static void Forget(byte** argv, ReadOnlySpan<byte> name)
    {
        byte* value = EnvironmentVariable.Find(argv, CString.Of(name));
        if (value != null)
        {
            Erase(value, CString.End(value));
        }
    }

    private static void Erase(byte* from, byte* end)
    {
        for (; from < end; from++)
        {
            *from = 0;
        }
    }

    private static byte* Append(byte* to, byte* text)
    {
        for (; *text != 0; text++)
        {
            *to++ = *text;
        }

        return to;
    }

    private static bool Refuse<TKernel, TServer>(ReadOnlySpan<byte> message, byte* source, int result)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Message.WriteLine<TKernel, TServer>(message, source, result);
        return false;
    }

    /// <summary>Adds the secrets of a text. A message names no secret, not even one that is none: it is likely to be almost one.</summary>
    private static bool Add<TKernel, TServer>(Secrets* secrets, int set, bool areTokens, byte* source, byte* text, byte* end)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        int number = 0;
        while (true)
        {
            while (text < end && IsWhiteSpace(*text))
            {
                text++;
            }

            if (text == end)
            {
                break;
            }

            byte* word = text;
            while (text < end && !IsWhiteSpace(*text))
            {
                text++;
            }

            number++;
            if (secrets->_count == Limits.MaxSecrets)
            {
                return Refuse<TKernel, TServer>("$: too many; all users and tokens of a server are 256 at most"u8, source, 0);
            }

            Secret* secret = First(secrets) + secrets->_count;
            if (!TryHash(word, (int)(text - word), areTokens, (byte*)secret))
            {
                return Refuse<TKernel, TServer>(
                    areTokens ? "$: secret # is no token (RFC 6750), nor {SHA256} with 64 hexadecimal digits"u8 : "$: secret # is not name:password, nor {SHA256} with 64 hexadecimal digits"u8, source, -number);
            }

            secret->Set = (ulong)set;
            secrets->_count++;
        }

        return number > 0 || Refuse<TKernel, TServer>("$: there is no secret in it"u8, source, 0);
    }

    private static bool IsWhiteSpace(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <summary>The digest of a secret, which may be given as it is or as its digest.</summary>
    private static bool TryHash(byte* word, int length, bool isToken, byte* digest)
    {
        byte* end = word + length;
        if (length == HashPrefix.Length + 2 * Sha256.Size && *word == '{')
        {
            byte* digits = CString.After(word, CString.Of(HashPrefix));
            bool isHash = digits != null;
            for (int i = 0; isHash && i < Sha256.Size; i++, digits += 2)
            {
                int high = RequestTarget.Hexadecimal(digits[0]);
                int low = RequestTarget.Hexadecimal(digits[1]);
                isHash = (high | low) >= 0;
                digest[i] = (byte)(high << 4 | low);
            }

            if (isHash)
            {
                return true;
            }
        }

        if (length > Limits.SecretBytes || !(isToken ? IsToken(word, end) : IsUser(word, end)))
        {
            return false;
        }

        Sha256.Hash(word, length, digest);
        return true;
    }

    /// <summary>Whether a text is a name, a colon and a password, neither of them empty. The name has no colon (RFC 7617, section 2).</summary>
    private static bool IsUser(byte* text, byte* end)
    {
        byte* colon = text;
        while (colon < end && *colon != ':')
        {
            colon++;
        }

        return colon > text && end - colon > 1;
    }

    /// <summary>Whether a text can be sent as a token: <c>b64token</c> of RFC 6750, section 2.1.</summary>
    private static bool IsToken(byte* text, byte* end)
    {
        byte* first = text;
        while (text < end && ((uint)((*text | 0x20) - 'a') < 26 || (uint)(*text - '0') < 10 || *text is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' or (byte)'+' or (byte)'/'))
        {
            text++;
        }

        bool isGood = text > first;
        while (text < end && *text == '=')
        {
            text++;
        }

        return isGood && text == end;
    }

    /// <summary>Whether a set has a secret. All are compared, whichever is the same, so how long it takes tells nothing.</summary>
    /// <param name="secrets">The secrets.</param>
    /// <param name="set">The set.</param>
    /// <param name="digest">The digest of what a client has sent.</param>
    internal static bool Has(Secrets* secrets, int set, ulong* digest)
    {
        ulong found = 0;
        Secret* end = First(secrets) + secrets->_count;
        for (Secret* secret = First(secrets); secret < end; secret++)
        {
            ulong difference = secret->Digest[0] ^ digest[0] | secret->Digest[1] ^ digest[1] | secret->Digest[2] ^ digest[2] | secret->Digest[3] ^ digest[3] | secret->Set ^ (ulong)set;
            found |= ~(difference | (0 - difference)) >> 63; // the highest bit of one of the two is set unless it is 0
        }

        return found != 0;
    }

    /// <summary>Whether this was right last, for one of two sets. All of it is compared, wherever it differs.</summary>
    /// <param name="secrets">The secrets.</param>
    /// <param name="one">A set.</param>
    /// <param name="other">Another.</param>
    /// <param name="value">The value of Authorization.</param>
    /// <param name="length">Its bytes.</param>
    internal static bool WasRight(Secrets* secrets, int one, int other, byte* value, int length)
    {
        if (length == 0 || length != secrets->_rightLength || (secrets->_rightSet != one && secrets->_rightSet != other))
        {
            return false;
        }

        int difference = 0;
        for (nint i = 0; i < length; i++)
        {
            difference |= secrets->_right[i] ^ value[i];
        }

        return difference == 0;
    }

    /// <summary>Keeps what was right, for <see cref="WasRight"/>.</summary>
    internal static void KeepRight(Secrets* secrets, int set, byte* value, int length)
    {
        secrets->_rightLength = 0;
        if (length <= LongestValue)
        {
            for (nint i = 0; i < length; i++)
            {
                secrets->_right[i] = value[i];
            }

            secrets->_rightSet = set;
            secrets->_rightLength = length;
        }
    }

    /// <summary>Counts wrong credentials. Processes that count at the same moment may lose one another's, which only makes the limit a little higher.</summary>
    /// <returns>Whether there were too many within the window.</returns>
    internal static bool CountFailure<TKernel>(Secrets* secrets)
        where TKernel : struct, IKernel
    {
        Failures* failures = secrets->_failures;
        long window = Clock.Milliseconds<TKernel>() / (Limits.FailureWindowSeconds * 1000);
        if (failures->Window != window)
        {
            failures->Window = window;
            failures->Count = 0;
        }

        if (failures->Count == Limits.FailuresInWindow)
        {
            return true;
        }

        failures->Count++;
        return false;
    }
}
