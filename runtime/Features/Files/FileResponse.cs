using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;
/// <summary>
/// Answers GET and HEAD with a file below a root (<see cref="FileRoot"/>), as it is now. A path leads nowhere else: the kernel refuses it where <c>..</c>, a symbolic link or a mount point
/// of /proc would (RESOLVE_BENEATH, openat2(2)), and only regular files are sent.
/// </summary>
/// <remarks>
/// A request costs openat2, fstat, clock_gettime, close, and read or sendfile besides what every request does; of encoded neighbours that the client would accept, and that
/// are not there, an openat2 each.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class FileResponse
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">A request for GET or HEAD.</param>
    /// <param name="output">Where the response goes; it has room.</param>
    /// <param name="root">The descriptor of the root.</param>
    /// <param name="prefixLength">Bytes at the beginning of the path that stand for the root, with the slash at their end.</param>
    /// <param name="fields">Field lines of every response, each with a CRLF in front of it.</param>
    /// <param name="encoded">Whether <c>x.br</c>, <c>x.zst</c> and <c>x.gz</c> are sent in the place of <c>x</c> to clients that accept them.</param>
    /// <returns>See <see cref="IApp.Begin"/>.</returns>
    public static int Begin<TKernel, TApp>(RequestHead* request, Output* output, int root, int prefixLength, ReadOnlySpan<byte> fields, bool encoded)
        where TKernel : struct, IKernel
        where TApp : struct, IFiles
    {
        // The path is put together where the head will be.
        byte* path = output->Buffer + output->Length;
        byte* end = WritePath<TApp>(path, request, prefixLength);
        if (end == null || (TApp.HasFileRules && prefixLength != 0 && FileRules.Exclude(fields, path, end, encoded))) // the author's own pages are never left out
        {
            return FixedResponse.NotFound;
        }

        stat status;
        int file = OpenBest<TKernel, TApp>(request, root, path, end, encoded, &status, out ContentCodings coding);
        if (file < 0)
        {
            return coding == ContentCodings.None ? FixedResponse.NotAcceptable
                : file == -Errno.EISDIR && !LacksExtension<TApp>(request) && !(TApp.HasFileRules && FileRules.ExcludeFolder(fields, path, end)) ? RedirectToFolder<TApp>(request, output, fields) : Refuse<TApp>(file);
        }

        long now = Output.Now<TKernel, TApp>(output);
        long modified = status.st_mtim.tv_sec < 0 ? 0 : status.st_mtim.tv_sec > now ? now : status.st_mtim.tv_sec;

        byte* tag = stackalloc byte[FileTag.Longest];
        int tagLength = (int)(FileTag.Write(tag, &status, coding, now) - tag);
        Precondition precondition = Preconditions.Evaluate(request, tag, tagLength, modified, now);
        if (precondition == Precondition.Failed)
        {
            _ = TKernel.close(file);
            return FixedResponse.PreconditionFailed;
        }

        int strongLength = *tag == 'W' ? 0 : tagLength;
        bool canBePart = precondition == Precondition.Proceed && (request->Flags & RequestFlags.HasRange) != 0
            && ((request->Flags & RequestFlags.HasIfRange) == 0 || IfRange.Holds(request, tag, strongLength, modified, now));
        Multipart parts;
        parts.Size = (ulong)status.st_size;
        parts.Ranges = output->Ranges;
        RangeResult part = ChooseParts(canBePart ? request : null, &parts);
        byte* type = ContentType(TApp.ContentTypes, path, end);
        ulong length = parts.Ranges->Count > 1 ? BeginMultipart(&parts, tag, tagLength, type, path + ResponseRoom.FileHead + fields.Length + TApp.FieldSetRoom) : parts.Ranges->First.Length;
        bool isErrorPage = TApp.HasPages && (request->Flags & RequestFlags.IsOfErrorPage) != 0;
        byte* cacheControl = TApp.HasFileRules && !isErrorPage ? FileRules.CacheControl(fields, path, end) : null;
        ResponseHead.Begin(output, isErrorPage ? "404 Not Found"u8 : Status(precondition, part));
        AppendFields<TApp>(output, fields, cacheControl);
        AppendValidators<TApp>(output, tag, isErrorPage ? 0 : tagLength, modified, encoded);
        bool hasContent = precondition != Precondition.NotModified && part != RangeResult.NotSatisfiable;
        if (precondition != Precondition.NotModified)
        {
            ResponseHead.Append(output, "\r\nAccept-Ranges: bytes\r\nContent-Length: "u8);
            ResponseHead.Append(output, hasContent ? length : 0);
        }

        AppendContentRange(output, part, &parts);
        if (hasContent)
        {
            AppendContentType(output, &parts, type, coding);
        }

        ResponseHead.End<TApp>(output);
        if (!hasContent || output->Exchange->IsHead || length == 0)
        {
            _ = TKernel.close(file);
        }
        else
        {
            AppendFile<TKernel, TApp>(output, file, &parts);
        }

        return Exchange.Answered;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AppendFields<TApp>(Output* output, ReadOnlySpan<byte> fields, byte* cacheControl)
        where TApp : struct, IFiles
    {
        if (TApp.HasFileRules)
        {
            FileRules.Append(output, fields, cacheControl);
        }
        else
        {
            ResponseHead.Append(output, fields);
        }
    }

    /// <summary>Chooses the parts that are asked for; where there are none, the first is all of the file.</summary>
    /// <param name="request">The request; null for one that gets all of it.</param>
    /// <param name="parts">Whose ranges are set.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RangeResult ChooseParts(RequestHead* request, Multipart* parts)
    {
        RangeResult result = request == null ? RangeResult.Whole : ByteRanges.Read(request, parts->Size, parts->Ranges);
        if (result != RangeResult.Part)
        {
            parts->Ranges->Count = 0;
            parts->Ranges->First.First = 0;
            parts->Ranges->First.Length = parts->Size;
        }

        return result;
    }

    /// <summary>Puts together a body of several parts, where it lies behind the longest head.</summary>
    /// <returns>How long it is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BeginMultipart(Multipart* parts, byte* tag, int tagLength, byte* type, byte* to)
    {
        int start = *tag == 'W' ? 3 : 1; // W/"
        parts->Boundary = tag + start;
        parts->BoundaryLength = tagLength - start - 1;
        parts->Type = type;
        parts->TypeLength = (nint)(CString.End(type) - type);
        return Multipart.Write(parts, to, origin: 0);
    }

    /// <summary>Has the file, or the parts of it, sent behind the head.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AppendFile<TKernel, TApp>(Output* output, int file, Multipart* parts)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        ByteRange* first = &parts->Ranges->First;
        if (parts->Ranges->Count <= 1 && first->First == 0 && ExchangeFile.TryRead<TKernel, TApp>(output, file, first->Length))
        {
            return;
        }

        Exchange* exchange = output->Exchange;
        if (parts->Ranges->Count > 1)
        {
            output->Length = (int)(Multipart.Move(parts, output->Buffer + output->Length) - output->Buffer);
            exchange->Use = FileUse.IsInParts;
        }

        exchange->File = file;
        exchange->Offset = (long)parts->Ranges->First.First;
        exchange->Remaining = (long)parts->Ranges->First.Length;
    }

    /// <summary>Whether the extension of HTML is missing in the path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool LacksExtension<TApp>(RequestHead* request)
        where TApp : struct, IFiles
        => TApp.HasPages && (request->Flags & RequestFlags.LacksExtension) != 0;

    /// <summary>Writes the path of the file (<see cref="FilePath"/>).</summary>
    /// <returns>Behind it; null where no file can have it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* WritePath<TApp>(byte* path, RequestHead* request, int prefixLength)
        where TApp : struct, IFiles
    {
        byte* end = FilePath.Write(path, request, prefixLength, CString.Of("index.html"u8));
        return LacksExtension<TApp>(request) && end != null ? FilePath.AddExtension(path, end) : end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Status(Precondition precondition, RangeResult part)
        => precondition == Precondition.NotModified ? "304 Not Modified"u8
            : part == RangeResult.Whole ? "200 OK"u8
            : part == RangeResult.Part ? "206 Partial Content"u8 : "416 Range Not Satisfiable"u8;

    /// <summary>Appends what tells this state of the file from others, but not of the page of an error, whose tag is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AppendValidators<TApp>(Output* output, byte* tag, int tagLength, long modified, bool encoded)
        where TApp : struct, IFiles
    {
        if (!TApp.HasPages || tagLength != 0)
        {
            ResponseHead.Append(output, "\r\nETag: "u8);
            ResponseHead.Append(output, tag, tagLength);
            ResponseHead.Append(output, "\r\nLast-Modified: "u8);
            ResponseHead.AppendDate(output, modified);
        }

        if (encoded)
        {
            ResponseHead.Append(output, "\r\nVary: Accept-Encoding"u8);
        }
    }

    /// <summary>Appends which part of a file comes (RFC 9110, section 14.4), or how long it is where none of what was asked for does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AppendContentRange(Output* output, RangeResult part, Multipart* parts)
    {
        if (part == RangeResult.Whole || parts->Ranges->Count > 1)
        {
            return; // several parts have it each
        }

        ResponseHead.Append(output, "\r\nContent-Range: bytes "u8);
        if (part == RangeResult.Part)
        {
            output->Length = (int)(Multipart.WriteContentRange(output->Buffer + output->Length, &parts->Ranges->First, parts->Size) - output->Buffer);
        }
        else
        {
            ResponseHead.Append(output, "*/"u8);
            ResponseHead.Append(output, parts->Size);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AppendContentType(Output* output, Multipart* parts, byte* type, ContentCodings coding)
    {
        if (parts->Ranges->Count > 1)
        {
            output->Length = (int)(Multipart.WriteMediaType(parts, output->Buffer + output->Length) - output->Buffer);
        }
        else
        {
            ResponseHead.Append(output, "\r\nContent-Type: "u8);
            ResponseHead.Append(output, type, (int)(CString.End(type) - type));
        }

        if (coding != ContentCodings.Identity)
        {
            ResponseHead.Append(output, coding switch
            {
                ContentCodings.Brotli => "\r\nContent-Encoding: br"u8,
                ContentCodings.Gzip => "\r\nContent-Encoding: gzip"u8,
                _ => "\r\nContent-Encoding: zstd"u8,
            });
        }
    }

    /// <summary>Opens the file that the client likes best of <c>x.br</c>, <c>x.zst</c>, <c>x.gz</c> and <c>x</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="root">The descriptor of the root.</param>
    /// <param name="path">The path, ended by a NUL, with room for the ending behind it.</param>
    /// <param name="end">The NUL.</param>
    /// <param name="encoded">Whether there may be another one than <c>x</c>.</param>
    /// <param name="status">What fstat(2) says of it.</param>
    /// <param name="coding">Its coding; <see cref="ContentCodings.None"/> where the client accepts none.</param>
    /// <returns>The descriptor, or a negative errno.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OpenBest<TKernel, TApp>(RequestHead* request, int root, byte* path, byte* end, bool encoded, stat* status, out ContentCodings coding)
        where TKernel : struct, IKernel
        where TApp : struct, IFiles
    {
        var available = encoded ? ContentCodings.Identity | ContentCodings.Gzip | ContentCodings.Brotli | ContentCodings.Zstandard : ContentCodings.Identity;
        while (true)
        {
            coding = (request->Flags & RequestFlags.HasAcceptEncoding) == 0 ? ContentCodings.Identity : AcceptEncoding.Choose<TApp>(request, available);
            if (coding == ContentCodings.None)
            {
                return -Errno.ENOENT;
            }

            bool isIdentity = coding == ContentCodings.Identity;
            *(int*)end = coding switch
            {
                ContentCodings.Identity => 0,
                ContentCodings.Brotli => '.' | 'b' << 8 | 'r' << 16,
                ContentCodings.Gzip => '.' | 'g' << 8 | 'z' << 16,
                _ => '.' | 'z' << 8 | 's' << 16 | 't' << 24,
            };
            end[sizeof(int)] = 0;
            int file = OpenRegular<TKernel>(root, path, status);
            if (file >= 0 || isIdentity)
            {
                return file;
            }

            available &= ~coding;
        }
    }

    /// <summary>Opens a regular file. Of what is none, opening has no effect that lasts, and does not wait for anybody (O_NONBLOCK).</summary>
    /// <returns>The descriptor, or a negative errno: EISDIR for a folder.</returns>
    private static int OpenRegular<TKernel>(int root, byte* path, stat* status)
        where TKernel : struct, IKernel
    {
        int file = FileRoot.OpenBelow<TKernel>(root, path, Linux.O_RDONLY | Linux.O_NOCTTY | (int)Linux.O_NONBLOCK);
        if (file < 0)
        {
            return file;
        }

        int result = (int)TKernel.fstat(file, status);
        if (result >= 0)
        {
            uint kind = status->st_mode & Linux.S_IFMT;
            if (kind == Linux.S_IFREG)
            {
                return file;
            }

            result = kind == Linux.S_IFDIR ? -Errno.EISDIR : -Errno.ENXIO;
        }

        _ = TKernel.close(file);
        return result;
    }

    /// <summary>What is said where there is no file. What lies outside of the root is the same as nothing, and so is what is no file.</summary>
    private static int Refuse<TApp>(int result)
        where TApp : struct, IApp
        => -result switch
        {
            Errno.ENOENT or Errno.ENOTDIR or Errno.EISDIR or Errno.EXDEV or Errno.ELOOP or Errno.ENAMETOOLONG or Errno.ENXIO or Errno.EINVAL => FixedResponse.NotFound,
            Errno.EACCES or Errno.EPERM => TApp.EntryOf(403),
            Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.EAGAIN or Errno.EINTR => FixedResponse.ServiceUnavailable,
            _ => TApp.EntryOf(500),
        };

    /// <summary>
    /// The path of a folder without the slash at its end: relative links of its index would lead elsewhere. 301 to the path with it; 414 where that is longer than a target may be, for who
    /// followed it would get that.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="output">Where the response goes, with room for it.</param>
    /// <param name="fields">Field lines of every response, each with a CRLF in front of it.</param>
    /// <returns><see cref="Exchange.Answered"/>, or an entry of the table of responses.</returns>
    public static int RedirectToFolder<TApp>(RequestHead* request, Output* output, ReadOnlySpan<byte> fields)
        where TApp : struct, IApp
        => Redirect<TApp>(request, output, fields, hasSlash: true);

    /// <summary>Redirects to the path that the request has, with its query; 414 as above.</summary>
    /// <param name="request">The request.</param>
    /// <param name="output">Where the response goes, with room for it.</param>
    /// <param name="fields">Field lines of every response, each with a CRLF in front of it.</param>
    /// <param name="hasSlash">Whether a slash is added to the path.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Redirect<TApp>(RequestHead* request, Output* output, ReadOnlySpan<byte> fields, bool hasSlash)
        where TApp : struct, IApp
    {
        byte* end = request->Path + request->PathLength;
        int length = LocationPath.EncodedLengthOf(request->Path, end) + 2 + request->QueryLength; // the slash and the question mark
        if (length > TApp.MaxTargetBytes)
        {
            return FixedResponse.UriTooLong;
        }

        ResponseHead.Begin(output, "301 Moved Permanently"u8);
        ResponseHead.Append(output, fields);
        ResponseHead.Append(output, "\r\nContent-Length: 0\r\nLocation: "u8);
        byte* to = LocationPath.Write(output->Buffer + output->Length, request->Path, end);
        if (hasSlash)
        {
            *to++ = (byte)'/';
        }

        output->Length = (int)(to - output->Buffer);
        if (request->Query != null)
        {
            ResponseHead.Append(output, "?"u8);
            ResponseHead.Append(output, request->Query, request->QueryLength);
        }

        ResponseHead.End<TApp>(output);
        return Exchange.Answered;
    }

    /// <summary>The media type that belongs to the extension of a path.</summary>
    /// <param name="types">Extensions in lower case and types, by turns, each ended by a NUL; last an empty extension and the type of what has no other.</param>
    /// <param name="path">The path.</param>
    /// <param name="end">Its end.</param>
    private static byte* ContentType(byte* types, byte* path, byte* end)
    {
        byte* extension = end;
        while (extension > path && extension[-1] != '.' && extension[-1] != '/')
        {
            extension--;
        }

        bool hasExtension = extension > path && extension[-1] == '.';
        while (*types != 0)
        {
            byte* letter = extension;
            while (*types != 0 && letter < end && (*letter | 0x20) == *types)
            {
                letter++;
                types++;
            }

            bool isSame = hasExtension && *types == 0 && letter == end;
            types = CString.End(types) + 1;
            if (isSame)
            {
                return types;
            }

            types = CString.End(types) + 1;
        }

        return types + 1;
    }
}
