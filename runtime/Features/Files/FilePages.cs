using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Files below a root (<see cref="FileResponse"/>), and what stands for those that are not there: pages without their extension, the page of an app, and that of 404.</summary>
/// <remarks>A file that is there costs what it costs without. With clean URLs, a path without an extension takes one more openat2(2), and so does a path of which no file has the name.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class FilePages
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">A request for GET or HEAD.</param>
    /// <param name="output">Where the response goes; it has room.</param>
    /// <param name="root">The descriptor of the root.</param>
    /// <param name="prefixLength">Bytes at the beginning of the path that stand for the root, with the slash at their end.</param>
    /// <param name="fields">Field lines of every response but 404, each with a CRLF in front of it.</param>
    /// <param name="encoded">Whether <c>x.br</c> and <c>x.gz</c> are sent in the place of <c>x</c> to clients that accept them.</param>
    /// <param name="cleansUrls">Whether <c>/about</c> is <c>about.html</c>, and <c>/about.html</c> and <c>/about/</c> redirect to it.</param>
    /// <param name="fallback">The file for requests for pages that are not there (<see cref="Navigation"/>), from the root on; empty where there is none.</param>
    /// <param name="notFound">The file that comes with 404; empty where there is none.</param>
    /// <param name="notFoundFields">Field lines of 404, each with a CRLF in front of it.</param>
    /// <returns>See <see cref="IApp.Begin"/>; or another action.</returns>
    public static int Begin<TKernel, TApp>(
        RequestHead* request, Output* output, int root, int prefixLength, ReadOnlySpan<byte> fields, bool encoded, bool cleansUrls, ReadOnlySpan<byte> fallback, ReadOnlySpan<byte> notFound, ReadOnlySpan<byte> notFoundFields)
        where TKernel : struct, IKernel
        where TApp : struct, IFiles
    {
        int result = FixedResponse.NotFound;
        if (cleansUrls)
        {
            result = Clean<TKernel, TApp>(request, output, root, prefixLength, fields, encoded);
        }

        // For the index of a folder that has looked already.
        if (result == FixedResponse.NotFound && !(cleansUrls && request->Path[request->PathLength - 1] == '/'))
        {
            result = FileResponse.Begin<TKernel, TApp>(request, output, root, prefixLength, fields, encoded);
        }

        RequestHead other = *request;
        if (cleansUrls && result == FixedResponse.NotFound && Navigation.HasExtension(Navigation.LastSegment(request), request->Path + request->PathLength))
        {
            // "/v1.2" is v1.2.html, where no file has the name itself.
            other.Flags |= RequestFlags.LacksExtension;
            result = FileResponse.Begin<TKernel, TApp>(&other, output, root, prefixLength, fields, encoded);
            other.Flags = request->Flags;
        }

        // What is elsewhere goes before what stands for all that is not there.
        if (TApp.NotFoundMayBeAction && result == FixedResponse.NotFound && TApp.NotFound(request) is >= FixedResponse.FirstAction and int action)
        {
            return action;
        }

        if (result == FixedResponse.NotFound && fallback.Length != 0 && Navigation.IsAsked(request))
        {
            other.Path = CString.Of(fallback);
            other.PathLength = fallback.Length;
            result = FileResponse.Begin<TKernel, TApp>(&other, output, root, prefixLength: 0, fields, encoded);
        }

        if (result == FixedResponse.NotFound && notFound.Length != 0)
        {
            other.Path = CString.Of(notFound);
            other.PathLength = notFound.Length;
            other.Flags = Unconditional(other.Flags) | RequestFlags.IsOfErrorPage;
            result = FileResponse.Begin<TKernel, TApp>(&other, output, root, prefixLength: 0, notFoundFields, encoded);
        }

        return result;
    }

    /// <summary>Answers the path of a page: without its extension with the page, otherwise with a redirect.</summary>
    /// <returns>As above; 404 where the path is none of a page that is there.</returns>
    private static int Clean<TKernel, TApp>(RequestHead* request, Output* output, int root, int prefixLength, ReadOnlySpan<byte> fields, bool encoded)
        where TKernel : struct, IKernel
        where TApp : struct, IFiles
    {
        RequestHead page = *request;
        byte* end = request->Path + request->PathLength;
        byte* segment = Navigation.LastSegment(request);
        page.Flags |= RequestFlags.LacksExtension;
        if (segment == end)
        {
            // "/about/": "/about", unless that is the prefix itself. What has an index, is not taken for a page.
            int result = FileResponse.Begin<TKernel, TApp>(request, output, root, prefixLength, fields, encoded);
            if (result != FixedResponse.NotFound || --page.PathLength <= prefixLength)
            {
                return result;
            }
        }
        else if (!Navigation.HasExtension(segment, end))
        {
            // An index is found at its folder alone.
            return CString.After(segment, CString.Of("index"u8)) == end ? FixedResponse.NotFound : FileResponse.Begin<TKernel, TApp>(&page, output, root, prefixLength, fields, encoded);
        }
        else if (CString.After(segment, CString.Of("index.html"u8)) == end)
        {
            page.PathLength = (int)(segment - request->Path);
            page.Flags = request->Flags;
        }
        else
        {
            byte* point = end - ".html"u8.Length;
            if (point <= segment || CString.After(point, CString.Of(".html"u8)) != end)
            {
                return FixedResponse.NotFound;
            }

            page.PathLength = (int)(point - request->Path);
        }

        return IsThere<TKernel, TApp>(page, output, root, prefixLength, TApp.HasFileRules ? fields : default) ? FileResponse.Redirect<TApp>(&page, output, fields, hasSlash: false) : FixedResponse.NotFound;
    }

    /// <summary>Whether a request would get a file: it is opened, and closed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsThere<TKernel, TApp>(RequestHead request, Output* output, int root, int prefixLength, ReadOnlySpan<byte> rules)
        where TKernel : struct, IKernel
        where TApp : struct, IFiles
    {
        int start = output->Length;
        request.Flags = Unconditional(request.Flags) & ~RequestFlags.HasAcceptEncoding;
        if (FileResponse.Begin<TKernel, TApp>(&request, output, root, prefixLength, rules, encoded: false) != Exchange.Answered)
        {
            return false;
        }

        output->Length = start;
        ExchangeFile.Close<TKernel>(output->Exchange);
        return true;
    }

    /// <summary>Without what asks for a part, or for another answer than the file.</summary>
    private static RequestFlags Unconditional(RequestFlags flags) => flags & ~(RequestFlags.IsConditional | RequestFlags.HasRange | RequestFlags.HasIfRange);
}
