using System.ComponentModel;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Asks who sends a request: Authorization with the scheme Basic (RFC 7617) or Bearer (RFC 6750).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Authentication
{
    /// <summary>What a set is called that there is none of: the attributes have only users, or only tokens.</summary>
    public const int None = -1;

    /// <summary>What Base64 stands for, of four digits for three bytes. A structure, for the compiler guards an array on the stack.</summary>
    [StructLayout(LayoutKind.Sequential, Size = LongestText / 4 * 3 + 1)]
    private struct Text
    {
        internal byte First;
    }

    /// <summary>The digest of it, at an address that has words.</summary>
    [StructLayout(LayoutKind.Sequential, Size = Sha256.Size)]
    private struct Digest
    {
        internal ulong First;
    }

    /// <summary>Digits of the longest user with a password.</summary>
    private const int LongestText = (Limits.SecretBytes + 2) / 3 * 4;

    /// <summary>The response to a request without the credentials that it needs.</summary>
    /// <param name="secrets">The secrets; null while the JIT is shown the ways of a child.</param>
    /// <param name="request">The request.</param>
    /// <param name="users">The set of the users who may come in, or <see cref="None"/>.</param>
    /// <param name="tokens">The set of the tokens, likewise.</param>
    /// <param name="missing">The 401 for a request without credentials of these kinds.</param>
    /// <param name="wrong">The 401 for wrong ones.</param>
    /// <param name="tooMany">The 429 in its place, where there were too many of them.</param>
    /// <returns>One of these; 0 where the credentials are right.</returns>
    public static int Refuse<TKernel>(Secrets* secrets, RequestHead* request, int users, int tokens, int missing, int wrong, int tooMany)
        where TKernel : struct, IKernel
    {
        var lines = new FieldLines(request);
        byte* name = CString.Of("authorization"u8);
        // Of two lines nobody knows which is meant (RFC 9110, section 5.3): another server on the way may go by the other one.
        if (secrets == null || !lines.Next(name, out byte* value, out int length) || lines.Next(name) != null)
        {
            return missing;
        }

        if (Secrets.WasRight(secrets, users, tokens, value, length))
        {
            return 0;
        }

        byte* end = value + length;
        byte* credentials;
        int set;
        if (users != None && (credentials = AfterScheme(value, end, CString.Of("basic "u8))) != null)
        {
            set = users;
        }
        else if (tokens != None && (credentials = AfterScheme(value, end, CString.Of("bearer "u8))) != null)
        {
            set = tokens;
        }
        else
        {
            return missing;
        }

        if (!Has(secrets, set, credentials, (int)(end - credentials), isText: set == users))
        {
            return Secrets.CountFailure<TKernel>(secrets) ? tooMany : wrong;
        }

        Secrets.KeepRight(secrets, set, value, length);
        return 0;
    }

    /// <summary>The credentials of a scheme; null where it is another one.</summary>
    private static byte* AfterScheme(byte* value, byte* end, byte* scheme)
    {
        byte* credentials = Characters.After(value, end, scheme);
        return credentials == null ? null : Characters.AfterBlanks(credentials, end);
    }

    private static bool Has(Secrets* secrets, int set, byte* credentials, int length, bool isText)
    {
        if (length > (isText ? LongestText : Limits.SecretBytes))
        {
            return false;
        }

        Text text;
        if (isText)
        {
            length = Base64.Decode(credentials, length, (byte*)&text);
            credentials = (byte*)&text;
            if (length < 0)
            {
                return false;
            }
        }

        Digest digest;
        Sha256.Hash(credentials, length, (byte*)&digest);
        return Secrets.Has(secrets, set, (ulong*)&digest);
    }
}
