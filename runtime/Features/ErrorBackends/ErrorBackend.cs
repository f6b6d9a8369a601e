using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Finds the page of an error that another server has met: see <see cref="ErrorBackendAttribute"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ErrorBackend
{
    private const int HighestStatus = 599;
    private const int NotFound = 404;

    /// <summary>Chooses the response.</summary>
    /// <param name="request">The request, good as it is.</param>
    /// <param name="errors">The errors that have pages (<see cref="ErrorPages"/>), 400, 404 and 500 among them.</param>
    /// <param name="first">The entry of the first page.</param>
    /// <returns>An entry of the planned responses.</returns>
    public static int Choose(RequestHead* request, ReadOnlySpan<byte> errors, int first)
    {
        MediaForm form = MediaForm.None;
        var lines = new FieldLines(request);
        int status = lines.Next(CString.Of("x-code"u8), out byte* code, out int length) && length == 3 ? Status(code) : 0;
        if (status == 0)
        {
            status = StatusOfPath(request, out form);
        }

        if (form == MediaForm.None)
        {
            form = Accept.Choose(request, CString.Of("x-format"u8));
        }

        if (form == MediaForm.None)
        {
            form = Accept.Choose(request, CString.Of("accept"u8));
        }

        // A status without a name is the first of its class.
        if (!Find(errors, status, form, ref first))
        {
            _ = Find(errors, status - status % 100, form, ref first);
        }

        return first;
    }

    /// <summary>Finds the page of an error.</summary>
    /// <param name="errors">As above.</param>
    /// <param name="status">The error.</param>
    /// <param name="form">The form.</param>
    /// <param name="entry">The entry of the first page; then that of this one, if the error has pages.</param>
    private static bool Find(ReadOnlySpan<byte> errors, int status, MediaForm form, ref int entry)
    {
        int page = entry;
        foreach (byte error in errors)
        {
            int hasHtml = error / ErrorPages.HasHtml;
            if (ErrorPages.LowestStatus + error % ErrorPages.HasHtml == status)
            {
                entry = page + (form == MediaForm.Json ? ErrorPages.Json : form == MediaForm.Plain ? 0 : ErrorPages.Html * hasHtml);
                return true;
            }

            page += ErrorPages.Html + hasHtml;
        }

        return false;
    }

    /// <summary>The status of an error in three digits; 0 where it is none.</summary>
    private static int Status(byte* digits)
    {
        uint first = (uint)(digits[0] - '0');
        uint second = (uint)(digits[1] - '0');
        uint third = (uint)(digits[2] - '0');
        int status = (int)(first * 100 + second * 10 + third);
        return second <= 9 && third <= 9 && status is >= ErrorPages.LowestStatus and <= HighestStatus ? status : 0;
    }

    /// <summary>The status in a path: a slash, three digits, and nothing else or an extension. 404 for other paths.</summary>
    private static int StatusOfPath(RequestHead* request, out MediaForm form)
    {
        form = MediaForm.None;
        byte* extension = request->Path + 4;
        byte* end = request->Path + request->PathLength;
        int status = extension <= end ? Status(request->Path + 1) : 0;
        if (status != 0)
        {
            form = Characters.Are(extension, end, CString.Of(".html"u8)) ? MediaForm.Html
                : Characters.Are(extension, end, CString.Of(".json"u8)) ? MediaForm.Json
                : Characters.Are(extension, end, CString.Of(".txt"u8)) ? MediaForm.Plain : MediaForm.None;
        }

        return status != 0 && (form != MediaForm.None || extension == end) ? status : NotFound;
    }
}
